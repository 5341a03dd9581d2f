"""La liste des sections d'un entretien, chacune avec son avancement. Flèches pour aller, Entrée pour ouvrir.

Un nom long passe à la ligne : jamais coupé.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.composants.base import nommer
from ui.composants.liste import VALEUR, Liste
from ui.composants.mesures import hauteur
from ui.composants.typographie import typographier
from ui.theme import Theme
from ui.theme.apparence import apparence, police
from ui.theme.icones import image


class Avancement(StrEnum):
    """Où en est une section."""

    A_VENIR = "à venir"
    EN_COURS = "en cours"
    FAITE = "fait"


_ICONES: Final = {
    Avancement.A_VENIR: "circle",
    Avancement.EN_COURS: "circle-dot",
    Avancement.FAITE: "circle-check",
}
_COUPE: Final = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class Section:
    """Une section : son identifiant, son libellé, son avancement, le compte à droite (« 2/5 », « fait »)."""

    id: str
    libelle: str
    avancement: Avancement = Avancement.A_VENIR
    compte: str = ""

    @property
    def dite(self) -> str:
        """La ligne pour le lecteur d'écran ; ce que le compte dit déjà ne se répète pas."""
        etat = dict.fromkeys((self.avancement.value, self.compte))
        return ", ".join((self.libelle, " ".join(filter(None, etat))))


@lru_cache(maxsize=512)
def _avance(theme: Theme, mot: str) -> int:
    return QFontMetrics(police(theme, "petit", gras=True)).horizontalAdvance(mot)


class _Dessin(QStyledItemDelegate):
    """Une ligne : icône d'avancement, libellé entier, compte ; la section courante est sur fond d'action."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = apparence().theme
        section: Section = index.data(VALEUR)
        large = self._liste().viewport().width() - theme.px(52) - self._compte(theme, section)
        return QSize(theme.px(150), max(40, hauteur(section.libelle, theme, large, gras=True) + theme.px(16)))

    def _liste(self) -> QListWidget:
        liste = self.parent()
        assert isinstance(liste, QListWidget)
        return liste

    @staticmethod
    def _compte(theme: Theme, section: Section) -> int:
        return _avance(theme, section.compte) + theme.px(10) if section.compte else 0

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, c = apparence().theme, apparence().theme.couleurs
        section: Section = index.data(VALEUR)
        zone: QRect = option.rect
        courante = index.row() == self._liste().currentRow()
        faite = section.avancement is Avancement.FAITE
        couleur = c.action if courante else c.encre if faite else c.encre_douce
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if courante:
            painter.setPen(QColor(c.action if c.cadre else c.action_fond))
            painter.setBrush(QColor(c.action_fond))
            painter.drawRoundedRect(zone.adjusted(0, 0, -1, -1), 8, 8)
        cote = theme.px(20)
        dessin = image(_ICONES[section.avancement], couleur, cote, painter.device().devicePixelRatioF())
        painter.drawPixmap(zone.left() + theme.px(10), zone.center().y() - cote // 2, dessin)
        painter.setPen(QColor(couleur))
        painter.setFont(police(theme, "petit", gras=courante))
        milieu = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(zone.adjusted(0, 0, -theme.px(8), 0), milieu | Qt.AlignmentFlag.AlignRight, section.compte)
        painter.setFont(police(theme, gras=courante))
        place = zone.adjusted(theme.px(40), 0, -theme.px(12) - self._compte(theme, section), 0)
        painter.drawText(place, int(milieu) | _COUPE, typographier(section.libelle))
        painter.restore()


class ListeSections(Liste):
    """Les sections, dans l'ordre. ``choisie`` : l'identifiant de la section ouverte (flèches, clic ou Entrée).

    ``prise`` : un clic, Entrée ou l'espace ; le clavier est alors à rendre à la page.
    """

    choisie = Signal(str)
    prise = Signal()

    def __init__(self, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        nommer(self, nom, "Flèches pour changer de section")
        self.setItemDelegate(_Dessin(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        apparence().change.connect(self._remesurer)
        self.currentRowChanged.connect(self._choisir)
        self.clicked.connect(lambda _: self.prise.emit())

    def montrer(self, sections: Sequence[Section], courante: str = "") -> None:
        """Remplace les sections sans émettre ``choisie`` ; ``courante`` : celle qui est ouverte."""
        self.blockSignals(True)
        self.remplir(sections)
        for rang, section in enumerate(sections):
            self.dire(rang, section.dite)
            if section.id == courante:
                self.setCurrentRow(rang)
        self.blockSignals(False)
        self.updateGeometry()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.prise.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        haut = sum(self.sizeHintForRow(rang) for rang in range(self.count()))
        return QSize(apparence().theme.px(200), haut + 8)

    def minimumSizeHint(self) -> QSize:
        """Toute la liste : c'est le volet qui défile."""
        return QSize(apparence().theme.px(150), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._remesurer()

    def _remesurer(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def _choisir(self, rang: int) -> None:
        if rang >= 0:
            self.viewport().update()
            self.choisie.emit(self.valeur(rang).id)
