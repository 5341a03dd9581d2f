"""Un code QR : des carrés pleins, lisibles après une photocopie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from impressions.blocs import Bloc
from impressions.toile import Toile

COTE: Final = 78.0
"""Le côté du code, marge comprise, en points : 27 mm, ce qu'une douchette et un téléphone lisent sans viser."""
_MARGE: Final = 4
"""Les carrés blancs qu'il faut autour (ISO/IEC 18004)."""


@dataclass(slots=True, kw_only=True)
class CodeQR(Bloc):
    """Le code de ``texte``. Rien à lire à voix haute : le même code est imprimé en lettres à côté."""

    texte: str

    def hauteur(self, _large: float) -> float:
        return COTE

    def dessiner(self, toile: Toile, x: float, haut: float, _large: float) -> None:
        import segno
        from reportlab.lib.colors import black

        lignes = segno.make(self.texte, micro=False, error="m").matrix
        pas = COTE / (len(lignes) + 2 * _MARGE)
        with toile.balisage.artefact(toile.canevas):
            toile.canevas.setFillColor(black)
            for rang, ligne in enumerate(lignes, start=_MARGE + 1):
                for place, plein in enumerate(ligne, start=_MARGE):
                    if plein:
                        toile.canevas.rect(x + place * pas, haut - rang * pas, pas, pas, stroke=0, fill=1)
