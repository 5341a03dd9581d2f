"""Le menu d'une ligne : les mêmes gestes que ses boutons, sous le clic droit, la touche Menu ou Maj+F10.

Rien n'y est écrit deux fois : une entrée de menu presse son bouton. Essais : ``tests/ui/composants/test_menus.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ui.composants import touches
from ui.composants.boutons import Bouton
from ui.composants.carte import Carte


class GesteDeLigne(NamedTuple):
    """Une entrée : le mot, ce qu'elle fait, la touche qui le fait aussi."""

    mot: str
    faire: Callable[[], object]
    touche: str = ""


def gestes_des_boutons(racine: QWidget) -> list[GesteDeLigne]:
    """Un geste par bouton qui se presse maintenant sous ``racine``, dans l'ordre où ils se lisent."""
    boutons = [un for un in racine.findChildren(Bouton) if un.isVisibleTo(racine) and un.isEnabled()]
    return [GesteDeLigne(un.text(), un.click, un.touche) for un in boutons]


def ouvrir_menu(ligne: QWidget, gestes: Sequence[GesteDeLigne], ou: QPoint) -> QMenu | None:
    """Montre le menu de ``ligne`` à ce point de l'écran ; rien si elle n'a pas de geste."""
    if not gestes:
        return None
    # À la fenêtre : le geste détruit souvent la ligne, et son menu ne doit pas partir avec elle.
    menu = QMenu(ligne.window())
    menu.setAccessibleName(f"Gestes : {ligne.accessibleName()}" if ligne.accessibleName() else "Gestes")
    menu.aboutToHide.connect(menu.deleteLater)
    for geste in gestes:
        touche = f"\t{touches.dire(geste.touche)}" if geste.touche else ""
        action = menu.addAction(geste.mot.replace("&", "&&") + touche)
        action.triggered.connect(lambda _=False, faire=geste.faire: faire())
    menu.popup(ou)
    menu.setActiveAction(menu.actions()[0])
    return menu


def demande_un_menu(event: QKeyEvent) -> bool:
    """La touche Menu, ou Maj+F10 là où le clavier n'en a pas."""
    maj = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and maj)


def demander_le_menu() -> None:
    """Demande son menu à ce qui a le clavier, puis à ce qui le porte. X11 ne connaît pas Maj+F10."""
    ici = QApplication.focusWidget()
    # Certains systèmes l'ont déjà demandé pour la même touche.
    if ici is None or QApplication.activePopupWidget() is not None:
        return
    milieu = ici.rect().center()
    sorte = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(ici, QContextMenuEvent(sorte, milieu, ici.mapToGlobal(milieu)))


class CarteAGestes(Carte):
    """Une carte dont les boutons s'offrent aussi en menu, d'où qu'on le demande dans la carte."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        ouvrir_menu(self, gestes_des_boutons(self), event.globalPos())
        event.accept()
