"""Les écrans branchés : y en a-t-il un second, bien à part, et quand cela change.

Un bureau dupliqué montrerait à la personne l'écran de l'agent : deux écrans qui se touchent par-dessus ne comptent pas.
Essais : ``tests/ui/cadre/test_moniteurs.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen

_BORD: Final = 16
"""Pixels dont une fenêtre agrandie dépasse de son écran, selon les bureaux, sans qu'on y lise rien."""


class Moniteur(NamedTuple):
    """Un écran branché et sa place sur le bureau."""

    place: QRect
    ecran: QScreen


def branches() -> list[Moniteur]:
    """Ceux que Qt connaît maintenant."""
    return [Moniteur(un.geometry(), un) for un in QGuiApplication.screens()]


def doubles(places: Sequence[QRect]) -> bool:
    """Vrai si deux écrans montrent un même bout du bureau, ou si l'un n'a pas de place à lui."""
    return any(une.isEmpty() for une in places) or any(une.intersects(autre) for une, autre in combinations(places, 2))


def en_face(moniteurs: Sequence[Moniteur], agent: QRect) -> Moniteur | None:
    """L'écran que la fenêtre de l'agent ne touche pas ; ``None`` s'il n'y en a pas, ou si le bureau est dupliqué."""
    if len(moniteurs) < 2 or doubles([un.place for un in moniteurs]):
        return None
    return next((un for un in moniteurs if not deborde(un.place, agent)), None)


def deborde(place: QRect, agent: QRect) -> bool:
    """Vrai si la fenêtre de l'agent passe sur cet écran, de plus que le bord d'une fenêtre agrandie."""
    commun = place.intersected(agent)
    return min(commun.width(), commun.height()) > _BORD


class Moniteurs(QObject):
    """Surveille les écrans. ``change`` : un branchement, un débranchement, une place, un écran principal a changé."""

    change = Signal()

    def __init__(self, parent: QObject | None = None, lister: Callable[[], list[Moniteur]] = branches) -> None:
        super().__init__(parent)
        self.lister = lister
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._suivre)
        application.screenRemoved.connect(self._dire)
        application.primaryScreenChanged.connect(self._dire)
        for ecran in QGuiApplication.screens():
            self._ecouter(ecran)

    @property
    def second(self) -> bool:
        """Vrai si un second écran réel existe, dupliqué ou non."""
        return len(self.lister()) > 1

    @property
    def dupliques(self) -> bool:
        """Vrai si deux écrans montrent la même chose."""
        return doubles([un.place for un in self.lister()])

    def _suivre(self, ecran: QScreen) -> None:
        self._ecouter(ecran)
        self._dire()

    def _ecouter(self, ecran: QScreen) -> None:
        for signal in (ecran.geometryChanged, ecran.virtualGeometryChanged, ecran.orientationChanged):
            signal.connect(self._dire)

    def _dire(self, *_: object) -> None:
        self.change.emit()
