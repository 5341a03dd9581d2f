"""Les touches de raccourci : leur nom en français et leur dessin."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.composants.valeurs_qt import CENTRE_V
from ui.theme import Theme
from ui.theme.apparence import apparence, police
from ui.theme.icones import image

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

NOMS: Final = {
    "Return": "Entrée",
    "Enter": "Entrée",
    "Escape": "Échap",
    "Esc": "Échap",
    "Shift": "Maj",
    "Space": "Espace",
    "Del": "Suppr",
    "Delete": "Suppr",
    "Home": "Origine",
    "PgUp": "Page préc.",
    "PgDown": "Page suiv.",
    "Plus": "+",
    "Minus": "-",
}
FLECHES: Final = {"Left": "arrow-left", "Right": "arrow-right", "Up": "arrow-up", "Down": "arrow-down"}
DITES: Final = {"Left": "gauche", "Right": "droite", "Up": "haut", "Down": "bas"}


def morceaux(raccourci: str) -> list[str]:
    """« Ctrl+K » : Ctrl, K ; « Ctrl++ » : Ctrl, +."""
    return [*raccourci[:-2].split("+"), "+"] if raccourci.endswith("++") else raccourci.split("+")


def dire(raccourci: str) -> str:
    """Le raccourci en mots, pour le lecteur d'écran et les bulles : « Ctrl K », « Alt gauche »."""
    return " ".join(NOMS.get(t, DITES.get(t, t)) for t in morceaux(raccourci) if t)


@cache
def largeur(raccourci: str, theme: Theme) -> int:
    """La largeur de la touche dessinée, en pixels ; retenue, chaque ligne d'une liste la demande."""
    mesure = QFontMetrics(police(theme, "petit"))
    corps = sum(_largeur_morceau(m, mesure, theme) for m in morceaux(raccourci))
    return corps + mesure.horizontalAdvance(" ") * (len(morceaux(raccourci)) - 1) + theme.px(14)


def hauteur(theme: Theme) -> int:
    """La hauteur d'une touche dessinée."""
    return theme.px(21)


def dessiner(peintre: QPainter, boite: QRect, raccourci: str, theme: Theme, couleur: str = "") -> None:
    """Dessine la touche dans ``boite``, en ``couleur`` (vide : celle du peintre)."""
    peintre.save()
    peintre.setFont(police(theme, "petit"))
    if couleur:
        peintre.setPen(QPen(QColor(couleur), 1))
    peintre.drawRoundedRect(boite.adjusted(0, 0, -1, -2), 4, 4)
    peintre.drawLine(boite.left() + 4, boite.bottom() - 1, boite.right() - 4, boite.bottom() - 1)
    mesure = peintre.fontMetrics()
    x = boite.left() + theme.px(7)
    for morceau in morceaux(raccourci):
        large = _largeur_morceau(morceau, mesure, theme)
        if morceau in FLECHES:
            cote = theme.px(13)
            fleche = image(
                FLECHES[morceau], couleur or peintre.pen().color().name(), cote, peintre.device().devicePixelRatioF()
            )
            peintre.drawPixmap(x, boite.top() + (boite.height() - cote) // 2, fleche)
        else:
            zone = QRect(x, boite.top() - 1, large + 2, boite.height())
            peintre.drawText(zone, CENTRE_V, NOMS.get(morceau, morceau))
        x += large + mesure.horizontalAdvance(" ")
    peintre.restore()


def _largeur_morceau(morceau: str, mesure: QFontMetrics, theme: Theme) -> int:
    return theme.px(13) if morceau in FLECHES else mesure.horizontalAdvance(NOMS.get(morceau, morceau))


class Touche(QWidget):
    """Une touche de raccourci, montrée à côté d'un mot."""

    def __init__(self, raccourci: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._raccourci = raccourci
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = apparence().theme
        return QSize(largeur(self._raccourci, theme), hauteur(theme))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = apparence().theme
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        dessiner(peintre, QRect(0, 0, self.width(), self.height()), self._raccourci, theme, theme.couleurs.encre_douce)
        peintre.end()
