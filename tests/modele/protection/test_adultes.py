"""Qui d'autre lit un dossier : dans le doute, un adulte y est."""

from __future__ import annotations

from typing import Any

import pytest
from outils_protection import ADULTE, ENFANT, JOUR, SEULE, avec

from modele.dossier.chemins import Document, poser
from modele.protection.adultes import adultes, fait_entrer, partage, peut_etre_adulte


@pytest.mark.parametrize(
    ("document", "attendu"),
    [
        (SEULE, False),
        ({}, False),
        (avec(ENFANT), False),
        (avec(ADULTE), True),
        (avec({"prenoms": "?"}), True),
        (avec(ADULTE, "foyer.colocataires"), True),
        (poser(SEULE, "foyer.avec_codemandeur", True), True),
        (poser(SEULE, "foyer.avec_codemandeur", False), False),
        (poser(SEULE, "codemandeur.nom", "Vidal"), True),
        (poser(SEULE, "codemandeur", {}), False),
        (poser(SEULE, "codemandeur", 3), True),
    ],
)
def test_un_dossier_est_partage_des_qu_un_autre_adulte_y_est(document: Document, attendu: bool) -> None:
    """Dans le doute, il l'est."""
    assert partage(document, JOUR) is attendu


@pytest.mark.parametrize(
    ("naissance", "attendu"),
    [
        ("2008-11-22", True),
        ("2008-11-23", False),
        ("2008-13-40", True),
        ({"entre": ["2018-01-01", "2019-01-01"]}, True),
        (None, True),
    ],
)
def test_l_age_se_compte_au_jour_pres(naissance: Any, attendu: bool) -> None:
    """Majeur le jour de ses dix-huit ans ; sans date exacte, peut-être."""
    assert peut_etre_adulte({"date_naissance": naissance}, JOUR) is attendu


def test_chaque_adulte_se_nomme() -> None:
    """Le codemandeur, ou le chemin d'un élément ; un enfant n'en est pas."""
    document = poser(avec(ADULTE), "foyer.personnes.elements.e", ENFANT)
    document = poser(document, "foyer.colocataires.elements.c", {"prenoms": "?"})
    document = poser(document, "codemandeur.nom", "Vidal")
    attendus = {"codemandeur", "foyer.personnes.elements.p", "foyer.colocataires.elements.c"}
    assert adultes(document, JOUR) == attendus
    assert adultes({}, JOUR) == frozenset()


@pytest.mark.parametrize(
    ("chemin", "attendu"),
    [
        ("codemandeur.nom", True),
        ("foyer.avec_codemandeur", True),
        ("foyer.personnes.elements.p.date_naissance", True),
        ("foyer.colocataires", True),
        ("demandeur.nom", False),
        ("foyer.garde_alternee", False),
    ],
)
def test_ce_qui_peut_faire_entrer_un_adulte(chemin: str, attendu: bool) -> None:
    """Le reste du dossier ne change pas qui le lit."""
    assert fait_entrer(chemin) is attendu
