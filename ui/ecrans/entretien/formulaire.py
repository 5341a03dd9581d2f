"""La page d'un formulaire : ce qui se recopie d'un papier, dans l'ordre du papier, deux champs par ligne."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from modele.bilan import Bilan
from ui.composants import rangee
from ui.ecrans.entretien.champs import PageChamps
from ui.ecrans.entretien.fabrique import Place, fabriquer_serree
from ui.ecrans.entretien.parcours import Etape
from ui.ecrans.entretien.plume import Plume
from ui.theme import espace
from ui.theme.apparence import apparence

_DEUX: int = 520
"""Pixels à 100 % : en dessous, un champ par ligne."""


class PageFormulaire(PageChamps):
    """Les champs d'une page déclarée, sur deux colonnes quand la place le permet."""

    def __init__(self, plume: Plume, parent: QWidget | None = None) -> None:
        super().__init__(plume, parent)
        self._grille = QGridLayout()
        self._grille.setHorizontalSpacing(espace(5))
        self._grille.setVerticalSpacing(espace(2))
        self._colonnes = 2
        self._boite.setSpacing(espace(4))
        self._boite.addLayout(self._grille)
        self._boite.addLayout(rangee(self.rien, 1))
        self._boite.addWidget(self.alertes)
        self._boite.addWidget(self.volet)
        self._boite.addStretch(1)

    def _voulues(self, etape: Etape, bilan: Bilan) -> Iterator[tuple[str, partial[list[Place]]]]:
        for vue in etape.vues:
            yield vue.chemin, partial(fabriquer_serree, vue, bilan)

    def _disposer(self) -> None:
        self._degarnir(self._grille)
        for rang, place in enumerate(self._places.values()):
            # Un nom sur deux lignes ne décale pas son voisin : les champs s'alignent par le bas.
            ligne, cote = divmod(rang, self._colonnes)
            self._grille.addWidget(place.saisie, ligne, cote, Qt.AlignmentFlag.AlignBottom)
        self._grille.setColumnStretch(0, 1)
        self._grille.setColumnStretch(1, self._colonnes - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        colonnes = 2 if self.width() >= apparence().theme.px(_DEUX) else 1
        if colonnes != self._colonnes:
            self._colonnes = colonnes
            self._disposer()
