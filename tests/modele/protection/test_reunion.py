"""Deux dossiers n'en font qu'un s'ils disent la même discrétion, et si nul n'y lit ce que l'autre taisait."""

from __future__ import annotations

import pytest
from outils_protection import ADULTE, JOUR, SEULE, avec

from modele.dossier.chemins import poser
from modele.protection.discretion import rendre_discret
from modele.protection.reunion import Histoire, reunissables

SEUL = Histoire(SEULE, a_porte=False)
DITE = Histoire(SEULE, a_porte=True)
DISCRET = Histoire(rendre_discret(SEULE), a_porte=True)
PARTAGE = Histoire(avec(ADULTE), a_porte=False)
DEMANDEE = Histoire(poser(SEULE, "triage.peur_au_domicile", False), a_porte=False)


@pytest.mark.parametrize(
    ("un", "autre", "attendu"),
    [
        (SEUL, SEUL, True),
        (SEUL, DITE, True),
        (DISCRET, DISCRET, True),
        (SEUL, PARTAGE, True),
        (DISCRET, SEUL, False),
        (DISCRET, PARTAGE, False),
        (DITE, PARTAGE, False),
        (DEMANDEE, PARTAGE, False),
    ],
)
def test_reunir(un: Histoire, autre: Histoire, attendu: bool) -> None:
    """Dans un sens comme dans l'autre."""
    assert reunissables(un, autre, JOUR) is reunissables(autre, un, JOUR) is attendu
