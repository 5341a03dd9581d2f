"""La discrétion d'un dossier : seul « vrai » l'est, et elle se lève par un motif écrit."""

from __future__ import annotations

from typing import Any

import pytest
from outils_protection import SEULE

from modele.dossier.chemins import ABSENT, poser
from modele.protection.discretion import (
    devenir_discret,
    dit_la_discretion,
    est_discret,
    motif_de_levee,
    rendre_discret,
)


@pytest.mark.parametrize("dit", [False, None, "oui", 1, {"refus": True}])
def test_seul_vrai_est_discret(dit: Any) -> None:
    """Une réponse refusée n'est pas un oui."""
    assert not est_discret({"protection": {"discret": dit}})


def test_rendre_discret_ne_change_rien_d_autre() -> None:
    """Le document, ou la modification qui le rend tel."""
    discret = rendre_discret(SEULE)
    assert est_discret(discret)
    assert discret == {**SEULE, "protection": {"discret": True}}
    for chemin, valeur in devenir_discret().items():
        assert poser(SEULE, chemin, valeur) == discret


@pytest.mark.parametrize(
    ("chemin", "attendu"),
    [("protection.discret", True), ("protection", True), ("protection.preuves", False), ("prot", False)],
)
def test_le_champ_de_la_discretion_et_sa_table(chemin: str, attendu: bool) -> None:
    """Poser la table la dit aussi."""
    assert dit_la_discretion(chemin) is attendu


@pytest.mark.parametrize(
    ("motif", "attendu"),
    [("à sa demande ", "à sa demande"), ("  ", ""), (ABSENT, ""), ({"refus": True}, ""), (None, "")],
)
def test_un_motif_se_lit(motif: Any, attendu: str) -> None:
    """Un blanc, un refus ou un retrait n'en est pas un."""
    assert motif_de_levee({"protection.levee_motif": motif}) == attendu
    assert motif_de_levee({}) == ""
