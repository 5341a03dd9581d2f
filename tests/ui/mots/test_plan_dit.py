"""Le plan partenarial en mots : ce qui manque se dit, rien ne se prétend fait."""

from __future__ import annotations

from datetime import date

from modele.chargement import charger_regles
from modele.territoire.plan import DateDuPlan, cadre
from ui.mots import plan as mots

JOUR = date(2026, 12, 1)


def test_le_constat_dit_ce_qui_manque_et_d_ou_cela_vient() -> None:
    exemple = charger_regles("metropole-exemple").territoire.plan
    assert mots.constat(exemple) == (
        "Adopté le 15/03/2023 ; vaut jusqu'au 15/03/2029, au plus tard au 15/03/2031 s'il est prorogé. "
        "8 contenus sur 13 ne sont pas écrits ici. Plan fictif, sans valeur."
    )
    clermont = mots.constat(charger_regles("clermont-auvergne-metropole").territoire.plan)
    assert "13 contenus sur 13" in clermont
    assert "Source : https://windpress.info" in clermont
    assert "Vérifié le 22/11/2026." in clermont
    assert mots.constat(None) == mots.SANS_PLAN


def test_un_contenu_ecrit_ou_manquant() -> None:
    exemple = charger_regles("metropole-exemple").territoire.plan
    assert exemple is not None
    assert mots.dire_un_contenu(1, exemple).endswith("(p. 12)")
    assert mots.dire_un_contenu(6, exemple) == "Les mêmes fiches dans chaque lieu."
    assert mots.dire_un_contenu(3, exemple) == mots.MANQUE


def test_une_date_faite_passee_attendue_a_venir() -> None:
    le = date(2026, 6, 1)
    assert mots.dire_une_date(DateDuPlan("Bilan", le, date(2026, 7, 1), False), JOUR) == "Bilan : fait le 01/07/2026."
    assert mots.dire_une_date(DateDuPlan("Bilan", le, None, True), JOUR) == (
        "Bilan : le terme du 01/06/2026 est passé, et rien n'est noté ici."
    )
    assert mots.dire_une_date(DateDuPlan("Bilan", le, None, False), JOUR) == "Bilan : attendu depuis le 01/06/2026."
    assert mots.dire_une_date(DateDuPlan("Bilan", date(2027, 1, 1), None, False), JOUR) == "Bilan : le 01/01/2027."
    assert "R441-2-10" in mots.sources(cadre())
