"""Aller à la page suivante : le détail d'un papier ne commence jamais sous sa première page.

Si celle-ci a débordé, le détail suit ce débord plutôt que de laisser une page presque vide (``pages``).
"""

from __future__ import annotations

from dataclasses import dataclass

from impressions.blocs import Bloc, Pile
from impressions.toile import Toile


@dataclass(slots=True, kw_only=True)
class Saut(Bloc):
    """Occupe ce qui reste de la page : plus haut que toute page, il se coupe en deux blocs vides.

    ``toujours`` : même d'une page presque vide, quand chaque page se remet à quelqu'un.
    """

    toujours: bool = False

    def hauteur(self, _large: float) -> float:
        return float("inf")

    def couper(self, _large: float, _haut: float) -> tuple[Bloc, Bloc]:
        return Pile(blocs=[]), Pile(blocs=[])

    def dessiner(self, toile: Toile, x: float, haut: float, large: float) -> None:
        """Rien à dessiner."""
