"""Ce qu'un fait dérivé peut valoir quand ses entrées ne sont pas toutes connues.

Une fonction qui ne parle que de valeurs connues s'étend ici aux cinq états : on l'évalue aux extrémités de chaque
domaine. Elle doit donc être **monotone** en chacune de ses entrées ordonnées ; ``None`` y veut dire « sans objet ».
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import product
from math import prod
from typing import Any

from modele.regles.etats import (
    INCONNU,
    REFUSE,
    SANS_OBJET,
    Enumere,
    Etat,
    Intervalle,
    Statut,
    connu,
    partiel,
)
from modele.regles.faits import ORDONNES, Fait, TypeFait, Valeur

# Au-delà, le calcul renonce à réduire le domaine : le fait reste inconnu, ce qui est toujours sûr.
COMBINAISONS_AU_PLUS = 4096
VRAI = connu(True)
FAUX = connu(False)
# Lus à chaque calcul : une variable se lit neuf fois plus vite qu'un membre par sa classe.
_EST_CONNU, _EST_SANS_OBJET = Statut.CONNU, Statut.SANS_OBJET
_BOOLEEN, _CHOIX, _DATE, _DECIMAL = TypeFait.BOOLEEN, TypeFait.CHOIX, TypeFait.DATE, TypeFait.DECIMAL
# Plus loin que toute valeur du métier : tient lieu de borne quand le fait n'en a pas.
_TRES_GRAND = 10**9


@dataclass(frozen=True, slots=True)
class _Temoins:
    """Les valeurs d'une entrée qui suffisent à connaître l'image d'une fonction monotone.

    ``fini`` : ce sont toutes ses valeurs. ``libre`` : rien ne réduit cette entrée ordonnée.
    """

    valeurs: tuple[Valeur | None, ...]
    fini: bool = True
    libre: bool = False


def appliquer(fonction: Callable[..., Valeur | None], entrees: Sequence[tuple[Etat, Fait]], sortie: Fait) -> Etat:
    """L'état de ``fonction(*entrees)`` : connu, réduit, ou inconnu (refusé si seuls des refus l'empêchent).

    Sûr : la valeur obtenue en complétant les entrées est toujours dans le domaine rendu.
    """
    ouvertes = [etat for etat, _ in entrees if etat.ouvert]
    if not ouvertes:
        return _etat_de(_arrondir(fonction(*(etat.valeur for etat, _ in entrees)), sortie))
    temoins = [_temoins(etat, fait) for etat, fait in entrees]
    if any(t is None for t in temoins):
        return non_dit(ouvertes)
    utiles = [t for t in temoins if t is not None]
    if prod(len(t.valeurs) for t in utiles) > COMBINAISONS_AU_PLUS:
        return non_dit(ouvertes)
    images = [_arrondir(fonction(*valeurs), sortie) for valeurs in product(*(t.valeurs for t in utiles))]
    return _reunir(images, sortie, utiles, ouvertes)


def _etat_de(image: Valeur | None) -> Etat:
    return SANS_OBJET if image is None else connu(image)


def non_dit(ouvertes: Iterable[Etat]) -> Etat:
    """Inconnu, ou refusé si toutes les entrées qui manquent ont été refusées."""
    liste = list(ouvertes)
    return REFUSE if liste and all(etat.statut is Statut.REFUSE for etat in liste) else INCONNU


def _temoins(etat: Etat, fait: Fait) -> _Temoins | None:
    """Les témoins d'une entrée ; ``None`` si ses valeurs possibles ne se parcourent pas."""
    if etat.statut is _EST_CONNU:
        return _Temoins((etat.valeur,))
    if etat.statut is _EST_SANS_OBJET:
        return _Temoins((None,))
    trouves = _temoins_ouverts(etat, fait)
    if trouves is None or not etat.peut_etre_sans_objet:
        return trouves
    return _Temoins((*trouves.valeurs, None), trouves.fini, trouves.libre)


def _temoins_ouverts(etat: Etat, fait: Fait) -> _Temoins | None:
    match etat.domaine:
        case Enumere(valeurs):
            return _Temoins(valeurs)
        case Intervalle(minimum, maximum):
            bas, haut = _extremes(fait)
            return _Temoins((bas if minimum is None else minimum, haut if maximum is None else maximum), fini=False)
        case None:
            return _temoins_libres(fait)
        case _:
            return None


def _temoins_libres(fait: Fait) -> _Temoins | None:
    if fait.type is _BOOLEEN:
        return _Temoins((False, True))
    if fait.type in ORDONNES:
        return _Temoins(_extremes(fait), fini=False, libre=True)
    return _Temoins(fait.codes) if fait.type is _CHOIX and fait.codes else None


def _extremes(fait: Fait) -> tuple[Valeur, Valeur]:
    """Les bornes du fait, ou plus loin que toute valeur du métier."""
    repli: tuple[Valeur, Valeur] = (date.min, date.max) if fait.type is _DATE else (-_TRES_GRAND, _TRES_GRAND)
    bas = repli[0] if fait.minimum is None else fait.minimum
    haut = repli[1] if fait.maximum is None else fait.maximum
    return bas, haut


