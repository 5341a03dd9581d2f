"""Le peu que les blocs demandent à ReportLab : écrire une ligne, tirer un filet, tracer un cadre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from impressions.balises import Balisage
from impressions.lignes import Segment
from impressions.polices import police


@dataclass(slots=True)
class Toile:
    """Une toile ReportLab et son balisage. Les coordonnées sont en points, l'origine en bas à gauche."""

    canevas: Any
    balisage: Balisage

    def texte(self, x: float, y: float, ligne: Sequence[Segment]) -> None:
        """Écrit une ligne, sa ligne de base en ``y``."""
        document, echapper = self.canevas._doc, self.canevas._escape
        code = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        for segment in ligne:
            fonte = police(segment.police)
            code.append(_encre(segment.couleur))
            for jeu, octets in fonte.splitString(segment.texte, document):
                nom = fonte.getSubsetInternalName(jeu, document)
                code.append(f"{nom} {segment.taille:.2f} Tf ({echapper(octets)}) Tj")
        code.append("ET")
        self.canevas._code.append(" ".join(code))

    def filet(self, x: float, y: float, large: float, epaisseur: float, couleur: str) -> None:
        """Tire un trait horizontal."""
        with self.balisage.artefact(self.canevas):
            trace = f"{x:.2f} {y:.2f} m {x + large:.2f} {y:.2f} l S"
            self.canevas._code.append(f"{_encre(couleur, 'RG')} {epaisseur:.2f} w {trace}")

    def cadre(self, x: float, haut: float, large: float, hauteur: float, epaisseur: float, couleur: str) -> None:
        """Trace un rectangle arrondi."""
        with self.balisage.artefact(self.canevas):
            self.canevas._code.append(f"{_encre(couleur, 'RG')} {epaisseur:.2f} w")
            self.canevas.roundRect(x, haut - hauteur, large, hauteur, 6, stroke=1, fill=0)


@cache
def _encre(couleur: str, operateur: str = "rg") -> str:
    """L'opérateur PDF qui prend cette couleur (« #RRVVBB »), pour le texte (``rg``) ou les traits (``RG``)."""
    return " ".join(f"{int(couleur[rang : rang + 2], 16) / 255:.4g}" for rang in (1, 3, 5)) + f" {operateur}"
