"""Ajouter et retirer un élément de liste : ce qui s'écrit se relit, et rien d'autre ne bouge."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.chemins import (
    Place,
    chemin_d_element,
    element_de,
    est_element,
    lire,
    poser,
    sans_identifiant,
    situer,
)
from modele.dossier.listes import ajouter, enlever
from modele.dossier.situation import elements, liste_close

LISTE = "foyer.personnes"
NOMS = st.text("abcdef0123456789-", min_size=1, max_size=8)


def ecrire(document: dict[str, Any], valeurs: dict[str, Any]) -> dict[str, Any]:
    for chemin, valeur in valeurs.items():
        document = poser(document, chemin, valeur)
    return document


@given(st.lists(NOMS, unique=True, max_size=6), NOMS)
def test_ajouter_met_a_la_fin_et_garde_les_autres(deja: list[str], neuf: str) -> None:
    """Les autres gardent leur place et leur contenu ; l'élément connu garde la sienne."""
    document: dict[str, Any] = {}
    for un in deja:
        document = ecrire(document, ajouter(document, LISTE, un, {"nom": un}))
    document = ecrire(document, ajouter(document, LISTE, neuf, {"nom": "neuf"}))
    assert list(elements(document, LISTE)) == list(dict.fromkeys([*deja, neuf]))
    assert elements(document, LISTE)[neuf] == {"nom": "neuf"}
    assert all(elements(document, LISTE)[un] == {"nom": un} for un in deja if un != neuf)


def test_ajouter_rouvre_une_liste_close() -> None:
    """« C'est tout » n'est plus vrai dès qu'on ajoute ; le redire d'un élément connu ne rouvre rien."""
    close = {"foyer": {"personnes": {"elements": {"a": {}}, "ordre": ["a"], "clos": True}}}
    assert not liste_close(ecrire(close, ajouter(close, LISTE, "b", {})), LISTE)
    assert liste_close(ecrire(close, ajouter(close, LISTE, "a", {"nom": "A"})), LISTE)


def test_enlever_ne_laisse_que_les_autres() -> None:
    """L'élément part, l'ordre aussi."""
    document = ecrire({}, ajouter({}, LISTE, "a", {"nom": "A"}))
    document = ecrire(document, ajouter(document, LISTE, "b", {"nom": "B"}))
    document = ecrire(document, enlever(document, LISTE, ["a"]))
    assert lire(document, LISTE) == {"elements": {"b": {"nom": "B"}}, "ordre": ["b"]}


@given(NOMS, st.sampled_from(["", ".nom", "#identite", ".adresse.commune"]))
def test_un_chemin_de_liste_se_lit(element: str, suite: str) -> None:
    """La liste, l'élément, le champ ou le groupe."""
    chemin = f"{LISTE}.elements.{element}{suite}"
    assert situer(chemin) == Place(LISTE, element, suite[1:])
    assert est_element(chemin) is (suite == "")
    assert element_de(chemin) == (chemin_d_element(LISTE, element) if suite else None)


def test_un_chemin_hors_liste_se_lit() -> None:
    """Ni liste, ni élément : le chemin est le champ."""
    assert situer("demandeur.nom") == Place("", "", "demandeur.nom")
    assert sans_identifiant("demandeur.nom") == "demandeur.nom"
    assert sans_identifiant(chemin_d_element("pieces", "p", "etat")) == "pieces.etat"
