"""La liste des voies : une carte pressable par voie, son urgence en icône et en mot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QWidget

from modele.orientation.resultat import Voie
from ui.composants import Bloc, changer_propriete, colonne, nommer, pastille_urgence, texte
from ui.composants.pastilles import URGENCES
from ui.theme import CIBLE, espace
from ui.theme.apparence import apparence

_LARGE: Final = 420
"""Largeur, à 100 %, à partir de laquelle une voie tient sur une ligne."""


class CarteVoie(QPushButton):
    """Une voie à choisir : Entrée ou espace la prend, haut et bas passent à la voisine.

    ``aide`` : pour une voie encore possible, la question qui la trancherait ; l'urgence ne s'y montre pas.
    """

    def __init__(
        self, voie: Voie, prendre: Callable[[], object], aide: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.voie = voie
        self.setProperty("genre", "carte")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        nommer(self, f"{aide or URGENCES[voie.urgence.value][0]} : {voie.libelle}")
        mots = [texte(voie.libelle, "gras"), *([texte(aide, "petit")] if aide else [])]
        self._boite = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._boite.setContentsMargins(espace(4), espace(3), espace(4), espace(3))
        self._boite.setSpacing(espace(1))
        if not aide:
            self._boite.addWidget(pastille_urgence(voie.urgence.value), 0, Qt.AlignmentFlag.AlignLeft)
        self._boite.addWidget(Bloc(colonne(*mots, ecart=1)), 1)
        for enfant in self.findChildren(QWidget):
            enfant.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        politique = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)
        self.clicked.connect(lambda *_: prendre())

    def _coucher(self, large: bool) -> None:
        """Large, la carte tient sur une ligne : l'urgence à gauche, la voie à sa suite."""
        sens = QBoxLayout.Direction.LeftToRight if large else QBoxLayout.Direction.TopToBottom
        if sens != self._boite.direction():
            self._boite.setDirection(sens)
            self._boite.setSpacing(espace(3 if large else 1))
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._coucher(self.width() >= apparence().theme.px(_LARGE))
        super().resizeEvent(event)

    def choisir(self, oui: bool) -> None:
        """Marque la carte dont le détail est montré."""
        changer_propriete(self, "accent", oui)
        self.setAccessibleDescription("Montrée" if oui else "")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, largeur: int) -> int:
        return max(self._boite.totalHeightForWidth(largeur), apparence().theme.px(CIBLE))

    def sizeHint(self) -> QSize:
        large = apparence().theme.px(270)
        return QSize(large, self.heightForWidth(large))

    def minimumSizeHint(self) -> QSize:
        return QSize(apparence().theme.px(200), apparence().theme.px(CIBLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
