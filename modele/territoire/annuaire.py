"""L'annuaire d'un territoire : chercher un lieu par commune, besoin, langue et mots ; le plus proche ouvert d'abord.

En mémoire : deux mille lieux tiennent dans quelques mégaoctets, viennent de quatre couches de fichiers et non d'une
base, et se cherchent plus vite qu'en SQL (``tests/mesures/mesure_lieux.py``).
Un lieu à l'adresse confidentielle n'a ni distance ni place : il vient en dernier, et n'est jamais « le plus proche ».
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import inf
from typing import Final, NamedTuple

from modele.lieux.accueil import Accueil
from modele.lieux.heures import Heures
from modele.lieux.modele import Lieu
from modele.lieux.ouverture import Ouvert, Ouverture, ouvert_a, ouverture, ouvre_ce_jour
from modele.territoire.communes import nu
from modele.territoire.coordonnees import Point, distance_km

Situer = Callable[[str], Point | None]
_APRES_TOUT: Final = "\U0010ffff"
_GARDES: Final = 8
"""Classements gardés : ceux d'une réception, pas ceux d'une journée."""


@dataclass(frozen=True, slots=True)
class Voulu:
    """Ce qu'on cherche. ``commune`` : celle d'où l'on part ; ``heure`` fausse : tout le jour, pas cet instant-là."""

    instant: datetime
    commune: str = ""
    besoin: str = ""
    langue: str = ""
    mots: str = ""
    heure: bool = True


class Trouve(NamedTuple):
    """Un lieu qui répond. ``km`` : à vol d'oiseau, de commune à commune ; ``None`` : on ne sait pas.

    ``ailleurs`` : il dit quelles communes il reçoit, et celle-ci n'en est pas.
    """

    lieu: Lieu
    ouvert: Ouvert
    km: float | None
    ailleurs: bool

    def ouverture(self, instant: datetime) -> Ouverture:
        """S'il est ouvert à cet instant, jusqu'à quand, et sinon quand il rouvre."""
        return ouverture(self.lieu.heures, instant)

    @property
    def recommandable(self) -> bool:
        """Vrai si l'on peut y envoyer quelqu'un de cette commune."""
        return not self.ailleurs and not self.lieu.adresse_confidentielle


