"""Une feuille posée dans la fenêtre, au-dessus des écrans : ni cadre ni titre du système, couverte avec elle par F12.

Échap, un clic à côté, ou le clavier parti ailleurs la ferment. Essais : ``tests/ui/cadre/test_palette.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QWidget

from ui.composants import nommer
from ui.composants.tabulation import passer
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent


class Dessus(QWidget):
    """La feuille et ce qui l'entoure. ``disposer`` y met le contenu ; ``open`` la montre ; fermée, elle disparaît."""

    def __init__(self, fenetre: QWidget, nom: str, largeur: int = 640, hauteur: int = 560) -> None:
        super().__init__(fenetre)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        nommer(self, nom)
        self._fenetre, self._voulu = fenetre, (largeur, hauteur)
        self._avant: QWidget | None = QApplication.focusWidget()
        self._fermee = False
        self.feuille = QFrame(self)
        self.feuille.setProperty("genre", "carte")
        nommer(self.feuille, nom)
        self._mesurer()
        self.hide()
        fenetre.installEventFilter(self)
        apparence().change.connect(self._mesurer)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._suivre)

    def disposer(self, contenu: QLayout) -> None:
        """Met ce contenu dans la feuille."""
        self.feuille.setLayout(contenu)

    def open(self) -> None:
        """Montre la feuille par-dessus tout ce que porte la fenêtre."""
        self.show()
        self.raise_()

    def _mesurer(self) -> None:
        """Assez grande pour que les mots tiennent, à toute taille de texte, sans dépasser la fenêtre."""
        theme, dehors = apparence().theme, self._fenetre.rect()
        large, haut = (theme.px(mesure) for mesure in self._voulu)
        large, haut = min(large, dehors.width() - 40), min(haut, dehors.height() - 60)
        self.setGeometry(dehors)
        self.feuille.setGeometry((dehors.width() - large) // 2, (dehors.height() - haut) // 3, large, haut)

    def _suivre(self, _avant: QWidget | None, ici: QWidget | None) -> None:
        """Le clavier est parti ailleurs dans la fenêtre : la feuille n'a plus lieu d'être."""
        if self.isVisible() and ici is not None and ici.window() is self._fenetre and not self.isAncestorOf(ici):
            self._avant = None
            self.close()

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and objet is self._fenetre:
            self._mesurer()
        return False

    def focusNextPrevChild(self, suivant: bool) -> bool:
        """La touche Tab tourne dans la feuille."""
        return passer(self.feuille, avant=suivant)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Entrée sans rien de choisi ne ferme ni ne presse rien.
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.feuille.geometry().contains(event.position().toPoint()):
            self.close()

    def rompre(self) -> None:
        """Elle se ferme : plus rien ne l'appelle."""
        cast(QApplication, QApplication.instance()).focusChanged.disconnect(self._suivre)
        apparence().change.disconnect(self._mesurer)
        self._fenetre.removeEventFilter(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if self._fermee:
            return
        self._fermee = True
        self.rompre()
        self.hide()
        avant = self._avant
        if avant is not None and shiboken6.isValid(avant) and avant.isVisible():
            avant.setFocus(Qt.FocusReason.OtherFocusReason)
