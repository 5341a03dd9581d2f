"""La grande zone de recherche de l'accueil, avec sa loupe."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.composants.base import nommer
from ui.composants.composition import LigneComposee
from ui.theme.apparence import apparence
from ui.theme.icones import image


class ZoneRecherche(LigneComposee):
    """Une seule zone pour tout : nom, naissance, téléphone, numéro."""

    def __init__(self, nom: str, exemple: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        nommer(self, nom, exemple)
        self.setPlaceholderText(exemple)
        self.setProperty("genre", "recherche")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = apparence().theme
        cote = theme.px(20)
        peintre = QPainter(self)
        loupe = image("search", theme.couleurs.encre_douce, cote, self.devicePixelRatioF())
        peintre.drawPixmap(theme.px(18), (self.height() - cote) // 2, loupe)
        peintre.end()