class Annuaire:
    """Les lieux d'un territoire. ``situer`` : le point d'une commune ; ``nommer`` : son nom."""

    def __init__(
        self, lieux: Sequence[Lieu], accueil: Accueil, situer: Situer, nommer: Callable[[str], str] = str
    ) -> None:
        self.lieux, self._accueil, self.situer, self._nommer = tuple(lieux), accueil, situer, nommer

    def chercher(self, voulu: Voulu) -> list[Trouve]:
        """Ceux qui répondent : ouverts d'abord, puis à appeler, puis fermés ; du plus proche au plus lointain."""
        gardes: frozenset[int] | set[int] | None = None
        for retenus in self._retenus(voulu):
            gardes = retenus if gardes is None else gardes & retenus
        # Les secondes n'ouvrent ni ne ferment rien : le classement d'une minute sert à toutes ses frappes.
        minute = voulu.instant.replace(second=0, microsecond=0)
        classes = self._classer(voulu.commune, minute, voulu.heure)
        return [un for rang, un in classes if gardes is None or rang in gardes]

    def _retenus(self, voulu: Voulu) -> Iterator[frozenset[int] | set[int]]:
        for mot in nu(voulu.mots).split():
            yield self._mots.commencent(mot)
        if voulu.besoin:
            yield self._besoins.get(voulu.besoin, frozenset())
        if voulu.langue:
            yield self._langues.get(voulu.langue, frozenset())

    def _classer(self, commune: str, minute: datetime, heure: bool) -> Sequence[tuple[int, Trouve]]:
        """Tous les lieux dans l'ordre où ils se proposent, avec leur rang ; gardé tant que rien ne change."""
        cle = (commune, minute, heure)
        if cle not in self._classements:
            if len(self._classements) >= _GARDES:
                self._classements.clear()
            km = self._distances(commune)
            # Beaucoup de lieux ont les mêmes heures : chacune ne s'examine qu'une fois.
            etats = {
                heures: ouvert_a(heures, minute) if heure else ouvre_ce_jour(heures, minute.date())
                for heures in self._heures
            }
            trouves = ((rang, self._trouve(un, etats[un.heures], commune, km)) for rang, un in enumerate(self.lieux))
            self._classements[cle] = sorted(trouves, key=_ordre)
        return self._classements[cle]

    def _trouve(self, lieu: Lieu, ouvert: Ouvert, commune: str, km: Mapping[str, float]) -> Trouve:
        place = None if lieu.adresse_confidentielle else km.get(lieu.commune)
        return Trouve(lieu, ouvert, place, _ailleurs(lieu, commune))

    @cached_property
    def _heures(self) -> frozenset[Heures]:
        return frozenset(un.heures for un in self.lieux)

    @cached_property
    def _classements(self) -> dict[tuple[str, datetime, bool], Sequence[tuple[int, Trouve]]]:
        return {}

    def a_remettre(self, commune: str, au_plus: int) -> tuple[Lieu, ...]:
        """Les lieux d'un papier qu'on emporte, du plus proche au plus lointain ; ouverts ou non, il se lira demain.

        Sans commune, l'ordre du territoire. Un lieu qui enregistre y est toujours, s'il y en a un ; un refuge, jamais.
        """
        km = self._distances(commune)
        lieux = [un for un in self.lieux if not un.adresse_confidentielle]
        if commune:
            lieux.sort(key=lambda un: (_ailleurs(un, commune), km.get(un.commune, inf)))
        gardes = lieux[:au_plus]
        enregistre = next((un for un in lieux if un.enregistre), None)
        return (*gardes[: au_plus - 1], enregistre) if enregistre and enregistre not in gardes else tuple(gardes)

    def sans_place(self) -> tuple[Lieu, ...]:
        """Ceux que la carte ne montre pas : commune absente ou sans coordonnées ; jamais placés au hasard."""
        return tuple(un for un in self.lieux if un.commune not in self.places)

    @cached_property
    def places(self) -> Mapping[str, Point]:
        """Le point de chaque commune où il y a un lieu ; celles qu'on sait placer, et elles seules."""
        montres = (un.commune for un in self.lieux if un.commune and not un.adresse_confidentielle)
        points = {code: self.situer(code) for code in dict.fromkeys(montres)}
        return {code: point for code, point in points.items() if point is not None}

    def _distances(self, commune: str) -> Mapping[str, float]:
        depart = self.situer(commune) if commune else None
        connues = {} if depart is None else {code: distance_km(depart, un) for code, un in self.places.items()}
        # Dans la même commune, c'est tout près, même si l'on ne sait pas où elle est.
        return {**connues, commune: 0.0} if commune else connues

    @cached_property
    def _mots(self) -> _Mots:
        return _Mots((rang, mot) for rang, lieu in enumerate(self.lieux) for mot in self.mots_de(lieu))

    def mots_de(self, lieu: Lieu) -> Iterator[str]:
        commune = self._nommer(lieu.commune) if lieu.commune else ""
        besoins = (un.libelle for un in self._accueil.besoins_de(lieu))
        yield from nu(" ".join((lieu.nom, lieu.genre, lieu.adresse, commune, *besoins))).split()

    @cached_property
    def _besoins(self) -> Mapping[str, frozenset[int]]:
        lieux = [*enumerate(self.lieux)]
        return {
            nom: frozenset(rang for rang, un in lieux if self._accueil.repond(un, nom)) for nom in self._accueil.besoins
        }

    @cached_property
    def _langues(self) -> Mapping[str, frozenset[int]]:
        parlees: dict[str, set[int]] = {}
        for rang, lieu in enumerate(self.lieux):
            for code in lieu.langues:
                parlees.setdefault(code, set()).add(rang)
        return {code: frozenset(rangs) for code, rangs in parlees.items()}


class _Mots:
    """Des mots triés, et où chacun se trouve : un début de mot y est une tranche."""

    def __init__(self, paires: Iterable[tuple[int, str]]) -> None:
        rangs: dict[str, set[int]] = {}
        for rang, mot in paires:
            rangs.setdefault(mot, set()).add(rang)
        self._mots = sorted(rangs)
        self._rangs = [rangs[mot] for mot in self._mots]

    def commencent(self, debut: str) -> set[int]:
        """Les rangs où un mot commence ainsi."""
        de, a = bisect_left(self._mots, debut), bisect_left(self._mots, debut + _APRES_TOUT)
        return set().union(*self._rangs[de:a])


def _ailleurs(lieu: Lieu, commune: str) -> bool:
    """Vrai s'il dit recevoir d'autres communes que celle-ci."""
    # Une demande se dépose dans tout lieu qui enregistre, où qu'on habite (CCH R441-2-3).
    return bool(commune and lieu.dessert and not lieu.enregistre and commune not in lieu.dessert)


def _ordre(classe: tuple[int, Trouve]) -> tuple[bool, int, bool, float, str, str]:
    trouve = classe[1]
    lieu = trouve.lieu
    km = inf if trouve.km is None else trouve.km
    return lieu.adresse_confidentielle, trouve.ouvert, trouve.ailleurs, km, lieu.nom, lieu.id


def le_plus_proche(trouves: Iterable[Trouve]) -> Trouve | None:
    """Le premier où l'on peut envoyer quelqu'un tout de suite : ouvert, et à une distance connue."""
    return next((un for un in trouves if un.ouvert is Ouvert.OUI and un.recommandable and un.km is not None), None)
