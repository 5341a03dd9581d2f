"""Les faits qui disent que deux réponses ne vont pas ensemble : l'arithmétique, et ce qu'un silence y laisse ouvert."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from modele.dossier.faits import Derives
from modele.dossier.faits.coherence import (
    ans_apres_demandeur,
    moins_de_personnes_que_dites,
    plus_de_personnes_que_dites,
)
from modele.regles.etats import Statut, connu

NE = date(1990, 5, 1)


@pytest.mark.parametrize(
    ("naissance", "ans"),
    [
        (date(1990, 5, 1), 0),
        (date(1990, 4, 30), -1),
        (date(1989, 5, 1), -1),
        (date(1989, 4, 30), -1),
        (date(1970, 5, 1), -20),
        (date(2002, 4, 30), 11),
        (date(2002, 5, 1), 12),
        (date(9999, 1, 1), 200),
        (date(1, 1, 1), -200),
        (None, None),
    ],
)
def test_l_ecart_se_compte_en_annees_revolues_et_un_jour_avant_est_avant(
    naissance: date | None, ans: int | None
) -> None:
    assert ans_apres_demandeur(naissance, NE) == ans


def test_sans_la_naissance_du_demandeur_il_n_y_a_pas_d_ecart() -> None:
    assert ans_apres_demandeur(NE, None) is None


def test_un_nombre_sans_objet_ne_contredit_rien() -> None:
    for juger in (moins_de_personnes_que_dites, plus_de_personnes_que_dites):
        assert not juger(None, 3)
        assert not juger(3, None)
        assert not juger(3, 3)
    assert moins_de_personnes_que_dites(2, 3)
    assert plus_de_personnes_que_dites(3, 2)


def test_une_date_a_un_mois_pres_ne_tranche_que_si_tout_le_mois_le_dit(derives: Callable[..., Derives]) -> None:
    def etat(signifie: list[str]) -> Statut | bool | None:
        expulsion = {"jugement_le": "2026-03-10", "jugement_signifie_le": {"entre": signifie}}
        lu = derives({"expulsion": expulsion}).faits["signification_avant_jugement"]
        return bool(lu.valeur) if lu.connu else lu.statut

    assert etat(["2026-02-01", "2026-02-28"]) is True
    assert etat(["2026-04-01", "2026-04-30"]) is False
    assert etat(["2026-03-01", "2026-03-31"]) is Statut.INCONNU


def test_la_naissance_attendue_est_passee_le_lendemain(derives: Callable[..., Derives]) -> None:
    document = {"foyer": {"naissances_attendues": 1, "date_naissance_attendue": "2026-11-22"}}
    for jour, passee in ((date(2026, 11, 22), False), (date(2026, 11, 23), True)):
        assert derives(document, jour).faits["naissance_attendue_passee"] == connu(passee)


def test_une_personne_de_plus_peut_toujours_venir(derives: Callable[..., Derives]) -> None:
    """Tant que la liste n'est pas close, « pas moins que dit » n'est pas sûr."""
    reste = {"a_charge": True, "sur_avis": True, "garde": "permanente", "lien": "enfant"}
    foyer = {"avec_codemandeur": False, "personnes": {"elements": {"a": reste}, "clos": False}}
    for nombre in (1, 5):
        lu = derives({"foyer": foyer, "recherche": {"personnes_a_loger": nombre}}).faits
        assert not lu["moins_de_personnes_que_dites"].connu
