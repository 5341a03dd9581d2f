"""Une barre partagée : chaque part à sa place, ses mots dessous ; ce qui n'est à personne est hachuré.

Elle redit ce qui s'écrit à côté : qui ne la voit pas ne perd rien. Les parts se distinguent sans couleur, par un trait.
Essais : ``tests/ui/composants/test_barre_parts.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.composants.base import nommer
from ui.theme.apparence import apparence, police


@dataclass(frozen=True, slots=True)
class Part:
    """``part`` : de 0 à 1. ``signe`` : écrit dedans si la place y est (« A ») ; les mots sont à côté de la barre."""

    nom: str
    part: float
    signe: str = ""


class BarreParts(QWidget):
    """Les parts d'un tout, bout à bout. Au-delà du tout, elles se serrent : la barre ne sort jamais de son cadre."""

    def __init__(self, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        nommer(self, nom)
        self._parts: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def montrer(self, parts: Sequence[Part], dit: str) -> None:
        """Change les parts. ``dit`` : la même chose en mots, pour un lecteur d'écran."""
        self._parts = tuple(une for une in parts if une.part > 0)
        self.setAccessibleDescription(dit)
        self.update()

    def largeurs(self) -> list[float]:
        """La largeur de chaque part, en pixels."""
        total = max(sum(une.part for une in self._parts), 1.0)
        return [une.part / total * self.width() for une in self._parts]

    def sizeHint(self) -> QSize:
        return QSize(apparence().theme.px(200), apparence().theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = apparence().theme
        c = theme.couleurs
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        zone = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        contour = QPainterPath()
        contour.addRoundedRect(zone, 4, 4)
        peintre.fillPath(contour, QColor(c.surface))
        peintre.setClipPath(contour)
        # Ce qui n'est à personne : hachuré, comme ce qu'on ne sait pas encore ailleurs.
        peintre.fillRect(zone, QBrush(QColor(c.trait), Qt.BrushStyle.BDiagPattern))
        x = 0.0
        peintre.setFont(police(theme, "petit", gras=True))
        for rang, (une, large) in enumerate(zip(self._parts, self.largeurs(), strict=True)):
            place = QRectF(x, 0, large, self.height())
            peintre.fillRect(place, QColor(c.action_fond if rang % 2 else c.creux))
            peintre.setPen(QPen(QColor(c.encre), 2))
            if rang or x:
                peintre.drawLine(place.topLeft(), place.bottomLeft())
            if une.signe and peintre.fontMetrics().horizontalAdvance(une.signe) + 6 < large:
                peintre.drawText(place, Qt.AlignmentFlag.AlignCenter, une.signe)
            x += large
        if 0 < x < self.width():
            peintre.drawLine(QRectF(x, 0, 0, self.height()).topLeft(), QRectF(x, 0, 0, self.height()).bottomLeft())
        peintre.setClipping(False)
        peintre.setPen(QPen(QColor(c.encre_douce), 1))
        peintre.drawPath(contour)
        peintre.end()
