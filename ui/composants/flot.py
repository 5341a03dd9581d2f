"""Des widgets à la suite, comme des mots : ce qui ne tient plus passe à la ligne."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.theme import espace


class Flot(QLayout):
    """La disposition ; ``ecart`` en pas de 4 pixels, entre deux widgets et entre deux lignes."""

    def __init__(self, ecart: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: list[QLayoutItem] = []
        self._ecart = espace(ecart)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, place: QLayoutItem) -> None:
        self._places.append(place)

    def count(self) -> int:
        return len(self._places)

    def itemAt(self, rang: int) -> QLayoutItem | None:
        return self._places[rang] if 0 <= rang < len(self._places) else None

    def takeAt(self, rang: int) -> QLayoutItem | None:
        return self._places.pop(rang) if 0 <= rang < len(self._places) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, largeur: int) -> int:
        return self._poser(QRect(0, 0, largeur, 0), essai=True)

    def setGeometry(self, zone: QRect) -> None:
        super().setGeometry(zone)
        self._poser(zone, essai=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        taille = QSize()
        for place in self._places:
            taille = taille.expandedTo(place.minimumSize())
        return taille

    def _poser(self, zone: QRect, *, essai: bool) -> int:
        """Place chaque widget (rien, à l'essai) ; rend la hauteur prise."""
        x, y, haute = zone.x(), zone.y(), 0
        for place in self._places:
            taille = place.sizeHint()
            if haute and x + taille.width() > zone.right() + 1:
                x, y, haute = zone.x(), y + haute + self._ecart, 0
            if not essai:
                place.setGeometry(QRect(QPoint(x, y), taille))
            x, haute = x + taille.width() + self._ecart, max(haute, taille.height())
        return y + haute - zone.y()
