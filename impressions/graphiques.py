"""Ce qui se dessine d'un nombre : une barre. Elle redit la valeur écrite à côté : la voix qui suit l'arbre la saute."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from impressions.blocs import Bloc
from impressions.styles import ENCRE, ENCRE_DOUCE
from impressions.toile import Toile

_EPAISSE: Final = 8.0


@dataclass(slots=True, kw_only=True)
class Barre(Bloc):
    """Une barre horizontale, de 0 à 1 de sa place, dans un cadre qui dit où est l'entier ; lisible sans couleur."""

    part: float
    interligne: float

    def hauteur(self, _large: float) -> float:
        return max(self.interligne, _EPAISSE)

    def dessiner(self, toile: Toile, x: float, haut: float, large: float) -> None:
        toile.dessin(_barre(round(self.part, 4), round(large, 2)), x, haut - (self.hauteur(large) + _EPAISSE) / 2)


@cache
def _barre(part: float, large: float) -> Any:
    from reportlab.graphics.shapes import Drawing, Rect
    from reportlab.lib.colors import HexColor

    cadre = Rect(0, 0, large, _EPAISSE, strokeColor=HexColor(ENCRE_DOUCE), strokeWidth=0.4, fillColor=None)
    pleine = Rect(0, 0, large * part, _EPAISSE, strokeColor=None, fillColor=HexColor(ENCRE))
    return Drawing(large, _EPAISSE, pleine, cadre)
