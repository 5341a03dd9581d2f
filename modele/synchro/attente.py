"""Quand réessayer : attente exponentielle avec gigue, bornée, et jamais avant ce que le registre demande."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

BASE: Final = timedelta(seconds=2)
PLAFOND: Final = timedelta(minutes=15)


class Attente:
    """Ce qu'il reste à attendre avant le prochain essai. ``horloge`` : l'heure ; ``hasard`` : de 0 à 1.

    La gigue est entière (de zéro à la borne) : mille postes coupés ensemble ne reviennent pas ensemble.
    """

    def __init__(self, horloge: Callable[[], datetime], hasard: Callable[[], float] = random.random) -> None:
        self._horloge, self._hasard = horloge, hasard
        self._echecs = 0
        self.prochain: datetime | None = None

    def apres_un_succes(self) -> None:
        """Plus rien n'oblige à attendre."""
        self._echecs, self.prochain = 0, None

    def apres_un_echec(self, reprendre_dans_s: int = 0) -> None:
        """Le prochain essai s'éloigne. ``reprendre_dans_s`` : ce que le registre a demandé au moins."""
        # Au-delà du plafond, doubler encore ne ferait que de grands nombres.
        borne = min(PLAFOND, BASE * 2 ** min(self._echecs, 16))
        self._echecs += 1
        demande = timedelta(seconds=reprendre_dans_s)
        self.prochain = self._horloge() + demande + borne * self._hasard()
