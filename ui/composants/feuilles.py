"""Une page de papier montrée à l'écran, telle qu'elle sortira."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.composants.base import nommer


def feuille_montree(png: bytes, nom: str) -> QWidget:
    """Une page, cadrée comme une feuille sur la table."""
    image = QPixmap()
    image.loadFromData(png)
    etiquette = QLabel()
    etiquette.setPixmap(image)
    nommer(etiquette, nom)
    cadre = QFrame()
    cadre.setProperty("genre", "feuille")
    cadre.setMaximumWidth(image.width() + 2)
    boite = QVBoxLayout(cadre)
    boite.setContentsMargins(1, 1, 1, 1)
    boite.addWidget(etiquette, 0, Qt.AlignmentFlag.AlignHCenter)
    nommer(cadre, nom)
    return cadre
