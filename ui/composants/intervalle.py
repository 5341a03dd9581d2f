"""La barre de l'intervalle de note : plein ce qui est sûr, hachuré ce qui peut encore s'ajouter."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ui.composants.annonces import annoncer
from ui.composants.base import nommer
from ui.theme.apparence import apparence


class BarreIntervalle(QProgressBar):
    """``minimum`` acquis, ``maximum`` possible, sur une échelle de 0 à ``plafond`` points."""

    def __init__(self, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        nommer(self, nom)
        self._nom = nom
        self._bas, self._haut, self._plafond = Decimal(0), Decimal(0), Decimal(1)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def montrer(self, minimum: Decimal | int, maximum: Decimal | int, plafond: Decimal | int, phrase: str) -> None:
        """Change l'intervalle ; le changement est annoncé, avec ``phrase``.

        ``plafond`` : le haut de l'échelle, plus que zéro.
        """
        nouveau = (Decimal(minimum), Decimal(maximum), max(Decimal(plafond), Decimal(1)))
        if nouveau == (self._bas, self._haut, self._plafond):
            return
        self._bas, self._haut, self._plafond = nouveau
        self.setRange(0, int(self._plafond))
        self.setValue(max(0, int(self._bas)))
        self.setAccessibleDescription(phrase)
        annoncer(self, f"{self._nom} : {phrase}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(apparence().theme.px(160), apparence().theme.px(10))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = apparence().theme.couleurs
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        zone = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        contour = QPainterPath()
        contour.addRoundedRect(zone, 4, 4)
        peintre.fillPath(contour, QColor(c.creux))
        peintre.setClipPath(contour)
        sur, possible = self._abscisse(self._bas), self._abscisse(self._haut)
        peintre.fillRect(QRectF(sur, 0, possible - sur, self.height()), QColor(c.action_fond))
        peintre.fillRect(
            QRectF(sur, 0, possible - sur, self.height()), QBrush(QColor(c.action), Qt.BrushStyle.BDiagPattern)
        )
        peintre.fillRect(QRectF(0, 0, sur, self.height()), QColor(c.action))
        peintre.setClipping(False)
        if c.cadre:
            peintre.setPen(QPen(QColor(c.trait), 1))
            peintre.drawPath(contour)
        peintre.end()

    def _abscisse(self, points: Decimal) -> float:
        part = min(max(points / self._plafond, Decimal(0)), Decimal(1))
        return float(part) * self.width()
