"""Passer à la suite, une fois su ce que la réponse appelle : une précision, un champ de plus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

ATTENTE: Final = 300
"""Millisecondes qu'une question, appelée par la réponse, a pour paraître avant qu'on passe à la suite."""


class Avance(QObject):
    """Ce qui est dû à un champ. ``aller`` reçoit son chemin, aussitôt, au bilan d'après ou passé le délai."""

    def __init__(self, aller: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._aller = aller
        self._du = ""
        self._attente = QTimer(self)
        self._attente.setSingleShot(True)
        self._attente.setInterval(ATTENTE)
        self._attente.timeout.connect(self.conclure)

    def devoir(self, chemin: str, *, a_jour: bool) -> None:
        """Passera à ce qui suit ``chemin`` ; ``a_jour`` : la page montre déjà ce que la réponse appelle."""
        self._du = chemin
        if a_jour:
            self.conclure()
        else:
            self._attente.start()

    def conclure(self) -> None:
        """Passe à la suite, si elle est due."""
        chemin, self._du = self._du, ""
        self._attente.stop()
        if chemin:
            self._aller(chemin)

    def oublier(self) -> None:
        """Plus rien n'est dû : la page est quittée."""
        self._du = ""
        self._attente.stop()
