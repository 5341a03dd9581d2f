"""Ce qu'un lecteur tire de deux versions d'un même dossier : ce qui se taisait, ce qui a trop peu bougé, même en somme.

Les versions ne se soustraient pas case par case seulement : les sommes de l'une et de l'autre disent aussi de combien a
bougé un groupe de cases tues. Un tel écart, plus petit que le seuil, se tait avec elles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from modele.chiffres import masquer
from modele.chiffres.deductions import Bornes, bornes, reduire
from modele.chiffres.tableau import Somme, Tableau

Cases = Mapping[str, int]


def deja(tableau: Tableau, seuil: int, cases: Cases, tues: Collection[str], sommes: Sequence[Somme]) -> Iterator[str]:
    """Ce qui se taisait, et ce qui a trop peu bougé, même si la première version le laissait seulement déduire."""
    sues = _deduites(tableau, cases, sommes)
    for nom, case in tableau.cases.items():
        bas, haut = sues.get(nom, (case.valeur, case.valeur))
        ecart = max(bas - case.valeur, case.valeur - haut, 0)
        if nom in tues or (haut - bas < seuil and (bas, haut) != (case.valeur,) * 2 and ecart < seuil):
            yield nom


def _deduites(tableau: Tableau, cases: Cases, sommes: Sequence[Somme]) -> Bornes:
    """Entre quoi et quoi ses lecteurs savent chaque case de la première : une soustraction rend un reste."""
    liees = list(sommes) or tableau.sommes
    noms = dict.fromkeys([*cases, *(nom for somme in liees for nom in somme.cases)])
    lu = Tableau(sommes=list(liees))
    for nom in noms:
        lu.poser(nom, cases.get(nom, 0))
    return bornes(lu, [nom for nom in noms if nom not in cases])


def taire_les_sommes(
    tableau: Tableau, seuil: int, cases: Cases, toutes: Collection[str], tues: frozenset[str]
) -> frozenset[str]:
    """Tait de plus, tant qu'un groupe de cases tues a bougé de moins que le seuil et que les deux versions le disent.

    ``toutes`` : les cases de la première, montrées ou non ; une autre y était nulle.
    """
    while (neuve := _a_taire(tableau, seuil, cases, toutes, tues)) is not None:
        tues = masquer(tableau, seuil, tues | {neuve})
    return tues


def _a_taire(tableau: Tableau, seuil: int, cases: Cases, toutes: Collection[str], tues: frozenset[str]) -> str | None:
    sus = {
        nom: case.valeur - cases.get(nom, 0)
        for nom, case in tableau.cases.items()
        if case.publiee and nom not in tues and (nom in cases or nom not in toutes)
    }
    for cachees, ecart in groupes(tableau.sommes, sus):
        if 0 < abs(ecart) < seuil:
            autour = {nom for somme in tableau.sommes if cachees & {*somme.cases} for nom in somme.cases}
            if ici := [nom for nom in autour if sus.get(nom) and tableau.cases[nom].se_tait]:
                return min(ici, key=lambda nom: (tableau.cases[nom].valeur, nom))
    return None


def groupes(sommes: Sequence[Somme], sus: Mapping[str, int]) -> Iterator[tuple[frozenset[str], int]]:
    """Chaque groupe de cases cachées dont ces écarts disent la somme : une ligne à la fois, puis plusieurs ensemble."""
    for somme in sommes:
        cachees = frozenset(nom for nom in somme.parts if nom not in sus)
        if somme.total in sus and cachees:
            yield cachees, sus[somme.total] - sum(sus[nom] for nom in somme.parts if nom in sus)
    for inconnues, second in reduire(sommes, sus):
        if len(set(inconnues.values())) == 1:
            yield frozenset(inconnues), second // next(iter(inconnues.values()))
