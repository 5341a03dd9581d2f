"""Ce qui, d'un dossier, se cherche et se montre ; d'un dossier discret, rien."""

from __future__ import annotations

from typing import Any

import pytest

from modele.ressemblance.fiches import (
    Fiche,
    fiches,
    numero_nu,
    titre_et_detail,
)
from modele.ressemblance.termes import termes_de_fiche, termes_de_telephone

NADIA = {
    "demandeur": {"nom": "Fatihi", "nom_usage": "Roux", "prenoms": "Nadia Éva", "date_naissance": "1984-03-12"},
    "contact": {"telephone": "+33 6 12 34 56 78"},
    "demande": {"numero_unique": "031 0523-123456 A"},
    "codemandeur": {"nom": "Traoré", "prenoms": "Issa"},
    "foyer": {
        "personnes": {"elements": {"z": {"nom": "Fatihi", "prenoms": "Zoé"}, "vide": {}, "faux": "x"}},
        "colocataires": {"elements": {"c": {"nom": {"refus": True}, "prenoms": "Linh"}}},
    },
}
DISCRET = {"protection": {"discret": True}}


def test_chaque_personne_a_sa_fiche() -> None:
    """Demandeur, codemandeur, foyer, colocataires ; une personne dont on ne sait rien n'en a pas."""
    assert fiches(NADIA) == [
        Fiche("demandeur", "fatihi roux", "nadia eva", "1984-03-12", "612345678", "0310523123456a"),
        Fiche("codemandeur", "traore", "issa"),
        Fiche("personne du foyer", "fatihi", "zoe"),
        Fiche("colocataire", "", "linh"),
    ]
    assert fiches({}) == []
    assert fiches({"foyer": {"personnes": {"elements": "x"}}, "demandeur": "x"}) == []


def test_un_dossier_discret_ne_se_montre_pas() -> None:
    """Ni fiche, ni nom, ni date."""
    assert fiches(NADIA | DISCRET) == []
    assert titre_et_detail(NADIA | DISCRET) == ("Dossier discret", "")


@pytest.mark.parametrize(
    ("document", "attendu"),
    [
        (NADIA, ("ROUX Nadia Éva", "naissance : 12/03/1984 · n° 031 0523-123456 A")),
        ({"demandeur": {"nom": "Fatihi"}}, ("FATIHI", "")),
        ({"demandeur": {"prenoms": "Nadia", "date_naissance": "1984"}}, ("Nadia", "naissance : 1984")),
        ({}, ("Sans nom", "")),
    ],
)
def test_titre_et_detail(document: dict[str, Any], attendu: tuple[str, str]) -> None:
    """Deux lignes pour une liste."""
    assert titre_et_detail(document) == attendu


def test_un_numero_se_cherche_nu() -> None:
    """Sans espaces ni ponctuation."""
    assert numero_nu("EX 12-é.3") == "ex123"


def test_les_termes_d_une_fiche_ne_se_repetent_pas() -> None:
    """Deux mots qui s'entendent pareil ne s'indexent qu'une fois."""
    termes = termes_de_fiche(Fiche("demandeur", "philippe", "filipe", "1984-03", "612345678", "12"))
    assert len(termes) == len(set(termes))
    assert {"a1984", "t612345678", "tq6123", "n12"} <= set(termes)
    assert not any(terme.startswith(("d", "nq")) for terme in termes)


def test_chaque_telephone_se_cherche() -> None:
    """L'autre téléphone et celui de qui aide trouvent le dossier, sans rien dire du nom ; le même, une seule fois."""
    contact = {"telephone": "06 39 98 01 01", "telephone_autre": "+262 692 12 34 56", "tiers_telephone": "0561222922"}
    lues = fiches({"demandeur": {"nom": "Sow"}, "contact": contact})
    assert [(fiche.role, fiche.noms, fiche.telephone) for fiche in lues] == [
        ("demandeur", "sow", "639980101"),
        ("demandeur", "", "692123456"),
        ("aidant", "", "561222922"),
    ]
    pareils = fiches({"contact": {"telephone": "0639980101", "telephone_autre": "+33 6 39 98 01 01"}})
    assert [fiche.telephone for fiche in pareils] == ["639980101"]


def test_un_telephone_a_son_debut_zero_compris() -> None:
    """« 0612 » est un début ; trop peu de chiffres n'en sont pas un."""
    assert "tq0612" in list(termes_de_telephone("612345678"))
    assert list(termes_de_telephone("61")) == ["t61"]
