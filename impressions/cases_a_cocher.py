"""Une case à cocher au stylo : un carré vide, à côté d'un texte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from impressions.blocs import Bloc
from impressions.styles import ENCRE
from impressions.toile import Toile

COTE: Final = 10.0
"""Le côté du carré, en points."""
_TRAIT: Final = 0.9
_BAISSE: Final = 2.5
"""Le carré se pose sur la ligne du texte voisin."""


@dataclass(slots=True, kw_only=True)
class CaseACocher(Bloc):
    """Un carré vide, ou ``cochee``. ``echelle`` : celle du papier. Rien à lire à voix haute : le texte d'à côté dit."""

    echelle: float = 1.0
    cochee: bool = False

    def hauteur(self, _large: float) -> float:
        return (COTE + _BAISSE) * self.echelle

    def dessiner(self, toile: Toile, x: float, haut: float, _large: float) -> None:
        from reportlab.lib.colors import HexColor

        cote = COTE * self.echelle
        with toile.balisage.artefact(toile.canevas):
            toile.canevas.setLineWidth(_TRAIT)
            toile.canevas.setStrokeColor(HexColor(ENCRE))
            bas = haut - (COTE + _BAISSE) * self.echelle
            toile.canevas.rect(x, bas, cote, cote, stroke=1, fill=0)
            if self.cochee:
                toile.canevas.line(x, bas, x + cote, bas + cote)
                toile.canevas.line(x, bas + cote, x + cote, bas)
