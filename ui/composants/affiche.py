"""Quelques mots, le plus gros possible, avec leur dessin : ce qui se lit à un mètre, dans le sens de sa langue.

Rien ne s'y presse ni ne s'y tape, et le lecteur d'écran de l'agent n'en annonce rien : la salle l'entendrait.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.composants.base import nommer
from ui.composants.typographie import typographier
from ui.theme import espace
from ui.theme.apparence import apparence, police
from ui.theme.icones import image

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

Passage = tuple[str, str, float]
"""Ce qui se dit, ce qui s'aligne en face, la taille par rapport aux autres."""

_FRANCAIS: Final = "fr"
_NOM: Final = "Affiche"
_LA_PLUS_PETITE, _PAS = 12, 2
_GRANDE_DE: Final = 8
"""La plus grande lettre fait au plus un huitième de la hauteur."""
_SANS_FIN: Final = 1_000_000


class Affiche(QWidget):
    """Des passages, à la plus grande taille où tout tient. Sans passage, elle est vide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        nommer(self, _NOM)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._passages: tuple[Passage, ...] = ()
        self._familles: tuple[str, ...] = ()
        self._icone = ""
        apparence().change.connect(self.update)

    def montrer(self, passages: Sequence[Passage], langue: str, icone: str, familles: Sequence[str] = ()) -> None:
        """Change ce qui se lit. ``langue`` : « fr », « fa-AF » ; elle donne le sens d'écriture.

        ``familles`` : les polices de ce que la nôtre ne sait pas écrire.
        """
        locale = QLocale(langue.replace("-", "_"))
        self.setLocale(locale)
        self.setLayoutDirection(locale.textDirection())
        typographie = typographier if langue.startswith(_FRANCAIS) else str
        self._passages = tuple((typographie(dit), face, corps) for dit, face, corps in passages)
        self._icone, self._familles = icone, tuple(familles)
        self.setAccessibleName(" ".join(self.dits) or _NOM)
        self.update()

    @property
    def dits(self) -> list[str]:
        """Tout ce qui se lit, dans l'ordre."""
        return [mot for dit, face, _ in self._passages for mot in (dit, face) if mot]

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    # Mesurer.

    @property
    def _zone(self) -> QRect:
        marge = espace(12)
        return self.rect().adjusted(marge, marge, -marge, -marge)

    @property
    def _cote(self) -> int:
        """Le côté du dessin."""
        return self._zone.height() // 5 if self._icone else 0

    def corps(self) -> int:
        """La hauteur de lettre, en pixels, où tout tient ; la plus petite si rien ne tient."""
        place = self._zone.height() - self._cote - (espace(6) if self._icone else 0)
        tailles = range(self._zone.height() // _GRANDE_DE, _LA_PLUS_PETITE, -_PAS)
        return next((taille for taille in tailles if self._tient(taille, place)), _LA_PLUS_PETITE)

    def _tient(self, corps: int, place: int) -> bool:
        return self._hauteur(corps) <= place and all(self._mots_tiennent(un, corps) for un in self._passages)

    def _hauteur(self, corps: int) -> int:
        ecarts = espace(2) * max(0, len(self._passages) - 1)
        return sum(self._haut(un, corps) for un in self._passages) + ecarts

    def _haut(self, passage: Passage, corps: int) -> int:
        place = QRect(0, 0, self._large(passage, corps), _SANS_FIN)
        return self._mesure(corps, passage).boundingRect(place, _sens(passage), passage[0]).height()

    def _mots_tiennent(self, passage: Passage, corps: int) -> bool:
        """Un mot plus large que sa place serait coupé."""
        mesure, large = self._mesure(corps, passage), self._large(passage, corps)
        return all(mesure.horizontalAdvance(mot) <= large for mot in passage[0].split())

    def _large(self, passage: Passage, corps: int) -> int:
        face = self._mesure(corps, passage).horizontalAdvance(passage[1]) + espace(8) if passage[1] else 0
        return max(1, self._zone.width() - face)

    def _police(self, corps: int, passage: Passage) -> QFont:
        rendu = police(apparence().theme, gras=True)
        rendu.setFamilies([*rendu.families(), *self._familles])
        rendu.setPixelSize(max(_LA_PLUS_PETITE, round(corps * passage[2])))
        return rendu

    def _mesure(self, corps: int, passage: Passage) -> QFontMetrics:
        return QFontMetrics(self._police(corps, passage))

    # Peindre.

    def paintEvent(self, _event: QPaintEvent) -> None:
        couleurs = apparence().theme.couleurs
        peintre = QPainter(self)
        peintre.fillRect(self.rect(), QColor(couleurs.papier))
        if self._passages:
            peintre.setLayoutDirection(self.layoutDirection())
            peintre.setPen(QColor(couleurs.encre))
            self._peindre(peintre, couleurs.action)
        peintre.end()

    def _peindre(self, peintre: QPainter, couleur: str) -> None:
        corps, zone = self.corps(), self._zone
        tete = self._cote + (espace(6) if self._icone else 0)
        y = zone.top() + max(0, zone.height() - tete - self._hauteur(corps)) // 2
        if self._icone:
            dessin = image(self._icone, couleur, self._cote, self.devicePixelRatioF())
            peintre.drawPixmap(zone.left() + (zone.width() - self._cote) // 2, y, dessin)
            y += tete
        for passage in self._passages:
            haut = self._haut(passage, corps)
            self._peindre_un(peintre, passage, corps, QRect(zone.left(), y, zone.width(), haut))
            y += haut + espace(2)

    def _peindre_un(self, peintre: QPainter, passage: Passage, corps: int, place: QRect) -> None:
        dit, face, _ = passage
        peintre.setFont(self._police(corps, passage))
        large = self._large(passage, corps)
        de_droite = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        debut = place.right() + 1 - large if de_droite else place.left()
        peintre.drawText(QRect(debut, place.top(), large, place.height()), _sens(passage), dit)
        if face:
            autre = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            peintre.drawText(place, int(autre), face)


def _sens(passage: Passage) -> int:
    """Au milieu ; en tête de ligne quand quelque chose lui fait face."""
    cote = Qt.AlignmentFlag.AlignLeft if passage[1] else Qt.AlignmentFlag.AlignHCenter
    return int(Qt.TextFlag.TextWordWrap) | int(cote | Qt.AlignmentFlag.AlignTop)
