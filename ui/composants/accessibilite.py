"""Ce que Qt ne sait pas dire seul aux lecteurs d'écran : titres, groupes, tableaux, choix dessinés à la main.

Un composant dit ce qu'il est par sa propriété ``DIT_COMME`` ; la fabrique n'est appelée que si un lecteur écoute.
Essais : ``tests/ui/lecteur``. Décision : ``documentation/decisions/0025-lecteurs-d-ecran.md``.
"""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QApplication, QLabel, QWidget
from shiboken6 import isValid

from ui.composants.dits import (
    A_COTE,
    CASE,
    DIT_COMME,
    ECRAN,
    ENTETE,
    EXCLUSIF,
    GROUPE,
    LIGNE,
    NOTIFICATION,
    TABLE,
    TITRE,
    a_relire,
)

_SIMPLES: Final = {
    TABLE: QAccessible.Role.Table,
    LIGNE: QAccessible.Role.Row,
    NOTIFICATION: QAccessible.Role.Notification,
    # Un groupe se lirait en entier à qui y entre : d'un écran ou d'un volet, le nom suffit.
    ECRAN: QAccessible.Role.Form,
    A_COTE: QAccessible.Role.ComplementaryContent,
}
_CHOIX: Final = {EXCLUSIF: QAccessible.Role.RadioButton, CASE: QAccessible.Role.CheckBox}
_ECRITS: Final = {TITRE: QAccessible.Role.Heading, ENTETE: QAccessible.Role.ColumnHeader}


class _Ecrit(QAccessibleWidget):
    """Une étiquette qui n'est pas qu'un texte : son nom est ce qu'elle montre."""

    def text(self, t: QAccessible.Text) -> str:
        etiquette = cast(QLabel, self.object())
        return etiquette.accessibleName() or etiquette.text() if t == QAccessible.Text.Name else super().text(t)


class _Porteur(QAccessibleWidget):
    """Un widget sans allure : nommé, c'est un groupe dont le lecteur dit le nom ; sinon, rien."""

    def _widget(self) -> QWidget:
        return cast(QWidget, self.object())

    def role(self) -> QAccessible.Role:
        widget = self._widget()
        if widget.isWindow():
            return QAccessible.Role.Window
        return QAccessible.Role.Grouping if widget.accessibleName() else QAccessible.Role.Client

    def state(self) -> QAccessible.State:
        etat = super().state()
        # Jamais ``focusProxy()`` ici : appelé pendant une lecture, il détruisait la fenêtre sous Perron (essayé).
        if etat.focused and QApplication.focusWidget() is not self._widget():
            # Le clavier est à la zone qu'il porte : dit deux fois, le lecteur s'arrête au mauvais.
            etat.focused = etat.focusable = 0
        return etat


class _Choix(QAccessibleWidget):
    """Une réponse à choisir, dessinée sur toute sa ligne : son rôle, son état, sa place sont ceux qu'on voit."""

    def _bouton(self) -> QAbstractButton:
        return cast(QAbstractButton, self.object())

    def state(self) -> QAccessible.State:
        etat = super().state()
        etat.checkable, etat.checked = 1, int(self._bouton().isChecked())
        return etat

    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.pressAction(), *super().actionNames()]

    def doAction(self, actionName: str, /) -> None:  # noqa: N803 (le nom de Qt)
        if actionName == QAccessibleActionInterface.pressAction():
            self._bouton().click()
        else:
            super().doAction(actionName)


def _fabriquer(cle: str, objet: QObject) -> QAccessibleInterface | None:
    """Ce que Qt demande à la première lecture d'un objet, de sa classe à ses parentes ; rien : Qt s'en charge."""
    if not isinstance(objet, QWidget):
        return None
    comme = objet.property(DIT_COMME)
    if comme in _ECRITS:
        return _garder(_Ecrit(objet, _ECRITS[comme]))
    if comme in _CHOIX:
        return _garder(_Choix(objet, _CHOIX[comme]))
    if comme in _SIMPLES:
        return _garder(QAccessibleWidget(objet, _SIMPLES[comme]))
    return _garder(_Porteur(objet)) if comme == GROUPE or cle in ("QWidget", "QStackedWidget") else None


class _Gardees:
    """Ce que la fabrique a rendu. Qt le détruit avec son widget ; PySide, lui, croit le posséder, et le détruirait
    avant, sous le lecteur (essayé : le processus meurt). On le tient donc tant que Qt le tient."""

    def __init__(self) -> None:
        self._toutes: list[QAccessibleInterface] = []
        self._seuil = 1000

    def ajouter(self, interface: QAccessibleInterface) -> None:
        self._toutes.append(interface)
        if len(self._toutes) > self._seuil:
            self._toutes = [une for une in self._toutes if isValid(une)]
            self._seuil = 2 * len(self._toutes) + 1000


_GARDEES: Final = _Gardees()


def _garder(interface: QAccessibleInterface) -> QAccessibleInterface:
    _GARDEES.ajouter(interface)
    return interface


def installer(*fenetres: QWidget) -> None:
    """Fait parler les composants, une fois. ``fenetres`` : déjà montrées, un lecteur a pu les lire avant."""
    if not a_relire:
        QAccessible.installFactory(_fabriquer)
        a_relire.append(_relire)
    for fenetre in fenetres:
        for widget in fenetre.findChildren(QWidget):
            _relire(widget)


def _relire(widget: QWidget) -> None:
    """Nommer un widget le fait lire aussitôt, et Qt garde ce qu'il a lu : ce qu'il était avant de dire ce qu'il est."""
    if QAccessible.isActive():
        lue = QAccessible.queryAccessibleInterface(widget)
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(lue))
