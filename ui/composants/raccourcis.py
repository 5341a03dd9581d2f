"""Des raccourcis qui agissent à l'instant, tant que leur écran est montré.

Le raccourci d'un bouton Qt l'anime d'abord : un dixième de seconde perdu à chaque question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from ui.composants.valeurs_qt import CE_COMPOSANT


def poser(ecran: QWidget, gestes: Mapping[str, Callable[[], object]], *, seul: bool = False) -> None:
    """Pose chaque raccourci (« Alt+Left ») sur ``ecran`` ; caché, il n'entend plus rien.

    ``seul`` : il n'agit que lorsque ``ecran`` lui-même a le focus.
    """
    for touche, geste in gestes.items():
        raccourci = QShortcut(ecran)
        # Par la propriété : nommer QKeySequence fabriquerait ses énumérations avant la première fenêtre.
        raccourci.setProperty("key", touche)
        if seul:
            raccourci.setProperty("context", CE_COMPOSANT)
        raccourci.activated.connect(geste)
