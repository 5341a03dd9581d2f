"""La liste des sections d'un entretien, chacune avec son avancement. Flèches pour aller, Entrée pour ouvrir."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.apparence import apparence, police
from ui.composants.base import nommer
from ui.icones import image


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
_ROLE: Final = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Section:
    """Une section : son identifiant, son libellé, son avancement, le compte à droite (« 2/5 », « fait »)."""

    id: str
    libelle: str
    avancement: Avancement = Avancement.A_VENIR
    compte: str = ""


class _Dessin(QStyledItemDelegate):
    """Une ligne : icône d'avancement, libellé, compte ; la section courante est sur fond d'action."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = apparence().theme
        return QSize(theme.px(150), max(40, theme.px(38)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, c = apparence().theme, apparence().theme.couleurs
        section: Section = index.data(_ROLE)
        liste = self.parent()
        assert isinstance(liste, QListWidget)
        courante = index.row() == liste.currentRow()
        zone: QRect = option.rect
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
        compte = painter.fontMetrics().horizontalAdvance(section.compte)
        milieu = Qt.AlignmentFlag.AlignVCenter
        droite = zone.adjusted(0, 0, -theme.px(8), 0)
        painter.drawText(droite, milieu | Qt.AlignmentFlag.AlignRight, section.compte)
        painter.setFont(police(theme, gras=courante))
        place = zone.adjusted(theme.px(40), 0, -theme.px(16) - compte, 0)
        mot = painter.fontMetrics().elidedText(section.libelle, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, milieu, mot)
        painter.restore()


class ListeSections(QListWidget):
    """Les sections, dans l'ordre. ``choisie`` : l'identifiant de la section ouverte (flèches, clic ou Entrée)."""

    choisie = Signal(str)

    def __init__(self, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        nommer(self, nom, "Flèches pour changer de section")
        self.setItemDelegate(_Dessin(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.currentItemChanged.connect(self._choisir)

    def montrer(self, sections: Sequence[Section], courante: str = "") -> None:
        """Remplace les sections sans émettre ``choisie`` ; ``courante`` : celle qui est ouverte."""
        self.blockSignals(True)
        while self.count() > len(sections):
            self.takeItem(self.count() - 1)
        for rang, section in enumerate(sections):
            element = self.item(rang) if rang < self.count() else QListWidgetItem(self)
            element.setData(_ROLE, section)
            dite = f"{section.libelle}, {section.avancement.value} {section.compte}".strip()
            element.setData(int(Qt.ItemDataRole.AccessibleTextRole), dite)
            if section.id == courante:
                self.setCurrentRow(rang)
        self.blockSignals(False)
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        haut = sum(self.sizeHintForRow(rang) for rang in range(self.count()))
        return QSize(apparence().theme.px(200), haut + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(apparence().theme.px(150), min(self.sizeHint().height(), apparence().theme.px(120)))

    def _choisir(self, element: QListWidgetItem | None) -> None:
        if element is not None:
            self.viewport().update()
            self.choisie.emit(element.data(_ROLE).id)
