"""Plusieurs pages, une seule montrée, à sa propre hauteur (une ``QStackedWidget`` prend celle de la plus haute)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.composants.carte import retirer


class Pile(QWidget):
    """Les pages d'un volet. ``montrer`` en choisit une ; ``courante`` la dit, la première ajoutée d'abord.

    ``montree`` : une autre page vient de paraître.
    """

    montree = Signal()

    def __init__(self, pages: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self.pages: tuple[QWidget, ...] = ()
        self.courante: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.ajouter(*pages)

    def ajouter(self, *pages: QWidget) -> None:
        """Ajoute des pages, cachées tant que ``montrer`` ne les choisit pas."""
        boite = self.layout()
        assert boite is not None
        for page in pages:
            boite.addWidget(page)
            page.hide()
        self.pages += pages
        if self.courante is None and pages:
            self.courante = pages[0]
            self.courante.show()

    def montrer(self, page: QWidget) -> None:
        """Montre ``page`` et cache les autres."""
        if page is self.courante:
            return
        # La nouvelle d'abord : le focus ne passe pas par un autre volet.
        page.show()
        if self.courante is not None:
            self.courante.hide()
        self.courante = page
        self.montree.emit()

    def vider(self) -> None:
        """Détruit toutes les pages."""
        for page in self.pages:
            retirer(page)
        self.pages, self.courante = (), None
