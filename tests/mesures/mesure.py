"""Une mesure de vitesse, rapportée à une référence prise dans le même essai ; jamais un test chronométré."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Lancé comme un script, Python ne cherche que dans ce dossier-ci.
sys.path.insert(0, str(Path(__file__).parents[2]))


@dataclass(frozen=True, slots=True)
class Mesure:
    """Un budget et ce qu'on a mesuré.

    ``valeur`` et ``unite`` : la mesure. ``reference`` : ce à quoi elle se rapporte, mesuré dans le même essai.
    ``rapport`` : valeur / référence. ``but`` : ce qui est visé, en toutes lettres. ``tenu`` : le but est atteint.
    """

    budget: str
    valeur: float
    unite: str
    reference: float
    rapport: float
    but: str
    tenu: bool

    def __str__(self) -> str:
        verdict = "tenu" if self.tenu else "MANQUÉ"
        return (
            f"{self.budget} : {self.valeur:.3f} {self.unite} "
            f"(référence {self.reference:.3f}, rapport {self.rapport:.2f}) ; but {self.but} : {verdict}"
        )


def centile(valeurs: list[float], part: float) -> float:
    """La valeur que ``part`` des mesures ne dépassent pas (0,95 : p95)."""
    rangees = sorted(valeurs)
    return rangees[min(len(rangees) - 1, int(part * len(rangees)))]


def mediane(geste: Callable[[], object], tirs: int) -> float:
    """Ce que dure ``geste``, en millisecondes : la médiane de ``tirs``, après un premier qui chauffe."""
    geste()
    durees = []
    for _ in range(tirs):
        debut = time.perf_counter()
        geste()
        durees.append((time.perf_counter() - debut) * 1000)
    return centile(durees, 0.5)