def _reunir(images: list[Valeur | None], sortie: Fait, temoins: Sequence[_Temoins], ouvertes: list[Etat]) -> Etat:
    valeurs = list(dict.fromkeys(image for image in images if image is not None))
    absente = None in images
    if not valeurs:
        return SANS_OBJET
    if len(valeurs) == 1 and not absente:
        return connu(valeurs[0])
    if _sans_reduction(valeurs, sortie, temoins):
        statut = non_dit(ouvertes).statut
        return Etat(statut, peut_etre_sans_objet=absente)
    fini = sortie.type not in ORDONNES or all(t.fini for t in temoins)
    return partiel(Enumere(tuple(valeurs)) if fini else etendue(valeurs), peut_etre_sans_objet=absente)


def _sans_reduction(valeurs: Sequence[Valeur], sortie: Fait, temoins: Sequence[_Temoins]) -> bool:
    """Vrai si ce qui reste possible n'apprend rien : autant dire « inconnu »."""
    if sortie.type in ORDONNES:
        return any(t.libre for t in temoins)
    toutes = 2 if sortie.type is _BOOLEEN else len(sortie.codes)
    return len(valeurs) == toutes


def etendue(valeurs: Iterable[Any]) -> Intervalle:
    """L'intervalle de la plus petite à la plus grande."""
    liste = list(valeurs)
    return Intervalle(min(liste), max(liste))


def _arrondir(valeur: Valeur | None, sortie: Fait) -> Valeur | None:
    """La valeur au pas du fait, arrondie au pair."""
    if sortie.type is not _DECIMAL or sortie.decimales is None or not isinstance(valeur, int | Decimal):
        return valeur
    return Decimal(valeur).quantize(Decimal(1).scaleb(-sortie.decimales), rounding=ROUND_HALF_EVEN)


def dire(etat: Etat) -> bool | None:
    """Un état booléen en logique de Kleene, comme le jugerait une condition : sans objet est faux.

    Un « non » reste un « non » même si la question n'est peut-être pas à poser ; ce qui n'est pas tranché est ``None``.
    """
    if etat.statut is _EST_SANS_OBJET:
        return False
    if etat.connu:
        return bool(etat.valeur)
    if not isinstance(etat.domaine, Enumere):
        return None
    possibles = {*map(bool, etat.domaine.valeurs), *([False] if etat.peut_etre_sans_objet else [])}
    return possibles.pop() if len(possibles) == 1 else None


def l_un(etats: Sequence[Etat], *, clos: bool = True) -> Etat:
    """Vrai si l'un est vrai, faux si tous sont faux et qu'il n'y en a pas d'autre."""
    if any(dire(etat) for etat in etats):
        return VRAI
    ouverts = [etat for etat in etats if dire(etat) is None]
    if not clos:
        return INCONNU
    return non_dit(ouverts) if ouverts else FAUX


def tous(etats: Sequence[Etat]) -> Etat:
    """Faux si l'un est faux, vrai si tous sont vrais."""
    if any(dire(etat) is False for etat in etats):
        return FAUX
    ouverts = [etat for etat in etats if dire(etat) is None]
    return non_dit(ouverts) if ouverts else VRAI


def contraire(etat: Etat) -> Etat:
    """La négation ; ce qui n'est pas tranché le reste."""
    vrai = dire(etat)
    if vrai is None:
        return etat
    return FAUX if vrai else VRAI


def compter(etats: Sequence[Etat], *, autres_au_plus: int = 0) -> Etat:
    """Combien d'états sont vrais, plus zéro à ``autres_au_plus`` qu'on ne connaît pas encore."""
    surs = sum(1 for etat in etats if dire(etat))
    doutes = sum(1 for etat in etats if dire(etat) is None)
    return entre(surs, surs + doutes + autres_au_plus)


def entre(bas: int | Decimal, haut: int | Decimal) -> Etat:
    """Connu si les deux bornes sont égales, sinon l'intervalle."""
    return connu(bas) if bas == haut else partiel(Intervalle(bas, haut))


def dans(etat: Etat, codes: frozenset[str]) -> Etat:
    """Le choix est-il l'un de ces codes ? Sans objet : non."""
    if etat.ouvert and etat.domaine is None:
        return Etat(etat.statut)
    valeurs = etat.domaine.valeurs if isinstance(etat.domaine, Enumere) else (etat.valeur,)
    reponses = {valeur in codes for valeur in valeurs} | ({False} if etat.peut_etre_sans_objet else set())
    return connu(reponses.pop()) if len(reponses) == 1 else INCONNU


def bornes(etat: Etat, fait: Fait) -> tuple[Any, Any] | None:
    """Le plus petit et le plus grand nombre possibles (sans objet : 0) ; ``None`` si rien ne les borne."""
    if etat.ouvert and etat.domaine is None and (fait.minimum is None or fait.maximum is None):
        return None
    temoins = _temoins(etat, fait)
    if temoins is None:
        return None
    nombres: list[Any] = [0 if valeur is None else valeur for valeur in temoins.valeurs]
    return min(nombres), max(nombres)
