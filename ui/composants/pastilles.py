"""Les pastilles : une icône, un mot, une couleur ; jamais la couleur seule."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.apparence import apparence, police
from ui.composants.base import nommer
from ui.icones import image
from ui.theme import Theme, Ton

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
        theme = apparence().theme
        mot = QFontMetrics(self._police(theme)).horizontalAdvance(self.text())
        dessin = theme.px(26) if self._icone else 0
        return QSize(mot + dessin + 2 * theme.px(13 if self._ronde else 9) + 2, theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def _police(self, theme: Theme) -> QFont:
        return police(theme, "petit", gras=not self._ronde)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = apparence().theme
        c = theme.couleurs
        couleur, fond = c.du_ton(self._ton), c.fond_du_ton(self._ton)
        if self._ronde and self._ton is Ton.NEUTRE:
            fond = c.surface
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        neutre = c.trait if self._ton is Ton.NEUTRE else couleur
        peintre.setPen(QPen(QColor(neutre if self._ronde or c.cadre else fond), 1))
        peintre.setBrush(QColor(fond))
        rayon = self.height() / 2 - 1 if self._ronde else 5
        peintre.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), rayon, rayon)
        x = theme.px(13 if self._ronde else 9)
        if self._icone:
            cote = theme.px(19)
            dessin = image(self._icone, couleur, cote, self.devicePixelRatioF())
            peintre.drawPixmap(x, (self.height() - cote) // 2, dessin)
            x += theme.px(26)
        peintre.setFont(self._police(theme))
        peintre.setPen(QColor(couleur))
        zone = self.rect().adjusted(x, 0, 0, -1)
        peintre.drawText(zone, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        peintre.end()


def pastille_urgence(urgence: str, mot: str = "") -> Pastille:
    """La pastille d'une urgence (``immediate``, ``jour``, ``semaine``, ``courante``) ; ``mot`` remplace l'usuel."""
    usuel, icone, ton = URGENCES[urgence]
    return Pastille(mot or usuel, ton, icone, description=f"Urgence : {mot or usuel}")
