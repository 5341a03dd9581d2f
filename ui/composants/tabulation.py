"""L'ordre de la touche Tab, quand des widgets naissent après les autres : Qt les mettrait en dernier."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def ordonner(*racines: QWidget) -> None:
    """Enchaîne au clavier tout ce que portent ``racines``, dans l'ordre donné."""
    for avant, apres in pairwise([widget for racine in racines for widget in _au_clavier(racine)]):
        QWidget.setTabOrder(avant, apres)


def _au_clavier(racine: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in (racine, *racine.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    ]
