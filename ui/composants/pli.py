"""Un pli : ce qui se montre d'un geste. Le bouton dit combien il cache."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from ui.composants.base import nommer
from ui.composants.boutons import Bouton
from ui.composants.mise_en_page import Bloc, colonne, rangee
from ui.theme import espace

GESTES_D_ABORD: Final = 5
"""Au-delà, un agent fatigué ne lit plus : le reste se déplie."""


class Pli(QWidget):
    """Un contenu replié sous son bouton. ``ferme`` et ``ouvert`` : ce que dit le bouton, replié puis déplié."""

    def __init__(self, ferme: str, ouvert: str, *contenu: QWidget | QLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        nommer(self, ferme)
        self._mots = (ferme, ouvert)
        self.bouton = Bouton(ferme, self.basculer, genre="discret")
        self.contenu = Bloc(colonne(*contenu, ecart=2))
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.setSpacing(espace(2))
        boite.addWidget(Bloc(rangee(self.bouton, 1)))
        boite.addWidget(self.contenu)
        self.contenu.hide()

    @property
    def deplie(self) -> bool:
        """Vrai si le contenu se montre."""
        return not self.contenu.isHidden()

    def remplir(self, *contenu: QWidget) -> None:
        """Ajoute sous ce que le pli contient déjà."""
        boite = self.contenu.layout()
        assert boite is not None
        for widget in contenu:
            boite.addWidget(widget)

    def renommer(self, ferme: str, ouvert: str) -> None:
        """Change ce que dit le bouton, replié puis déplié."""
        self._mots = (ferme, ouvert)
        nommer(self, ferme)
        self.bouton.renommer(self._mots[self.deplie])

    def basculer(self) -> None:
        """Montre le contenu, ou le cache de nouveau."""
        self.contenu.setVisible(not self.deplie)
        self.bouton.renommer(self._mots[self.deplie])


def replier_les_gestes(points: Sequence[QWidget | QLayout]) -> list[QWidget | QLayout]:
    """Les premiers gestes, puis les autres sous un pli : le même compte sur chaque écran."""
    premiers, reste = list(points[:GESTES_D_ABORD]), points[GESTES_D_ABORD:]
    if reste:
        mot = f"Voir {len(reste)} autres gestes" if len(reste) > 1 else "Voir un autre geste"
        premiers.append(Pli(mot, "Montrer moins", *reste))
    return premiers
