"""Le masque rapide tait ce que tairait le plus simple : des fractions, et toutes les sommes relues à chaque tour."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from itertools import permutations
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_chiffres_masque import TABLEAUX, grille

from modele.chiffres import Tableau, deductions, deduites, masque, masquer
from modele.chiffres.tableau import Somme


def determinees_simplement(sommes: Sequence[Somme], inconnues: Collection[str]) -> set[str]:
    """Gauss-Jordan colonne par colonne, sur une matrice pleine."""
    noms = sorted(inconnues)
    lignes = [[Fraction(une.parts.count(nom) - (une.total == nom)) for nom in noms] for une in sommes]
    faites: list[list[Fraction]] = []
    for colonne in range(len(noms)):
        pivot = next((ligne for ligne in lignes if ligne[colonne]), None)
        if pivot is None:
            continue
        lignes.remove(pivot)
        pivot = [valeur / pivot[colonne] for valeur in pivot]
        lignes, faites = (
            [[a - ligne[colonne] * b for a, b in zip(ligne, pivot, strict=True)] for ligne in autres]
            for autres in (lignes, faites)
        )
        faites.append(pivot)
    return {noms[rang] for ligne in faites if sum(map(bool, ligne)) == 1 for rang, un in enumerate(ligne) if un}


def bornes_simplement(tableau: Tableau, inconnues: Collection[str]) -> dict[str, tuple[float, float]]:
    """Toutes les sommes, l'une après l'autre, jusqu'à ce que rien ne bouge."""
    lues: dict[str, tuple[float, float]] = {
        nom: (0, inf) if nom in inconnues else (case.valeur, case.valeur) for nom, case in tableau.cases.items()
    }
    while True:
        avant = dict(lues)
        for somme in tableau.sommes:
            bas, haut = sum(lues[un][0] for un in somme.parts), sum(lues[un][1] for un in somme.parts)
            dites = {somme.total: (bas, haut)}
            for part in somme.parts:
                autres = [autre for autre in somme.parts if autre != part]
                dites[part] = (
                    lues[somme.total][0] - sum(lues[un][1] for un in autres),
                    lues[somme.total][1] - sum(lues[un][0] for un in autres),
                )
            for nom, (bas, haut) in dites.items():
                lues[nom] = max(bas, lues[nom][0]), min(haut, lues[nom][1])
        if lues == avant:
            return lues


class DeduitesSimplement:
    """Tout le tableau relu chaque fois qu'une case s'y tait."""

    def __init__(self, tableau: Tableau, inconnues: Collection[str]) -> None:
        self.tableau, self.inconnues = tableau, set(inconnues)
        self.lire()

    def lire(self) -> None:
        self.rendues = determinees_simplement(self.tableau.sommes, self.inconnues)
        self.entre = bornes_simplement(self.tableau, self.inconnues)

    def rendue(self, nom: str, seuil: int) -> bool:
        bas, haut = self.entre[nom]
        return nom in self.rendues or haut - bas < seuil

    def cacher(self, nom: str) -> None:
        self.inconnues.add(nom)
        self.lire()


def masquer_simplement(tableau: Tableau, seuil: int, deja: Collection[str] = ()) -> frozenset[str]:
    """La même règle, avec ces deux calculs-là."""
    with pytest.MonkeyPatch.context() as ici:
        ici.setattr(masque, "Deduites", DeduitesSimplement)
        return masquer(tableau, seuil, deja)


@settings(max_examples=300, deadline=None)
@given(TABLEAUX, st.sampled_from([3, 5, 11]), st.data())
def test_les_deux_masques_taisent_les_memes_cases(tableau: Tableau, seuil: int, data: st.DataObject) -> None:
    deja = data.draw(st.sets(st.sampled_from(sorted(tableau.cases)), max_size=3))
    assert masquer(tableau, seuil, deja) == masquer_simplement(tableau, seuil, deja)


@settings(max_examples=300, deadline=None)
@given(TABLEAUX, st.data())
def test_les_deux_calculs_rendent_les_memes_nombres(tableau: Tableau, data: st.DataObject) -> None:
    inconnues = data.draw(st.sets(st.sampled_from(sorted(tableau.cases))))
    assert deductions.determinees(tableau.sommes, inconnues) == determinees_simplement(tableau.sommes, inconnues)
    assert deductions.bornes(tableau, inconnues) == bornes_simplement(tableau, inconnues)


