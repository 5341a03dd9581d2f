"""Mesurer un texte qui passe à la ligne, une fois : une mise en page demande cent fois la même hauteur."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

from ui.composants.typographie import typographier
from ui.composants.valeurs_qt import A_LA_LIGNE
from ui.theme import Theme
from ui.theme.apparence import police

_SANS_FIN = 4000


@lru_cache(maxsize=8192)
def hauteur(mots: str, theme: Theme, largeur: int, taille: str = "texte", gras: bool = False) -> int:
    """Les pixels de haut que prennent ces mots dans ``largeur``, en police ``taille`` (nom de ``TAILLES``)."""
    place = QRect(0, 0, max(1, largeur), _SANS_FIN)
    metrique = QFontMetrics(police(theme, taille, gras))
    return metrique.boundingRect(place, A_LA_LIGNE, typographier(mots)).height()
