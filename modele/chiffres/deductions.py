"""Ce qu'une soustraction rend : les cases cachées que déterminent les sommes, et les bornes où les autres restent.

En nombres exacts (``Fraction``) : une erreur d'arrondi rendrait quelqu'un.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import inf
from typing import Final

from modele.chiffres.tableau import Somme, Tableau

_LIBRE: Final = (0.0, inf)
Bornes = dict[str, tuple[float, float]]


def determinees(sommes: Sequence[Somme], inconnues: Collection[str]) -> set[str]:
    """Celles de ces cases qu'une combinaison linéaire des autres rend exactement."""
    lignes = _echelonner([_equation(somme, inconnues) for somme in sommes])
    return {next(iter(ligne)) for ligne in lignes if len(ligne) == 1}


def _equation(somme: Somme, inconnues: Collection[str]) -> dict[str, Fraction]:
    """Ce que cette somme dit des inconnues : leurs coefficients ; le second membre ne change pas ce qui est déterminé.

    Une case peut y être deux fois (le total d'une part) : ses coefficients s'ajoutent.
    """
    coefficients: dict[str, Fraction] = {}
    for nom, signe in (*((part, 1) for part in somme.parts), (somme.total, -1)):
        if nom in inconnues:
            coefficients[nom] = coefficients.get(nom, Fraction(0)) + signe
    return {nom: valeur for nom, valeur in coefficients.items() if valeur}


def _echelonner(lignes: Sequence[dict[str, Fraction]]) -> list[dict[str, Fraction]]:
    """La forme échelonnée réduite (Gauss-Jordan) : une case est déterminée si, et seulement si, elle y est seule."""
    faites: list[tuple[str, dict[str, Fraction]]] = []
    for ligne in lignes:
        for pivot, faite in faites:
            ligne = _retrancher(ligne, faite, pivot)
        if not ligne:
            continue
        pivot = next(iter(ligne))
        ligne = {nom: valeur / ligne[pivot] for nom, valeur in ligne.items()}
        faites = [(autre, _retrancher(faite, ligne, pivot)) for autre, faite in faites]
        faites.append((pivot, ligne))
    return [faite for _, faite in faites]


def _retrancher(ligne: Mapping[str, Fraction], autre: Mapping[str, Fraction], pivot: str) -> dict[str, Fraction]:
    """La ligne moins ce qu'il faut de l'autre pour que ``pivot`` n'y soit plus."""
    facteur = ligne.get(pivot)
    if facteur is None:
        return dict(ligne)
    noms = dict.fromkeys((*ligne, *autre))
    reste = {nom: ligne.get(nom, Fraction(0)) - facteur * autre.get(nom, Fraction(0)) for nom in noms}
    return {nom: valeur for nom, valeur in reste.items() if valeur}


def bornes(tableau: Tableau, inconnues: Collection[str]) -> Bornes:
    """Entre quoi et quoi reste chaque case cachée, pour qui sait que nul effectif n'est négatif.

    Se resserrent de somme en somme tant qu'elles bougent ; des entiers, donc en un nombre fini de tours.
    """
    lues: Bornes = {
        nom: _LIBRE if nom in inconnues else (case.valeur, case.valeur) for nom, case in tableau.cases.items()
    }
    bouge = True
    while bouge:
        bouge = any(_resserrer(lues, somme) for somme in tableau.sommes)
    return lues


def _resserrer(lues: Bornes, somme: Somme) -> bool:
    """Resserre ce que dit une somme ; vrai si quelque chose a bougé."""
    bouge = False
    bas, haut = _entre(lues, somme.parts)
    neuves = {somme.total: (bas, haut)}
    for part in somme.parts:
        autres_bas, autres_haut = _entre(lues, [autre for autre in somme.parts if autre != part])
        total_bas, total_haut = lues[somme.total]
        neuves[part] = (total_bas - autres_haut, total_haut - autres_bas)
    for nom, (bas, haut) in neuves.items():
        serrees = max(bas, lues[nom][0]), min(haut, lues[nom][1])
        bouge, lues[nom] = bouge or serrees != lues[nom], serrees
    return bouge


def _entre(lues: Bornes, noms: Sequence[str]) -> tuple[float, float]:
    return sum(lues[nom][0] for nom in noms), sum(lues[nom][1] for nom in noms)
