"""Ce qui se publie du bilan ne rend aucune petite différence : ni par deux cases, ni par une combinaison de toutes.

Le second calcul est un lecteur malveillant : il pose toutes les équations qu'il connaît, et résout en fractions.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modele.attributions import bilan as piece
from modele.attributions.bilan import CLES, COMPTES, DIMENSIONS, LignePubliee, publier
from modele.chiffres import Diffusion, seuil_de

Ligne = dict[str, Any]
COMPTES_TIRES = st.integers(0, 40)


@st.composite
def lignes(tirer: st.DrawFn) -> Ligne:
    proposes = tirer(COMPTES_TIRES)
    attribues = tirer(st.integers(max(0, proposes - 12), proposes + 3))
    baux = tirer(st.integers(max(0, attribues - 12), attribues))
    return {
        "siren_bailleur": "000000001",
        "categorie": tirer(st.sampled_from(("communes", "metropole"))),
        "reservataire": "Un réservataire",
        "typologie": tirer(st.sampled_from(("T1", "T2", "T3"))),
        "financement": "PLUS",
        "en_qpv": tirer(st.sampled_from(("OUI", "NON"))),
        "code_insee": "99901",
        "periode": "avant_1949",
        "proposes": proposes,
        "presentes": 0,
        "attribues": attribues,
        "baux": baux,
        "refus": 0,
    }


def table(dites: list[Ligne]) -> pl.DataFrame:
    vide = dict.fromkeys(CLES, pl.String) | dict.fromkeys(
        ("proposes", "presentes", "attribues", "baux", "refus"), pl.Int64
    )
    return pl.DataFrame(dites, schema=vide)


Variable = tuple[str, str, str, str]
"""Catégorie, dimension, valeur, compte ; la catégorie vide est leur somme."""


def equations(vues: tuple[LignePubliee, ...]) -> Iterator[tuple[dict[Variable, Fraction], Fraction]]:
    """Ce que le lecteur sait : chaque nombre publié, chaque somme du bilan."""
    for une in vues:
        for compte in COMPTES:
            if (lu := getattr(une, compte)) is not None:
                yield {(une.categorie, une.dimension, une.valeur, compte): Fraction(1)}, Fraction(lu)
    for categorie in {une.categorie for une in vues}:
        for dimension in DIMENSIONS:
            for compte in COMPTES:
                somme = {
                    (categorie, dimension, une.valeur, compte): Fraction(1)
                    for une in vues
                    if (une.categorie, une.dimension) == (categorie, dimension)
                }
                yield {**somme, (categorie, "", "", compte): Fraction(-1)}, Fraction(0)


def resoudre(vues: tuple[LignePubliee, ...]) -> list[tuple[dict[Variable, Fraction], Fraction]]:
    """Les équations échelonnées, par une élimination des plus simples."""
    faites: list[tuple[dict[Variable, Fraction], Fraction]] = []
    for gauche, droite in equations(vues):
        gauche, droite = reduire(gauche, droite, faites)
        if gauche:
            pivot = next(iter(gauche))
            inverse = 1 / gauche[pivot]
            faites.append(({nom: valeur * inverse for nom, valeur in gauche.items()}, droite * inverse))
    return faites


def reduire(
    gauche: dict[Variable, Fraction], droite: Fraction, faites: list[tuple[dict[Variable, Fraction], Fraction]]
) -> tuple[dict[Variable, Fraction], Fraction]:
    for autre, second in faites:
        facteur = gauche.get(next(iter(autre)), Fraction(0))
        if facteur:
            gauche = {
                nom: valeur
                for nom in {*gauche, *autre}
                if (valeur := gauche.get(nom, Fraction(0)) - facteur * autre.get(nom, Fraction(0)))
            }
            droite -= facteur * second
    return gauche, droite


def petites(vraies: tuple[LignePubliee, ...], seuil: int) -> Iterator[tuple[dict[Variable, Fraction], int]]:
    """Ce que nul ne doit apprendre : un petit compte, une petite différence de deux comptes d'une ligne."""
    for une in vraies:
        ou = une.categorie, une.dimension, une.valeur
        lus = {compte: getattr(une, compte) for compte in COMPTES}
        for compte, lu in lus.items():
            if 0 < lu < seuil:
                yield {(*ou, compte): Fraction(1)}, lu
        for plus, moins in (("proposes", "attribues"), ("attribues", "baux")):
            if 0 < abs(lus[plus] - lus[moins]) < seuil:
                yield {(*ou, plus): Fraction(1), (*ou, moins): Fraction(-1)}, lus[plus] - lus[moins]


