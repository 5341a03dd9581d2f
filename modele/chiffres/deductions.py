"""Ce qu'une soustraction rend : les cases cachées que déterminent les sommes, et les bornes où les autres restent.

En nombres exacts (entiers) : une erreur d'arrondi rendrait quelqu'un.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import gcd, inf
from typing import Final, NamedTuple

from modele.chiffres.tableau import Somme, Tableau

LIBRE: Final = (0.0, inf)
_SECOND: Final = ""
"""La colonne du second membre : jamais un pivot."""
Bornes = dict[str, tuple[float, float]]


def determinees(sommes: Sequence[Somme], inconnues: Collection[str]) -> set[str]:
    """Celles de ces cases qu'une combinaison linéaire des autres rend exactement."""
    lignes = _echelonner([_equation(somme, inconnues) for somme in sommes])
    return {next(iter(ligne)) for ligne in lignes if len(ligne) == 1}


def reduire(sommes: Sequence[Somme], connues: Mapping[str, int]) -> Iterator[tuple[dict[str, int], int]]:
    """Ce que ces sommes disent ensemble de ce qui n'est pas connu : des coefficients, et leur second membre exact."""
    inconnues = {nom for somme in sommes for nom in somme.cases if nom not in connues}
    lignes = []
    for somme in sommes:
        ligne = _equation(somme, inconnues)
        dit = connues.get(somme.total, 0) - sum(connues.get(part, 0) for part in somme.parts)
        if ligne:
            lignes.append(ligne | ({_SECOND: -dit} if dit else {}))
    for ligne in _echelonner(lignes):
        second = -ligne.pop(_SECOND, 0)
        yield ligne, second


def _equation(somme: Somme, inconnues: Collection[str]) -> dict[str, int]:
    """Ce que cette somme dit des inconnues : leurs coefficients ; le second membre ne change pas ce qui est déterminé.

    Une case peut y être deux fois (le total d'une part) : ses coefficients s'ajoutent.
    """
    coefficients: dict[str, int] = {}
    for nom, signe in (*((part, 1) for part in somme.parts), (somme.total, -1)):
        if nom in inconnues:
            coefficients[nom] = coefficients.get(nom, 0) + signe
    return {nom: valeur for nom, valeur in coefficients.items() if valeur}


def _echelonner(lignes: Sequence[dict[str, int]]) -> list[dict[str, int]]:
    """La forme échelonnée réduite (Gauss-Jordan) : une case est déterminée si, et seulement si, elle y est seule."""
    faites: dict[str, dict[str, int]] = {}
    for ligne in lignes:
        # Une ligne faite n'a d'autre pivot que le sien : retrancher l'une n'en ramène pas une autre.
        for connu in [nom for nom in ligne if nom in faites]:
            ligne = _retrancher(ligne, faites[connu], connu)
        pivot = next((nom for nom in ligne if nom != _SECOND), None)
        if pivot is None:
            continue
        for autre, faite in faites.items():
            if pivot in faite:
                faites[autre] = _retrancher(faite, ligne, pivot)
        faites[pivot] = ligne
    return list(faites.values())


