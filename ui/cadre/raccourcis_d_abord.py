"""Un raccourci écrit sur un bouton marche où que soit le clavier : la zone de frappe ne le garde pas pour elle.

Sous Linux, une zone de frappe prend Ctrl+U, Ctrl+K et Ctrl+E pour ses propres gestes. Essais : ``tests/ui/cadre``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

if TYPE_CHECKING:
    from ui.cadre.fenetre import Fenetre

A_LA_FRAPPE: Final = frozenset({"annuler", "refaire"})
"""Ceux que la zone de frappe garde tant qu'elle a de quoi faire."""


class RaccourcisDAbord(QObject):
    """Suit le clavier, et n'écoute que la zone de frappe qui l'a."""

    def __init__(self, fenetre: Fenetre) -> None:
        super().__init__(fenetre)
        self._fenetre = fenetre
        application = cast(QApplication, QApplication.instance())
        application.focusChanged.connect(self._suivre)
        self._suivre(None, QApplication.focusWidget())

    def _suivre(self, avant: QWidget | None, ici: QWidget | None) -> None:
        if isinstance(avant, QLineEdit) and shiboken6.isValid(avant):
            avant.removeEventFilter(self)
        if isinstance(ici, QLineEdit):
            ici.installEventFilter(self)

    def eventFilter(self, _objet: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride:
            return False
        touches = QKeySequence(cast(QKeyEvent, event).keyCombination())
        offerts = (self._fenetre.geste(nom) for nom in self._fenetre.actions_offertes if nom not in A_LA_FRAPPE)
        if not any(geste.isEnabled() and geste.shortcut() == touches for geste in offerts):
            return False
        event.ignore()
        return True
