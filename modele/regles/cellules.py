"""Découper les valeurs encore possibles d'un fait en cellules : dans une cellule, aucune règle ne voit de différence.

Une valeur par cellule suffit alors à dire tout ce qui peut arriver.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Voisinage:
    """Des inconnus qui se comparent entre eux : leurs pas, et combien ils sont.

    Il faut alors, dans chaque cellule, assez de valeurs pour que tous leurs ordres possibles soient représentés.
    """

    pas: frozenset[Pas]
    combien: int


def cellules(
    fait: Fait,
    etat: Etat,
    comparaisons: Sequence[Comparaison],
    coupes: Iterable[Coupe],
    voisinage: Voisinage | None = None,
) -> list[Etat]:
    """Un état connu par cellule du fait (et « sans objet » s'il est possible).

    ``comparaisons`` : celles qui lisent le fait ; ``coupes`` : celles des nombres et des dates ;
    ``voisinage`` : les inconnus auxquels il se compare, lui compris. Lève ``TropDeCellules``.
    """
    if fait.type in ORDONNES:
        valeurs = _ordonnees(fait, etat, sorted(set(coupes)), voisinage or Voisinage(frozenset(), 1))
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
    trouves: dict[frozenset[str], frozenset[str]] = {}
    for partie in parties(etat, fait):
        libres = sorted((partie.possibles - partie.certains) & nommes)
        if 2 ** len(libres) > LIMITE:
            raise TropDeCellules
        for taille in range(len(libres) + 1):
            for choix in combinations(libres, taille):
                valeur = partie.certains | frozenset(choix)
                trouves.setdefault(valeur & nommes, valeur)
    return list(trouves.values())


def _ordonnees(fait: Fait, etat: Etat, coupes: list[Coupe], voisinage: Voisinage) -> list[Any]:
    if isinstance(etat.domaine, Enumere):
        return _une_par_cellule(etat.domaine.valeurs, coupes)
    propre = Pas.du(fait)
    pas = sorted({propre, *voisinage.pas}, key=Pas.finesse)
    bas, haut = plage(etat, fait)
    bords: list[Coupe | None] = [None if bas is None else (bas, False), *coupes, None if haut is None else (haut, True)]
    valeurs: dict[Any, None] = {}
    for gauche, droite in pairwise(bords):
        tirees = _tirer(_plus_a_droite(gauche, bords[0]), _plus_a_gauche(droite, bords[-1]), pas, voisinage.combien)
        valeurs |= dict.fromkeys(propre.ecrire(v) for v in tirees if propre.admet(v))
        if len(valeurs) > LIMITE:
            raise TropDeCellules
    return list(valeurs)


def _une_par_cellule(valeurs: Sequence[Any], coupes: list[Coupe]) -> list[Any]:
    gardees: dict[int, Any] = {}
    for valeur in valeurs:
        gardees.setdefault(bisect_right(coupes, (valeur, False)), valeur)
    return list(gardees.values())


def _plus_a_droite(coupe: Coupe | None, bord: Coupe | None) -> Coupe | None:
    return coupe if bord is None else bord if coupe is None else max(coupe, bord)


def _plus_a_gauche(coupe: Coupe | None, bord: Coupe | None) -> Coupe | None:
    return coupe if bord is None else bord if coupe is None else min(coupe, bord)


def _tirer(gauche: Coupe | None, droite: Coupe | None, pas: Sequence[Pas], combien: int) -> list[Any]:
    """Des valeurs d'une cellule qui représentent tous les ordres de ``combien`` inconnus.

    Le pas le plus gros d'abord : s'il y a la place, tous les inconnus peuvent y prendre leurs valeurs. Sinon on garde
    les siennes et on cherche entre elles avec les pas plus fins.
    """
    grosses = pas[0].entre(gauche, droite, combien)
    if len(grosses) >= combien or len(pas) == 1:
        return grosses
    tirees, bord = list(grosses), gauche
    for valeur in grosses:
        tirees += _tirer(bord, (valeur, False), pas[1:], combien)
        bord = (valeur, True)
    return tirees + _tirer(bord, droite, pas[1:], combien)


@dataclass(frozen=True, slots=True)
class Pas:
    """Le pas d'un fait : entier, jour, dixième, centième… ou aucun (décimal sans ``decimales``)."""

    type: TypeFait
    decimales: int | None

    @classmethod
    def du(cls, fait: Fait) -> Pas:
        """Le pas d'un fait ordonné."""
        return cls(fait.type, fait.decimales if fait.type is TypeFait.DECIMAL else 0)

    def finesse(self) -> tuple[bool, int]:
        """Du plus gros au plus fin."""
        return (self.decimales is None, self.decimales or 0)

    def admet(self, valeur: Any) -> bool:
        """Vrai si la valeur tombe sur ce pas."""
        if isinstance(valeur, date) or self.decimales is None:
            return True
        place = Decimal(valeur).scaleb(self.decimales)
        return place == place.to_integral_value()

    def ecrire(self, valeur: Any) -> Any:
        """La valeur au type du fait."""
        if isinstance(valeur, date):
            return valeur
        return int(valeur) if self.type is TypeFait.ENTIER else Decimal(valeur)

    def entre(self, gauche: Coupe | None, droite: Coupe | None, combien: int) -> list[Any]:
        """Jusqu'à ``combien`` valeurs distinctes entre deux coupes, toutes s'il y en a moins, croissantes."""
        if self.decimales is None:
            return _denses(gauche, droite, combien)
        bas = None if gauche is None else self._premier(gauche)
        haut = None if droite is None else self._premier(droite) - 1
        if self.type is TypeFait.DATE:
            dernier = date.max.toordinal()
            bas, haut = 1 if bas is None else bas, dernier if haut is None else min(haut, dernier)
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
            return date.fromordinal(rang)
        return rang if self.type is TypeFait.ENTIER else Decimal(rang).scaleb(-(self.decimales or 0))


def _rangs(bas: int | None, haut: int | None, combien: int) -> range:
    if bas is None:
        fin = combien - 1 if haut is None else haut
        return range(fin - combien + 1, fin + 1)
    return range(bas, bas + combien if haut is None else min(haut, bas + combien - 1) + 1)


def _denses(gauche: Coupe | None, droite: Coupe | None, combien: int) -> list[Decimal]:
    """Des décimaux exacts entre deux coupes : les bords s'ils sont compris, puis des points intérieurs."""
    if gauche is None:
        fin = Decimal(0) if droite is None else Decimal(droite[0]) - (0 if droite[1] else 1)
        return [fin - rang for rang in reversed(range(combien))]
    bas = Decimal(gauche[0])
    if droite is None:
        return [bas + gauche[1] + rang for rang in range(combien)]
    haut = Decimal(droite[0])
    if bas >= haut:
        return [bas] if bas == haut and not gauche[1] and droite[1] else []
    parts = 2 ** (combien + 1).bit_length()
    points = [bas + (haut - bas) * rang / parts for rang in range(gauche[1], parts)]
    return points[:combien]
