"""Les icônes au trait (jeu lucide, ISC), recolorées selon le thème.

Une icône ne parle jamais seule : elle accompagne un mot.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from ressources import RESSOURCES
from ui.theme import Ton
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QPaintEvent


@lru_cache(maxsize=1)
def _livrees() -> frozenset[str]:
    return frozenset(un.stem for un in (RESSOURCES / "icones").iterdir())


def livree(nom: str) -> str:
    """Ce nom, s'il est vide ou celui d'une icône livrée. Lève ``ValueError`` : absente, elle tuerait le dessin."""
    if nom and nom not in _livrees():
        raise ValueError(f"l'icône « {nom} » n'est pas dans ressources/icones")
    return nom


@lru_cache(maxsize=512)
def image(nom: str, couleur: str, taille: int, densite: float = 1.0) -> QPixmap:
    """L'icône ``nom`` (fichier de ``ressources/icones``) en ``couleur``, ``taille`` pixels de côté."""
    source = (RESSOURCES / "icones" / f"{nom}.svg").read_bytes().replace(b"currentColor", couleur.encode())
    rendu = QPixmap(round(taille * densite), round(taille * densite))
    rendu.setDevicePixelRatio(densite)
    rendu.fill(QColor("transparent"))
    peintre = QPainter(rendu)
    QSvgRenderer(source).render(peintre, QRectF(0, 0, taille, taille))
    peintre.end()
    return rendu


def icone(nom: str, ton: Ton = Ton.NEUTRE, taille: int = 20) -> QIcon:
    """L'icône pour un menu ou une liste, dans la couleur de ``ton``."""
    from PySide6.QtGui import QIcon

    theme = apparence().theme
    return QIcon(image(nom, theme.couleurs.du_ton(ton), theme.px(taille)))


class Icone(QWidget):
    """Une icône décorative, qui suit le thème et l'échelle du texte. Le mot d'à côté porte le sens."""

    def __init__(self, nom: str, ton: Ton | str = Ton.NEUTRE, taille: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nom, self._ton, self._taille = livree(nom), ton, taille
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def montrer(self, nom: str, ton: Ton | str) -> None:
        """Change d'icône ou de ton."""
        self._nom, self._ton = livree(nom), ton
        self.update()

    def sizeHint(self) -> QSize:
        cote = apparence().theme.px(self._taille)
        return QSize(cote, cote)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = apparence().theme
        cote = theme.px(self._taille)
        couleur = theme.couleurs.encre if self._ton == "encre" else theme.couleurs.du_ton(self._ton)
        peintre = QPainter(self)
        haut = (self.height() - cote) // 2
        peintre.drawPixmap(0, haut, image(self._nom, couleur, cote, self.devicePixelRatioF()))
        peintre.end()
