"""Le bilan annuel du plan : treize contenus, ses dates, les chiffres masqués ; rien de provisoire ni de douteux."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import pytest
from epreuves_pdfua import EPREUVES
from lecture_pdf import texte_plat
from pdfua import Lu

from impressions.bilan_du_plan import composer_bilan
from modele.bilan import charger_regles
from modele.chiffres import Diffusion
from modele.chiffres.declaration import declares
from modele.chiffres.rapport import Releve, etablir
from modele.coffre.rapports import Tire
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.provenance import Provenance
from modele.territoire.plan import Plan
from ui.mots import plan as mots

JOUR: Final = date(2026, 11, 30)
TIRE_LE: Final = datetime(2026, 2, 1, tzinfo=UTC)


def tire(annee: int = 2025) -> Tire:
    """Une année sans personne : chaque chiffre s'y tait ou vaut zéro."""
    rapport = etablir(declares(), Releve(), {}, annee, "CCAS d'essai")[Diffusion.PUBLIC]
    return Tire(rapport, TIRE_LE)


def plan() -> Plan:
    lu = charger_regles("metropole-exemple").territoire.plan
    assert lu is not None
    return lu


def lire(dit: bytes) -> str:
    return texte_plat(dit)


def test_il_dit_les_treize_contenus_les_dates_et_les_chiffres() -> None:
    pdf = composer_bilan(mots.bilan_de(plan(), tire(), JOUR), JOUR)
    lu = lire(pdf)
    assert "Bilan annuel du plan partenarial, 2025, CCAS d’essai" in lu
    assert "5 sur 13" in lu
    assert lu.count("Pas écrit ici : à demander à qui tient le plan.") == 8
    for rang in range(1, 14):
        assert f"{rang}. " in lu
    assert "fait le 10/04/2024" in lu
    assert "Fin du plan : le 15/03/2029" in lu
    assert "Pour le public" in lu
    assert "CCH L441-2-8" in lu
    assert composer_bilan(mots.bilan_de(plan(), tire(), JOUR), JOUR) == pdf
    lue = Lu(pdf)
    assert [faute for epreuve in EPREUVES.values() for faute in epreuve(lue)] == []


def test_une_annee_qui_court_n_a_pas_de_bilan() -> None:
    with pytest.raises(ErreurUtilisateur, match="année finie"):
        mots.bilan_de(plan(), tire(2026), JOUR)


def test_ce_qui_du_plan_reste_a_faire_valider_ne_s_imprime_pas() -> None:
    douteux = replace(plan(), provenance=Provenance(confiance="D"))
    lu = lire(composer_bilan(mots.bilan_de(douteux, tire(), JOUR), JOUR))
    assert "Huit guichets" not in lu
    assert "15/03/2029" not in lu
    assert "15/03/2023" not in lu
    assert lu.count("À faire valider : non imprimé.") == 6
    assert "5 sur 13" in lu


def test_mutant_un_plan_douteux_imprime_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Provenance, "a_valider", property(lambda _: False))
    with pytest.raises(AssertionError):
        test_ce_qui_du_plan_reste_a_faire_valider_ne_s_imprime_pas()


def test_sans_plan_on_dit_qui_le_sait() -> None:
    with pytest.raises(ErreurUtilisateur, match="n'a rien du plan"):
        mots.exiger_un_plan(None)
