"""Les débits permis : un seau de jetons par poste et par adresse, qui se remplit avec le temps."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

SEAUX_AU_PLUS: Final = 20_000
LOTS_A_LA_FOIS: Final = 3


@dataclass(frozen=True, slots=True)
class Debit:
    """``par_seconde`` en régime, ``rafale`` d'un coup."""

    par_seconde: float
    rafale: int


@lru_cache(4096)
def cle_d_adresse(adresse: str) -> str:
    """Qui compter ensemble : une adresse IPv4, ou le préfixe de 64 bits d'une IPv6, qu'un seul abonné tient entier."""
    try:
        lue = ipaddress.ip_address(adresse.partition("%")[0])
    except ValueError:
        return adresse
    if isinstance(lue, ipaddress.IPv4Address):
        return str(lue)
    return str(lue.ipv4_mapped or ipaddress.IPv6Network((lue, 64), strict=False))


class Seaux:
    """Un seau par clé, tous au même débit. ``horloge`` : des secondes qui ne reculent pas."""

    def __init__(self, debit: Debit, horloge: Callable[[], float] = time.monotonic) -> None:
        self._debit = debit
        self._horloge = horloge
        self._verrou = threading.Lock()
        # Par clé : ce qu'il restait, et quand.
        self._seaux: dict[str, tuple[float, float]] = {}

    def prendre(self, cle: str) -> float:
        """Prend un jeton : 0 si la requête passe, sinon l'attente en secondes avant le prochain."""
        with self._verrou:
            maintenant = self._horloge()
            reste = self._reste(cle, maintenant)
            passe = reste >= 1
            self._seaux[cle] = (reste - 1 if passe else reste, maintenant)
            if len(self._seaux) > SEAUX_AU_PLUS:
                self._vider(maintenant)
        return 0.0 if passe else (1 - reste) / self._debit.par_seconde

    def _reste(self, cle: str, maintenant: float) -> float:
        reste, quand = self._seaux.get(cle, (float(self._debit.rafale), maintenant))
        return min(float(self._debit.rafale), reste + (maintenant - quand) * self._debit.par_seconde)

    def _vider(self, maintenant: float) -> None:
        """Oublie les seaux pleins : ils se recréent tels quels. À défaut, les plus anciens."""
        entames = {cle: seau for cle, seau in self._seaux.items() if self._reste(cle, maintenant) < self._debit.rafale}
        recents = sorted(entames.items(), key=lambda un: un[1][1])[-(SEAUX_AU_PLUS // 2) :]
        self._seaux = dict(recents)


class Places:
    """Combien de demandes à la fois par clé. Les lots d'un poste s'attendent, chacun avec une connexion à la base."""

    def __init__(self, au_plus: int) -> None:
        self._au_plus = au_plus
        self._verrou = threading.Lock()
        self._prises: dict[str, int] = {}

    @contextmanager
    def tenir(self, cle: str) -> Iterator[bool]:
        """Prend une place le temps du bloc ; faux, sans en prendre, s'il n'y en a plus."""
        with self._verrou:
            libre = self._prises.get(cle, 0) < self._au_plus
            if libre:
                self._prises[cle] = self._prises.get(cle, 0) + 1
        try:
            yield libre
        finally:
            if libre:
                self._rendre(cle)

    def _rendre(self, cle: str) -> None:
        with self._verrou:
            self._prises[cle] -= 1
            if not self._prises[cle]:
                del self._prises[cle]


@dataclass(frozen=True, slots=True)
class Limites:
    """``adresse`` : toute requête ; ``entree`` : enrôlement, défi et jeton, par adresse ; ``poste`` : par jeton.

    ``lots`` : lots et paquets d'un même poste, à la fois.

    Tout un CCAS peut sortir par la même adresse : la sienne est large.
    """

    adresse: Seaux = field(default_factory=lambda: Seaux(Debit(300, 1500)))
    entree: Seaux = field(default_factory=lambda: Seaux(Debit(10, 100)))
    poste: Seaux = field(default_factory=lambda: Seaux(Debit(20, 200)))
    lots: Places = field(default_factory=lambda: Places(LOTS_A_LA_FOIS))
