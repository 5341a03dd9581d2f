"""Combien de connexions à la fois, au total et par adresse, et de combien de descripteurs le système laisse disposer.

Au plafond, la plus ancienne connexion qui ne dit rien cède sa place : mille muettes n'empêchent pas un poste d'entrer,
même venu de leur adresse. Une demande entièrement reçue n'est jamais coupée.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable
from enum import IntEnum
from typing import Final

from registre.http.limites import cle_d_adresse
from registre.http.metriques import Metriques

AU_TOTAL: Final = 2000
"""Une connexion TLS coûte un quart de mégaoctet de mémoire au plus : cinq cents mégaoctets en tout."""
PAR_ADRESSE: Final = 256
"""Tout un CCAS peut sortir par la même adresse."""
# Ce que le reste tient : la base, les journaux, les programmes de PostgreSQL.
_RESERVE: Final = 200
# Ce que macOS accepte quand il annonce un plafond infini.
_SANS_PLAFOND: Final = 10_240


class Rang(IntEnum):
    """Qui cède sa place d'abord."""

    MUETTE = 0
    EN_ROUTE = 1
    """Son corps arrive encore, ou sa réponse ne part plus."""
    RECUE = 2


class Place:
    """La place d'une connexion. ``rang`` et ``couper`` se posent quand elle avance."""

    __slots__ = ("cle", "couper", "rang")

    def __init__(self, cle: str, couper: Callable[[], object]) -> None:
        self.cle = cle
        self.couper = couper
        self.rang: Callable[[], Rang] = lambda: Rang.MUETTE


class Portier:
    """Tient le compte des connexions ouvertes. Ne sert que la boucle d'événements : sans verrou."""

    def __init__(self, metriques: Metriques, au_total: int = AU_TOTAL, par_adresse: int = PAR_ADRESSE) -> None:
        self._metriques = metriques
        self._au_total = au_total
        self._par_adresse = par_adresse
        # Par adresse, de la plus ancienne à la plus récente.
        self._tenues: defaultdict[str, dict[Place, None]] = defaultdict(dict)
        self.ouvertes = 0

    def entrer(self, adresse: str, couper: Callable[[], object]) -> Place | None:
        """Une place pour cette adresse, au besoin celle d'une muette ; ``None`` : toutes travaillent."""
        cle = cle_d_adresse(adresse)
        voisines = self._tenues.get(cle, {})
        if len(voisines) >= self._par_adresse and not self._ceder(voisines):
            self._compter_coupee("refusee")
            return None
        if self.ouvertes >= self._au_total and not self.faire_de_la_place():
            self._compter_coupee("refusee")
            return None
        place = Place(cle, couper)
        self._tenues[cle][place] = None
        self.ouvertes += 1
        return place

    def rendre(self, place: Place) -> None:
        """Rend la place ; une seconde fois, rien."""
        tenues = self._tenues.get(place.cle, {})
        if place in tenues:
            del tenues[place]
            self.ouvertes -= 1
            if not tenues:
                del self._tenues[place.cle]

    def faire_de_la_place(self) -> bool:
        """Coupe une connexion qui n'a rien demandé, de l'adresse qui en tient le plus ; faux s'il n'y en a pas."""
        return any(self._ceder(tenues) for tenues in sorted(self._tenues.values(), key=len, reverse=True))

    def compter(self) -> int:
        """Combien sont ouvertes."""
        return self.ouvertes

    def couper(self, jusqu_a: Rang) -> None:
        """Coupe toutes celles de ce rang ou d'en dessous."""
        for place in [une for tenues in self._tenues.values() for une in tenues]:
            if place.rang() <= jusqu_a:
                place.couper()

    def _ceder(self, tenues: dict[Place, None]) -> bool:
        # Le premier des plus petits est le plus ancien.
        plus_muette = min(tenues, key=lambda une: une.rang())
        if plus_muette.rang() == Rang.RECUE:
            return False
        self._compter_coupee("plafond")
        self.rendre(plus_muette)
        plus_muette.couper()
        return True

    def _compter_coupee(self, cause: str) -> None:
        self._metriques.compter("perron_prises_coupees_total", cause=cause)


def relever_les_descripteurs() -> int:
    """Demande au système tous les descripteurs qu'il permet ; rend combien de connexions ils laissent tenir."""
    return max(1, min(AU_TOTAL, _descripteurs() - _RESERVE))


if sys.platform == "win32":

    def _descripteurs() -> int:
        # Une prise n'y compte pas parmi les fichiers ouverts.
        return AU_TOTAL + _RESERVE

else:
    import resource

    def _descripteurs() -> int:
        souple, dur = resource.getrlimit(resource.RLIMIT_NOFILE)
        for voulu in (dur, _SANS_PLAFOND):
            if voulu == resource.RLIM_INFINITY or voulu <= souple:
                continue
            try:
                resource.setrlimit(resource.RLIMIT_NOFILE, (voulu, dur))
            except (OSError, ValueError):
                continue
            return voulu
        return souple
