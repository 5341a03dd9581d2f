"""Ce qui s'annonce sous Linux : une notification qui paraît, une fois que le lecteur a fini de lire la page nouvelle.

Une page qui se montre envoie des centaines d'événements ; passé cent, Orca jette les suivants, et la notification
avec eux (essayé : la note ne se disait pas). On attend donc qu'il ne demande plus rien.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from ui.composants.dits import DIT_COMME, ECRAN, NOTIFICATION, dire_comme

_TOUR_MS: Final = 50
_EVEILS: Final = 3
"""Réveils de la boucle au plus, en un tour où nul ne demande rien : ce tour-ci, le curseur qui bat."""
_CALME: Final = 8
"""Tours de suite ainsi : la file du lecteur est vide. Des tours, et non un délai : pendant que Perron dessine,
le lecteur attend ses réponses, et se taire n'est pas avoir fini."""
_PATIENCE: Final = 200
"""Tours au bout desquels on annonce quand même : un lecteur qui lit sans cesse ne doit pas rendre muet."""
_OUBLI_MS: Final = 5000
"""Millisecondes au bout desquelles une annonce dite ne se lit plus nulle part : elle peut nommer quelqu'un."""


class Notification(QWidget):
    """Un point sans allure, par fenêtre, dont le nom est ce qui s'annonce ; il l'oublie aussitôt dit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        dire_comme(self, NOTIFICATION)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(0, 0, 1, 1)
        self.hide()
        self._attendent: list[tuple[QWidget, str, bool]] = []
        self._clavier = False
        """Une page vient de se montrer : où est le clavier est à redire."""
        self._tours = self._calmes = self._eveils = 0
        self._tour = QTimer(self, interval=_TOUR_MS)
        self._tour.timeout.connect(self._essayer)
        self._oubli = QTimer(self, singleShot=True, interval=_OUBLI_MS)
        self._oubli.timeout.connect(self._oublier)

    def ajouter(self, widget: QWidget, message: str, pressant: bool) -> None:
        """``message`` se dira avec ce qui attend déjà : deux notifications de suite, Orca ne lirait que la seconde."""
        self._attendent.append((widget, message, pressant))
        self._attendre()

    def redire_le_clavier(self) -> None:
        """La page neuve lue, dit de nouveau où est le clavier : sous le flot, Orca avait pu jeter aussi cela.

        Qui l'a entendu ne le redit pas : ce n'est pas un autre endroit.
        """
        self._clavier = True
        self._attendre()

    def _attendre(self) -> None:
        self._calmes = 0
        if not self._tour.isActive():
            self._tours = self._eveils = 0
            self._tour.start()
            # Chaque demande du lecteur réveille la boucle, quoi qu'il demande, et de quelque widget.
            QAbstractEventDispatcher.instance().awake.connect(self._compter)

    def _compter(self) -> None:
        self._eveils += 1

    def _essayer(self) -> None:
        if not (self._attendent or self._clavier):
            return
        self._tours += 1
        self._calmes = self._calmes + 1 if self._eveils <= _EVEILS else 0
        self._eveils = 0
        if self._calmes < _CALME and self._tours < _PATIENCE:
            return
        self._tour.stop()
        QAbstractEventDispatcher.instance().awake.disconnect(self._compter)
        if self._clavier:
            self._clavier = False
            _dire_le_clavier()
        attendaient, self._attendent = sorted(self._attendent, key=lambda une: not une[2]), []
        dits = dict.fromkeys(message for widget, message, _ in attendaient if _est_la(widget))
        # Couverte ou verrouillée entre-temps, la fenêtre se tait.
        porteur = self.parentWidget()
        if dits and porteur is not None and porteur.isVisible():
            self._dire("\n".join(dits))

    def _dire(self, message: str) -> None:
        self.setAccessibleName(message)
        self._oubli.start()
        if not self.isVisible():
            self.show()
            return
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.ObjectShow))

    def _oublier(self) -> None:
        self.setAccessibleName("")


def _dire_le_clavier() -> None:
    ici = QApplication.focusWidget()
    # D'une liste, c'est la ligne choisie qui a été dite : redire la liste y ramènerait le lecteur.
    if ici is not None and not isinstance(ici, QAbstractItemView):
        QAccessible.updateAccessibility(QAccessibleEvent(ici, QAccessible.Event.Focus))


def _est_la(widget: QWidget) -> bool:
    """Faux si l'écran qui l'annonçait n'est plus montré : ce qu'il disait est derrière, parfois derrière un verrou."""
    porteur: QWidget | None = widget if isValid(widget) else None
    if porteur is None:
        return False
    while porteur is not None and porteur.property(DIT_COMME) != ECRAN:
        porteur = porteur.parentWidget()
    return porteur is None or porteur.isVisible()


def notification(fenetre: QWidget) -> Notification:
    """Celle de cette fenêtre ; couverte avec sa page, elle se tait avec elle."""
    porteur = (fenetre.centralWidget() if isinstance(fenetre, QMainWindow) else None) or fenetre
    return next((un for un in porteur.children() if isinstance(un, Notification)), None) or Notification(porteur)