def test_un_coefficient_qui_n_est_pas_un_reste_exact() -> None:
    """Une case deux fois dans une somme : 2a + b = t et a + 2b = u rendent a et b, par un pivot de trois."""
    tableau = Tableau()
    for nom, valeur in {"a": 3, "b": 4, "t": 10, "u": 11}.items():
        tableau.poser(nom, valeur)
    tableau.sommer("t", ["a", "a", "b"])
    tableau.sommer("u", ["a", "b", "b"])
    for inconnues in ({"a", "b"}, {"a", "b", "t"}):
        assert deductions.determinees(tableau.sommes, inconnues) == determinees_simplement(tableau.sommes, inconnues)
    assert deductions.determinees(tableau.sommes, {"a", "b"}) == {"a", "b"}


def test_une_marge_connue_ailleurs_se_soustrait_et_ne_se_tait_pas() -> None:
    """Sans elle, la seule case petite ne se retrouverait pas ; avec elle, sa voisine se tait."""
    tableau = Tableau()
    for nom, valeur, connue in (("a", 2, False), ("b", 9, False), ("c", 8, False), ("tout", 19, True)):
        tableau.poser(nom, valeur, connue=connue)
    tableau.sommer("tout", ["a", "b", "c"])
    assert masquer(tableau, 5) == {"a", "c"}
    seule = Tableau()
    seule.poser("a", 2)
    seule.poser("tout", 2, connue=True)
    seule.sommer("tout", ["a"])
    assert masquer(seule, 5) == {"a"}


# Les mutants : un calcul rapide et faux se voit.


def _sans_reprise(patch: pytest.MonkeyPatch) -> None:
    """Une somme ne se relit jamais : les bornes ne se propagent plus."""
    vrai = deductions._resserrer
    patch.setattr(deductions, "_resserrer", lambda *quoi: vrai(*quoi) and [])


def _une_sur_deux(patch: pytest.MonkeyPatch) -> None:
    """Une somme sur deux s'oublie : ce qu'elle rendait ne se voit plus."""
    vrai = deductions._echelonner
    patch.setattr(deductions, "_echelonner", lambda lignes: vrai(lignes[::2]))


@pytest.mark.parametrize("casser", [_sans_reprise, _une_sur_deux], ids=["sans_reprise", "une_sur_deux"])
def test_mutant_un_masque_rapide_et_faux_se_voit(
    monkeypatch: pytest.MonkeyPatch, casser: Callable[[pytest.MonkeyPatch], None]
) -> None:
    tableau = grille([[2, 9, 1], [9, 9, 3], [4, 8, 7]])
    inconnues = {"0.0", "0.1", "0.2", "1.0", "1.1", "2.0"}

    def pareils() -> bool:
        return deductions.determinees(tableau.sommes, inconnues) == determinees_simplement(
            tableau.sommes, inconnues
        ) and deductions.bornes(tableau, inconnues) == bornes_simplement(tableau, inconnues)

    assert pareils()
    casser(monkeypatch)
    assert not pareils()


def test_cacher_une_case_relit_ce_qui_lui_est_lie_de_proche_en_proche() -> None:
    """Une à une, dans un ordre quelconque : les mêmes déductions qu'en relisant tout le tableau."""
    tableau = grille([[2, 9, 1], [9, 9, 3], [4, 8, 7]])
    for ordre in permutations(("0.0", "0.1", "1.0", "1.1", "2.0"), 4):
        rapide, simple = deduites.Deduites(tableau, ()), DeduitesSimplement(tableau, ())
        for nom in ordre:
            rapide.cacher(nom)
            simple.cacher(nom)
            for une in tableau.cases:
                assert rapide.rendue(une, 5) == simple.rendue(une, 5), (ordre, nom, une)


@pytest.mark.parametrize("mutant", ["elle seule", "ses sommes seules"])
def test_mutants_de_proche_en_proche(monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    def seule(ici: deduites.Deduites, nom: str) -> tuple[set[str], set[int]]:
        return {nom}, set(ici._sommes_de[nom]) if mutant == "ses sommes seules" else set()

    monkeypatch.setattr(deduites.Deduites, "_liees", seule)
    with pytest.raises(AssertionError):
        test_cacher_une_case_relit_ce_qui_lui_est_lie_de_proche_en_proche()
