"""La liste des voies : une carte pressable par voie, son urgence en icône et en mot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from modele.orientation.resultat import Voie
from ui.apparence import apparence
from ui.composants import changer_propriete, nommer, pastille_urgence, rangee, texte
from ui.composants.pastilles import URGENCES
from ui.theme import espace


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
        boite = QVBoxLayout(self)
        boite.setContentsMargins(espace(4), espace(3), espace(4), espace(3))
        boite.setSpacing(espace(1))
        if not aide:
            boite.addLayout(rangee(pastille_urgence(voie.urgence.value), 1))
        boite.addWidget(texte(voie.libelle, "gras"))
        if aide:
            boite.addWidget(texte(aide, "petit"))
        for enfant in self.findChildren(QWidget):
            enfant.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        politique = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)
        self.clicked.connect(lambda *_: prendre())

    def choisir(self, oui: bool) -> None:
        """Marque la carte dont le détail est montré."""
        changer_propriete(self, "accent", oui)
        self.setAccessibleDescription("Montrée" if oui else "")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, largeur: int) -> int:
        disposition = self.layout()
        assert disposition is not None
        return max(disposition.totalHeightForWidth(largeur), apparence().theme.px(44))

    def sizeHint(self) -> QSize:
        large = apparence().theme.px(270)
        return QSize(large, self.heightForWidth(large))

    def minimumSizeHint(self) -> QSize:
        return QSize(apparence().theme.px(200), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
