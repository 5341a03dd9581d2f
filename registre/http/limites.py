"""Les débits permis : un seau de jetons par poste et par adresse, qui se remplit avec le temps."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

SEAUX_AU_PLUS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Debit:
    """``par_seconde`` en régime, ``rafale`` d'un coup."""

    par_seconde: float
    rafale: int


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


@dataclass(frozen=True, slots=True)
class Limites:
    """``adresse`` : toute requête ; ``entree`` : enrôlement, défi et jeton, par adresse ; ``poste`` : par jeton.

    Tout un CCAS peut sortir par la même adresse : la sienne est large.
    """

    adresse: Seaux = field(default_factory=lambda: Seaux(Debit(300, 1500)))
    entree: Seaux = field(default_factory=lambda: Seaux(Debit(10, 100)))
    poste: Seaux = field(default_factory=lambda: Seaux(Debit(20, 200)))
