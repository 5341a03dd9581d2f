"""Une liste de lignes, chacune avec sa valeur : elle se lit et se remplit par rangs.

Jamais par ``QListWidgetItem`` : PySide garde l'objet Python d'une ligne que Qt détruit, et la vider tue alors le
programme (vu à l'accueil, une fois sur quatre en trois cents écrans). Ici Qt fabrique les lignes et PySide n'en connaît
aucune. Essais : ``tests/ui/composants/test_liste_par_rangs.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSignalBlocker, Qt
from PySide6.QtGui import QAccessible, QAccessibleTableModelChangeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QSizePolicy, QWidget

VALEUR: Final = int(Qt.ItemDataRole.UserRole)
"""Où un dessin lit la valeur d'une ligne : ``index.data(VALEUR)``."""

_DIT: Final = int(Qt.ItemDataRole.AccessibleTextRole)


class Liste(QListWidget):
    """La liste, vide. Les rangs comptent à partir de zéro ; -1 : aucun."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def remplir(self, valeurs: Sequence[Any]) -> None:
        """Autant de lignes que de valeurs ; celles qui étaient déjà là restent, avec leur nouvelle valeur."""
        modele, avant = self.model(), self.count()
        if avant > len(valeurs):
            modele.removeRows(len(valeurs), avant - len(valeurs))
        # D'un trait : sous un lecteur d'écran, chaque ligne ajoutée fait mesurer toutes les autres, et leur dessin
        # tomberait sur celles qui n'ont pas encore de valeur.
        with QSignalBlocker(modele):
            self.addItems([""] * (len(valeurs) - avant))
            for rang, valeur in enumerate(valeurs):
                modele.setData(modele.index(rang, 0), valeur, VALEUR)
        if avant < len(valeurs):
            self._annoncer(avant, len(valeurs) - 1)
        if valeurs:
            modele.dataChanged.emit(modele.index(0, 0), modele.index(len(valeurs) - 1, 0))

    def _annoncer(self, premiere: int, derniere: int) -> None:
        """Ce que Qt aurait dit de ces lignes neuves, à la liste puis au lecteur d'écran."""
        self.rowsInserted(QModelIndex(), premiere, derniere)
        if QAccessible.isActive():
            dit = QAccessibleTableModelChangeEvent(self, QAccessibleTableModelChangeEvent.ModelChangeType.RowsInserted)
            dit.setFirstRow(premiere)
            dit.setLastRow(derniere)
            QAccessible.updateAccessibility(dit)

    def valeur(self, rang: int) -> Any:
        """La valeur de cette ligne ; ``None`` si elle n'existe pas."""
        return self.model().index(rang, 0).data(VALEUR)

    def dire(self, rang: int, mots: str) -> None:
        """Ce que le lecteur d'écran lit de cette ligne."""
        self.model().setData(self.model().index(rang, 0), mots, _DIT)

    def dit(self, rang: int) -> str:
        """Ce que ``dire`` a écrit."""
        return str(self.model().index(rang, 0).data(_DIT) or "")

    def zone(self, rang: int) -> QRect:
        """Où se voit cette ligne, dans la partie qui défile."""
        return self.visualRect(self.model().index(rang, 0))

    def zone_du_clavier(self) -> QRect:
        """Où est la ligne choisie, dans la liste : c'est elle qu'une page qui défile doit montrer."""
        rang = self.currentRow()
        return self.zone(rang).translated(self.viewport().pos()) if rang >= 0 else self.rect()

    def rang_sous(self, ou: QPoint) -> int:
        """La ligne sous ce point de la partie qui défile ; -1 : aucune."""
        return self.indexAt(ou).row()
