"""Plusieurs pages, une seule montrée, à sa propre hauteur (une ``QStackedWidget`` prend celle de la plus haute)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget


class Pile(QWidget):
    """Les pages d'un volet. ``montrer`` en choisit une ; ``courante`` la dit."""

    def __init__(self, pages: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._pages = tuple(pages)
        for page in self._pages:
            boite.addWidget(page)
            page.hide()
        self.courante = self._pages[0]
        self.courante.show()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def montrer(self, page: QWidget) -> None:
        """Montre ``page`` et cache les autres."""
        if page is self.courante:
            return
        # La nouvelle d'abord : le focus ne passe pas par un autre volet.
        page.show()
        self.courante.hide()
        self.courante = page
