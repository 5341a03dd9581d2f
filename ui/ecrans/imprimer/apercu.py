"""L'aperçu : les pages défilent seules, à côté des gestes qui restent sous la main ; au clavier aussi.

Empilé sous eux (grand texte), il se déplie : c'est la page entière qui défile.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout

from ui.composants import Defilement, nommer
from ui.composants.dits import A_COTE, dire_comme

NOM: Final = "Aperçu"


class Apercu(Defilement):
    """Un arrêt du clavier, où les flèches et les touches de page font défiler."""

    def __init__(self, disposition: QLayout) -> None:
        super().__init__(disposition)
        nommer(self, NOM, "Flèches et pages pour défiler")
        dire_comme(self, A_COTE)
        self.setProperty("genre", "apercu")
        self.setProperty("focusPolicy", Qt.FocusPolicy.StrongFocus)
        self._deplie = False
        self.verticalScrollBar().rangeChanged.connect(self._grandir)

    def deplier(self, oui: bool) -> None:
        """Toutes les pages d'un tenant, ou une fenêtre sur elles."""
        self._deplie = oui
        self.remesurer()

    def remesurer(self) -> None:
        """Ce qu'il contient a changé : sa hauteur aussi, s'il est déplié."""
        self.setMinimumHeight(0)
        self.verticalScrollBar().setValue(0)
        self._grandir(0, self.verticalScrollBar().maximum())

    def _grandir(self, _bas: int, reste: int) -> None:
        if self._deplie and reste > 0:
            self.setMinimumHeight(self.height() + reste)