def rien_ne_se_rend(dites: list[Ligne], diffusion: Diffusion) -> None:
    lues = table(dites)
    faites = resoudre(publier(lues, diffusion))
    for combinaison, valeur in petites(publier(lues, None), seuil_de(diffusion)):
        reste, second = reduire(combinaison, Fraction(0), faites)
        assert reste, (combinaison, valeur, -second)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(st.lists(lignes(), min_size=1, max_size=5), st.sampled_from(list(Diffusion)))
def test_aucune_petite_difference_ne_se_rend(dites: list[Ligne], diffusion: Diffusion) -> None:
    rien_ne_se_rend(dites, diffusion)


def ligne(categorie: str, typologie: str, *comptes: int) -> Ligne:
    proposes, attribues, baux = comptes
    return {
        "siren_bailleur": "000000001", "categorie": categorie, "reservataire": "Un", "typologie": typologie,
        "financement": "PLUS", "en_qpv": "OUI", "code_insee": "99901", "periode": "avant_1949", "proposes": proposes,
        "presentes": 0, "attribues": attribues, "baux": baux, "refus": 0,
    }  # fmt: skip


EXEMPLE = [
    ligne("communes", "T1", 40, 37, 20),
    ligne("communes", "T2", 60, 40, 25),
    ligne("metropole", "T1", 90, 70, 50),
]
"""Aux communes, trois T1 proposés n'ont pas été attribués : les deux comptes ne se publient pas ensemble."""


def test_proposes_et_attribues_proches_ne_se_publient_pas_ensemble() -> None:
    rien_ne_se_rend(EXEMPLE, Diffusion.PARTENAIRES)
    t1 = next(
        une
        for une in publier(table(EXEMPLE), Diffusion.PARTENAIRES)
        if (une.categorie, une.valeur) == ("communes", "T1")
    )
    assert (t1.proposes, t1.attribues) == (None, 37)


@pytest.mark.parametrize("mutant", ["sans la différence", "sans les baux", "sans les sommes"])
def test_mutants_du_bilan(monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    if mutant == "sans la différence":
        monkeypatch.setattr(piece, "_differer", lambda *_: None)
    elif mutant == "sans les sommes":
        monkeypatch.setattr(piece, "DIMENSIONS", ())
        monkeypatch.setattr(piece._Publication, "_lire", _lire_toutes)
    else:
        monkeypatch.setattr(piece.Tableau, "partager", lambda *_: None)
    with pytest.raises(AssertionError):
        rien_ne_se_rend(EXEMPLE if mutant != "sans les sommes" else PETIT, Diffusion.PARTENAIRES)


PETIT = [ligne("communes", "T1", 30, 20, 3), ligne("communes", "T2", 60, 40, 20)]


def _lire_toutes(soi: Any) -> Iterator[tuple[tuple[str, str], dict[str, int]]]:
    somme = pl.col(COMPTES).sum()
    yield ("", ""), soi._siennes.select(somme).row(0, named=True)
    for dimension in DIMENSIONS:
        for lue in soi._siennes.group_by(dimension).agg(somme).sort(dimension).iter_rows(named=True):
            yield (dimension, lue.pop(dimension) or ""), lue