def _retrancher(ligne: Mapping[str, int], autre: Mapping[str, int], pivot: str) -> dict[str, int]:
    """La ligne moins ce qu'il faut de l'autre pour que ``pivot`` n'y soit plus, à un facteur près : en entiers."""
    facteur, diviseur = ligne[pivot], autre[pivot]
    if abs(diviseur) == 1:
        reste, facteur = dict(ligne), facteur * diviseur
    else:
        reste = {nom: valeur * diviseur for nom, valeur in ligne.items()}
    for nom, valeur in autre.items():
        if neuve := reste.get(nom, 0) - facteur * valeur:
            reste[nom] = neuve
        else:
            del reste[nom]
    commun = gcd(*reste.values())
    return reste if commun <= 1 else {nom: valeur // commun for nom, valeur in reste.items()}


def bornes(tableau: Tableau, inconnues: Collection[str], sommes: Sequence[Somme] | None = None) -> Bornes:
    """Entre quoi et quoi reste chaque case cachée, pour qui sait que nul effectif n'est négatif.

    ``sommes`` : celles-là seules, et leurs cases ; toutes celles qui lient une case cachée à une autre doivent y être.
    Se resserrent tant qu'elles bougent, une somme n'étant relue que si une de ses cases a bougé ; des entiers, donc en
    un nombre fini de tours.
    """
    retenues = tableau.sommes if sommes is None else sommes
    noms = tableau.cases if sommes is None else {nom for somme in sommes for nom in somme.cases}
    valeurs = {nom: tableau.cases[nom].valeur for nom in noms}
    lues: Bornes = {nom: LIBRE if nom in inconnues else (valeur, valeur) for nom, valeur in valeurs.items()}
    ecrites = [une for somme in retenues if (une := _ecrire(somme, valeurs, inconnues)).cachees]
    liees: dict[str, list[int]] = {}
    for rang, une in enumerate(ecrites):
        for nom in une.cachees:
            liees.setdefault(nom, []).append(rang)
    a_lire = deque(range(len(ecrites)))
    attend = set(a_lire)
    while a_lire:
        attend.discard(rang := a_lire.popleft())
        for nom in _resserrer(lues, ecrites[rang]):
            neufs = [un for un in liees[nom] if un not in attend]
            a_lire.extend(neufs)
            attend.update(neufs)
    return lues


class _Ecrite(NamedTuple):
    """Une somme, ce qui s'en connaît déjà compté. ``total`` vide : il se connaît, et vaut ``valeur``.

    ``parts`` : les parts cachées, et combien de fois chacune y est ; ``connu`` : les autres, ensemble.
    """

    total: str
    valeur: int
    connu: int
    parts: tuple[tuple[str, int], ...]

    @property
    def cachees(self) -> tuple[str, ...]:
        return (*dict.fromkeys((*(nom for nom, _ in self.parts), *((self.total,) if self.total else ()))),)


def _ecrire(somme: Somme, valeurs: Mapping[str, int], inconnues: Collection[str]) -> _Ecrite:
    parts = Counter(nom for nom in somme.parts if nom in inconnues)
    return _Ecrite(
        somme.total if somme.total in inconnues else "",
        valeurs[somme.total],
        sum(valeurs[nom] for nom in somme.parts if nom not in inconnues),
        tuple(parts.items()),
    )


def _resserrer(lues: Bornes, une: _Ecrite) -> list[str]:
    """Resserre ce que dit une somme de ses cases cachées ; rend celles qui ont bougé."""
    bougent = []
    for nom, bas, haut in [*_selon(lues, une)]:
        sien_bas, sien_haut = lues[nom]
        if bas > sien_bas or haut < sien_haut:
            lues[nom] = max(bas, sien_bas), min(haut, sien_haut)
            bougent.append(nom)
    return bougent


def _selon(lues: Bornes, une: _Ecrite) -> Iterator[tuple[str, float, float]]:
    """Ce qu'une somme dit de chacune : le total moins les autres parts, dont l'ensemble ne se compte qu'une fois."""
    bas: float = une.connu
    haut: float = une.connu
    infinies = 0
    for part, fois in une.parts:
        sien_bas, sien_haut = lues[part]
        bas += fois * sien_bas
        if sien_haut == inf:
            infinies += fois
        else:
            haut += fois * sien_haut
    total_bas, total_haut = lues[une.total] if une.total else (une.valeur, une.valeur)
    if une.total:
        yield une.total, bas, inf if infinies else haut
    for part, fois in une.parts:
        sien_bas, sien_haut = lues[part]
        libre = sien_haut == inf
        autres_haut = inf if infinies > (fois if libre else 0) else haut - (0 if libre else fois * sien_haut)
        yield part, total_bas - autres_haut, total_haut - (bas - fois * sien_bas)
