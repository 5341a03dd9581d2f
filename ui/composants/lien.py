"""Un lien : une phrase soulignée qu'on presse, sur autant de lignes qu'il faut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.composants.boutons import Bouton
from ui.composants.mesures import hauteur
from ui.composants.typographie import typographier
from ui.theme import CIBLE, FOCUS, RAYON_PETIT, Theme
from ui.theme.apparence import apparence, police
from ui.theme.icones import image


class Lien(Bouton):
    """Une phrase qui mène ailleurs. Haute de 40 pixels au moins : une cible se touche."""

    def __init__(
        self,
        phrase: str,
        action: Callable[[], object] | None = None,
        *,
        description: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(phrase, action, genre="discret", description=description, parent=parent)
        self.setToolTip(description)
        politique = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)

    def sizeHint(self) -> QSize:
        large = apparence().theme.px(240)
        return QSize(large, self.heightForWidth(large))

    def minimumSizeHint(self) -> QSize:
        theme = apparence().theme
        return QSize(theme.px(120), max(40, theme.px(CIBLE) - 4))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, largeur: int) -> int:
        theme = apparence().theme
        return max(40, self._hauteur(theme, largeur) + 2 * theme.px(6))

    def _hauteur(self, theme: Theme, largeur: int) -> int:
        return hauteur(self.text(), theme, largeur - theme.px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = apparence().theme
        c = theme.couleurs
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            peintre.setBrush(QColor(c.action_fond))
            peintre.setPen(QPen(QColor(c.action), FOCUS) if self.hasFocus() else Qt.PenStyle.NoPen)
            marge = FOCUS // 2 + 1
            peintre.drawRoundedRect(self.rect().adjusted(marge, marge, -marge, -marge), RAYON_PETIT, RAYON_PETIT)
        hauteur_du_texte = self._hauteur(theme, self.width())
        haut = (self.height() - hauteur_du_texte) // 2
        cote = theme.px(16)
        dessin = image("chevron-right", c.action, cote, self.devicePixelRatioF())
        peintre.drawPixmap(theme.px(6), haut + theme.px(3), dessin)
        peintre.setFont(_police(theme))
        peintre.setPen(QColor(c.action))
        zone = QRect(theme.px(28), haut, self.width() - theme.px(34), hauteur_du_texte + 2)
        peintre.drawText(zone, int(Qt.TextFlag.TextWordWrap), typographier(self.text()))
        peintre.end()


def _police(theme: Theme) -> QFont:
    rendu = police(theme)
    rendu.setUnderline(True)
    return rendu
