"""Découper les valeurs encore possibles d'un fait en cellules : dans une cellule, aucune règle ne voit de différence.

Une valeur par cellule suffit alors à dire tout ce qui peut arriver.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from math import ceil, floor
from typing import Any

from modele.regles.conditions import Comparaison, Op, Parametre
from modele.regles.etats import SANS_OBJET, Enumere, Etat, connu
from modele.regles.faits import ORDONNES, Fait, TypeFait
from modele.regles.kleene import codes, parties, plage

# Au-delà, on n'énumère pas : l'intervalle reste sûr, il n'est plus prouvé exact.
LIMITE = 4096

# (valeur, après) : la coupe passe avant la valeur, ou juste après elle.
Coupe = tuple[Any, bool]
_COUPES: dict[Op, tuple[bool, ...]] = {
    Op.MOINS_DE: (False,),
    Op.AU_MOINS: (False,),
    Op.PLUS_DE: (True,),
    Op.AU_PLUS: (True,),
    Op.EGAL: (False, True),
    Op.DIFFERENT: (False, True),
}


class TropDeCellules(Exception):
    """Plus de cellules qu'on n'en énumère."""


def coupes_de(comparaison: Comparaison) -> list[Coupe]:
    """Où une comparaison à un seuil connu coupe les valeurs d'un nombre ou d'une date."""
    if comparaison.fait.type not in ORDONNES or isinstance(comparaison.operande, Parametre):
        return []
    return [(comparaison.operande, apres) for apres in _COUPES.get(comparaison.op, ())]


def cellules(
    fait: Fait, etat: Etat, comparaisons: Sequence[Comparaison], coupes: Iterable[Coupe], exemplaires: int = 1
) -> list[Etat]:
    """Un état connu par cellule du fait (et « sans objet » s'il est possible).

    ``comparaisons`` : celles qui lisent le fait ; ``coupes`` : celles des nombres et des dates ;
    ``exemplaires`` : valeurs distinctes à prendre dans chaque cellule, quand des inconnus se comparent entre eux.
    Lève ``TropDeCellules``.
    """
    if fait.type in ORDONNES:
        valeurs = _ordonnees(fait, etat, sorted(set(coupes)), exemplaires)
        if len(valeurs) > LIMITE:
            raise TropDeCellules
    elif fait.type is TypeFait.ENSEMBLE:
        valeurs = _ensembles(fait, etat, comparaisons)
    else:
        valeurs = _codes(fait, etat, comparaisons)
    etats = [connu(valeur) for valeur in valeurs]
    return [*etats, SANS_OBJET] if etat.peut_etre_sans_objet else etats


def _codes(fait: Fait, etat: Etat, comparaisons: Sequence[Comparaison]) -> list[Any]:
    """Un code par réponse différente aux comparaisons."""
    vus = {tuple(_repond(code, c.operande) for c in comparaisons): code for code in reversed(codes(etat, fait))}
    return list(vus.values())


def _repond(code: Any, operande: Any) -> bool:
    return code in operande if isinstance(operande, frozenset) else bool(code == operande)


def _ensembles(fait: Fait, etat: Etat, comparaisons: Sequence[Comparaison]) -> list[frozenset[str]]:
    """Toutes les parties des codes que les règles nomment ; les autres codes ne changent rien."""
    nommes: set[str] = set()
    for comparaison in comparaisons:
        operande = comparaison.operande
        nommes |= operande if isinstance(operande, frozenset) else {str(operande)}
    trouves: dict[frozenset[str], None] = {}
    for partie in parties(etat, fait):
        libres = sorted((partie.possibles - partie.certains) & nommes)
        if 2 ** len(libres) > LIMITE:
            raise TropDeCellules
        for taille in range(len(libres) + 1):
            for choix in combinations(libres, taille):
                trouves[partie.certains | frozenset(choix)] = None
    return list(trouves)


def _ordonnees(fait: Fait, etat: Etat, coupes: list[Coupe], exemplaires: int) -> list[Any]:
    if isinstance(etat.domaine, Enumere):
        return list(etat.domaine.valeurs)
    if len(coupes) * exemplaires > LIMITE:
        raise TropDeCellules
    pas = _Pas(fait)
    bas, haut = plage(etat, fait)
    bords: list[Coupe | None] = [None if bas is None else (bas, False), *coupes, None if haut is None else (haut, True)]
    valeurs: dict[Any, None] = {}
    for gauche, droite in pairwise(bords):
        for valeur in pas.entre(_plus_a_droite(gauche, bords[0]), _plus_a_gauche(droite, bords[-1]), exemplaires):
            valeurs[valeur] = None
    return list(valeurs)


def _plus_a_droite(coupe: Coupe | None, bord: Coupe | None) -> Coupe | None:
    return coupe if bord is None else bord if coupe is None else max(coupe, bord)


def _plus_a_gauche(coupe: Coupe | None, bord: Coupe | None) -> Coupe | None:
    return coupe if bord is None else bord if coupe is None else min(coupe, bord)


class _Pas:
    """Le pas d'un fait : entier, jour, dixième, centième… ou aucun (décimal sans ``decimales``)."""

    def __init__(self, fait: Fait) -> None:
        self.type = fait.type
        self.decimales = 0 if fait.type is TypeFait.ENTIER else fait.decimales
        self.dense = fait.type is TypeFait.DECIMAL and fait.decimales is None

    def entre(self, gauche: Coupe | None, droite: Coupe | None, combien: int) -> list[Any]:
        """Jusqu'à ``combien`` valeurs distinctes entre deux coupes."""
        if self.dense:
            return _denses(gauche, droite, combien)
        bas = None if gauche is None else self._premier(gauche)
        haut = None if droite is None else self._premier(droite) - 1
        return [self._valeur(rang) for rang in _rangs(bas, haut, combien)]

    def _premier(self, coupe: Coupe) -> int:
        """Le premier rang à droite de la coupe."""
        valeur, apres = coupe
        if isinstance(valeur, date):
            return valeur.toordinal() + apres
        place = Decimal(valeur).scaleb(self.decimales or 0)
        return floor(place) + 1 if apres else ceil(place)

    def _valeur(self, rang: int) -> Any:
        if self.type is TypeFait.DATE:
            return date.fromordinal(min(max(rang, 1), date.max.toordinal()))
        return rang if self.type is TypeFait.ENTIER else Decimal(rang).scaleb(-(self.decimales or 0))


def _rangs(bas: int | None, haut: int | None, combien: int) -> list[int]:
    if bas is None and haut is None:
        return list(range(combien))
    if bas is None:
        assert haut is not None
        return list(range(haut, haut - combien, -1))
    fin = bas + combien - 1 if haut is None else min(haut, bas + combien - 1)
    return list(range(bas, fin + 1))


def _denses(gauche: Coupe | None, droite: Coupe | None, combien: int) -> list[Decimal]:
    """Des décimaux exacts entre deux coupes : le bord s'il est compris, puis des points intérieurs."""
    if gauche is None and droite is None:
        return [Decimal(rang) for rang in range(combien)]
    if gauche is None or droite is None:
        ancre, sens = (gauche, 1) if droite is None else (droite, -1)
        assert ancre is not None
        depart = 0 if ancre[1] == (sens < 0) else 1
        return [Decimal(ancre[0]) + sens * rang for rang in range(depart, depart + combien)]
    bas, haut = Decimal(gauche[0]), Decimal(droite[0])
    if bas >= haut:
        return [bas] if bas == haut and not gauche[1] and droite[1] else []
    parts = 2 ** (combien + 1).bit_length()
    points = [bas] if not gauche[1] else []
    points += [bas + (haut - bas) * rang / parts for rang in range(1, parts)]
    return points[:combien] if not droite[1] else [*points[: max(combien - 1, 0)], haut][:combien]
