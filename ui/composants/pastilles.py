"""Les pastilles : une icône, un mot, une couleur ; jamais la couleur seule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.composants.base import nommer
from ui.composants.typographie import typographier
from ui.composants.valeurs_qt import CENTRE_V, GAUCHE
from ui.theme import Theme, Ton
from ui.theme.apparence import apparence, police
from ui.theme.icones import image

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

URGENCES: Final = {
    "immediate": ("maintenant", "siren", Ton.IMMEDIAT),
    "jour": ("aujourd'hui", "sun", Ton.JOUR),
    "semaine": ("cette semaine", "calendar-days", Ton.SEMAINE),
    "courante": ("courant", "file-text", Ton.COURANT),
}
"""Urgence (``modele.orientation.resultat.Urgence``) vers son mot, son icône et son ton."""


class Pastille(QLabel):
    """Un mot encadré. ``icone`` vide : pastille de simple contexte (territoire), ronde et au trait."""

    def __init__(
        self,
        mot: str,
        ton: Ton = Ton.NEUTRE,
        icone: str = "",
        *,
        description: str = "",
        ronde: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ton, self._icone, self._ronde = ton, icone, ronde
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.montrer(mot, ton, icone, description)

    def montrer(self, mot: str, ton: Ton, icone: str = "", description: str = "") -> None:
        """Change le mot, le ton et l'icône."""
        self._ton, self._icone = ton, icone
        self.setText(mot)
        nommer(self, mot, description)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.largeur(self.text()), apparence().theme.px(26))

    def largeur(self, mot: str) -> int:
        """La place qu'elle prendrait en disant ``mot``, en pixels."""
        theme = apparence().theme
        large = QFontMetrics(self._police(theme)).horizontalAdvance(typographier(mot))
        dessin = theme.px(26) if self._icone else 0
        return large + dessin + 2 * theme.px(13 if self._ronde else 9) + 2

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def _police(self, theme: Theme) -> QFont:
        return police(theme, "petit", gras=not self._ronde)

    def paintEvent(self, _event: QPaintEvent) -> None:
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        dessiner(peintre, self.rect(), self.text(), self._ton, self._icone, ronde=self._ronde)
        peintre.end()


def dessiner(peintre: QPainter, boite: QRect, mot: str, ton: Ton, icone: str, *, ronde: bool = False) -> None:
    """Dessine une pastille dans ``boite`` ; sert aussi aux lignes d'une liste."""
    theme = apparence().theme
    c = theme.couleurs
    couleur, fond = c.du_ton(ton), c.fond_du_ton(ton)
    if ronde and ton is Ton.NEUTRE:
        fond = c.surface
    bord = c.trait if ton is Ton.NEUTRE else couleur
    peintre.setPen(QPen(QColor(bord if ronde or c.cadre else fond), 1))
    peintre.setBrush(QColor(fond))
    rayon = boite.height() / 2 - 1 if ronde else 5
    peintre.drawRoundedRect(QRectF(boite).adjusted(0.5, 0.5, -0.5, -0.5), rayon, rayon)
    x = boite.left() + theme.px(13 if ronde else 9)
    if icone:
        cote = theme.px(19)
        dessin = image(icone, couleur, cote, peintre.device().devicePixelRatioF())
        peintre.drawPixmap(x, boite.center().y() - cote // 2, dessin)
        x += theme.px(26)
    peintre.setFont(police(theme, "petit", gras=not ronde))
    peintre.setPen(QColor(couleur))
    zone = QRect(x, boite.top(), boite.right() - x, boite.height() - 1)
    peintre.drawText(zone, CENTRE_V | GAUCHE, typographier(mot))


def largeur(mot: str, icone: str, theme: Theme) -> int:
    """La largeur d'une pastille d'urgence dessinée dans une liste."""
    dessin = theme.px(26) if icone else 0
    return (
        QFontMetrics(police(theme, "petit", gras=True)).horizontalAdvance(typographier(mot))
        + dessin
        + 2 * theme.px(9)
        + 2
    )


def hauteur() -> int:
    """La hauteur d'une pastille."""
    return apparence().theme.px(26)


def pastille_urgence(urgence: str, mot: str = "") -> Pastille:
    """La pastille d'une urgence (``immediate``, ``jour``, ``semaine``, ``courante``) ; ``mot`` remplace l'usuel."""
    usuel, icone, ton = URGENCES[urgence]
    return Pastille(mot or usuel, ton, icone, description=f"Urgence : {mot or usuel}")
