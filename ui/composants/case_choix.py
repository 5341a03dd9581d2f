"""Une case étroite qui porte une réponse choisie ailleurs : la cellule d'un tableau, le champ d'un formulaire.

Ses réponses et leurs touches s'écrivent à côté tant qu'elle a le clavier ; elle ne choisit que la touche écrite.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.composants.base import nommer
from ui.composants.frappes import Frappes
from ui.composants.typographie import typographier
from ui.theme import FOCUS, RAYON_PETIT, espace
from ui.theme.apparence import apparence, police

VIDE = "—"
_HAUT = 40
"""Pixels à 100 % : la hauteur d'une zone de frappe, sa voisine."""


class CaseChoix(QAbstractButton):
    """``choisi`` : le code de la touche pressée. ``entree`` : Entrée, qui ne choisit jamais."""

    choisi = Signal(object)
    entree = Signal()

    def __init__(self, nom: str, description: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nom, self._description = nom, description
        self._signes: dict[str, Any] = {}
        self._doux = True
        self._frappes = Frappes(lambda signe: self.choisi.emit(self._signes[signe]), self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.montrer("")

    def offrir(self, signes: Mapping[str, Any]) -> None:
        """Les réponses possibles, par la touche qui les choisit."""
        self._signes = dict(signes)

    def montrer(self, mot: str, *, doux: bool = False) -> None:
        """Le mot de la réponse ; vide : rien n'est répondu. ``doux`` : ce n'est pas encore une réponse."""
        self.setText(mot or VIDE)
        self._doux = doux or not mot
        nommer(self, f"{self._nom} : {mot or 'sans réponse'}", self._description)
        self.update()

    def paraitre(self) -> None:
        """Le champ vient d'être pris : ce qui se presse aussitôt n'est pas pour lui."""
        self._frappes.paraitre()

    def sizeHint(self) -> QSize:
        theme = apparence().theme
        return QSize(theme.px(96), theme.px(_HAUT))

    def minimumSizeHint(self) -> QSize:
        theme = apparence().theme
        return QSize(theme.px(64), theme.px(_HAUT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._frappes.conclure()
            if not event.isAutoRepeat():
                self.entree.emit()
        elif event.key() == Qt.Key.Key_Space or self._frappes.recevoir(event, self._signes):
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._frappes.paraitre()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._frappes.conclure()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = apparence().theme
        c, trait = theme.couleurs, FOCUS if self.hasFocus() else 1
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        peintre.setPen(QPen(QColor(c.action if self.hasFocus() else c.encre_douce), trait))
        peintre.setBrush(QColor(c.surface if self.isEnabled() else c.creux))
        marge = trait / 2
        peintre.drawRoundedRect(QRectF(self.rect()).adjusted(marge, marge, -marge, -marge), RAYON_PETIT, RAYON_PETIT)
        peintre.setFont(police(theme, gras=not self._doux))
        peintre.setPen(QColor(c.encre_douce if self._doux else c.encre))
        zone = QRect(espace(2) + 2, 0, self.width() - 2 * espace(2) - 2, self.height())
        mot = peintre.fontMetrics().elidedText(typographier(self.text()), Qt.TextElideMode.ElideRight, zone.width())
        peintre.drawText(zone, int(Qt.AlignmentFlag.AlignVCenter), mot)
        peintre.end()
