"""Le seul masque des petits effectifs : ce qui ne se montre pas, et ce qui se tait avec pour qu'il ne se déduise pas.

Une case sous le seuil est tue. Puis, tant qu'une case tue se retrouve (rendue par une soustraction, ou serrée entre
deux bornes plus proches que le seuil), une voisine de plus se tait : la plus petite d'abord, un total en dernier.
"""

from __future__ import annotations

from collections.abc import Collection

from modele.chiffres.deduites import Deduites
from modele.chiffres.seuils import Diffusion, seuil_de
from modele.chiffres.tableau import Tableau


def masquer(tableau: Tableau, seuil: int, deja: Collection[str] = ()) -> frozenset[str]:
    """Les cases publiées à taire. ``deja`` : celles qu'une publication plus proche tait déjà, et qui restent tues.

    Sans cela, deux publications des mêmes chiffres, mises côte à côte, rendraient ce que chacune tait.
    """
    tues = {nom for nom, case in tableau.cases.items() if case.publiee and _petite(tableau, nom, seuil)} | set(deja)
    cachees = {nom for nom, case in tableau.cases.items() if not case.publiee and not case.impossible}
    deduites = Deduites(tableau, tues | cachees)
    discretes = {nom for nom in cachees if _petite(tableau, nom, seuil)}
    while (neuve := _a_taire(tableau, seuil, tues, discretes, deduites)) is not None:
        tues.add(neuve)
        deduites.cacher(neuve)
    return frozenset(tues)


def masquer_pour(tableau: Tableau, diffusion: Diffusion, deja: Collection[str] = ()) -> frozenset[str]:
    """Au seuil de cette diffusion, et des plus proches : ce qu'une plus proche tait reste tu."""
    toutes, tues = list(Diffusion), frozenset(deja)
    for une in toutes[: toutes.index(diffusion) + 1]:
        tues = masquer(tableau, seuil_de(une), tues)
    return tues


def petit(effectif: int, seuil: int) -> bool:
    """Vrai d'un effectif seul, que rien ne lie à d'autres (une distribution, une médiane), trop petit pour se dire."""
    return effectif < seuil


def _petite(tableau: Tableau, nom: str, seuil: int) -> bool:
    case = tableau.cases[nom]
    return case.se_tait and petit(case.valeur, seuil)


def _a_taire(
    tableau: Tableau, seuil: int, tues: Collection[str], discretes: Collection[str], deduites: Deduites
) -> str | None:
    """La case de plus à taire ; ``None`` si plus rien ne se retrouve, ou s'il ne reste rien à taire.

    Se retrouve ce qui se tait, ou ne se publie pas et est petit (``discretes``), et que pourtant ce qui se montre rend.
    """
    for nom in tableau.cases:
        fragile = nom in tues or nom in discretes
        if fragile and deduites.rendue(nom, seuil) and (neuve := _voisine(tableau, nom, tues)) is not None:
            return neuve
    return None


def _voisine(tableau: Tableau, nom: str, tues: Collection[str]) -> str | None:
    """La plus petite case montrée liée à celle-ci, de proche en proche ; un total seulement s'il n'y a qu'eux."""
    vues, ici = {nom}, [nom]
    totaux = {somme.total for somme in tableau.sommes}
    while ici:
        autour = [autre for un in ici for somme in tableau.liees_a(un) for autre in somme.cases if autre not in vues]
        ici = list(dict.fromkeys(autour))
        vues |= set(ici)
        offertes = [un for un in ici if _montree(tableau, un, tues)]
        if offertes:
            return min(offertes, key=lambda un: (un in totaux, tableau.cases[un].valeur))
    return None


def _montree(tableau: Tableau, nom: str, tues: Collection[str]) -> bool:
    case = tableau.cases[nom]
    return case.publiee and case.se_tait and nom not in tues
