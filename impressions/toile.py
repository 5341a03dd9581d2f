"""Le peu que les blocs demandent à ReportLab : écrire une ligne, tirer un filet, tracer un cadre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from impressions.balises import Balisage
from impressions.lignes import Segment


@dataclass(slots=True)
class Toile:
    """Une toile ReportLab et son balisage. Les coordonnées sont en points, l'origine en bas à gauche."""

    canevas: Any
    balisage: Balisage

    def texte(self, x: float, y: float, ligne: Sequence[Segment]) -> None:
        """Écrit une ligne, sa ligne de base en ``y``."""
        objet = self.canevas.beginText(x, y)
        for segment in ligne:
            objet.setFont(segment.police, segment.taille)
            objet.setFillColor(segment.couleur)
            objet.textOut(segment.texte)
        self.canevas.drawText(objet)

    def filet(self, x: float, y: float, large: float, epaisseur: float, couleur: str) -> None:
        """Tire un trait horizontal."""
        with self.balisage.artefact(self.canevas):
            self.canevas.setStrokeColor(couleur)
            self.canevas.setLineWidth(epaisseur)
            self.canevas.line(x, y, x + large, y)

    def cadre(self, x: float, haut: float, large: float, hauteur: float, epaisseur: float, couleur: str) -> None:
        """Trace un rectangle arrondi."""
        with self.balisage.artefact(self.canevas):
            self.canevas.setStrokeColor(couleur)
            self.canevas.setLineWidth(epaisseur)
            self.canevas.roundRect(x, haut - hauteur, large, hauteur, 6, stroke=1, fill=0)
