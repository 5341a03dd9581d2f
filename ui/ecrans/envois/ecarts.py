"""Ce qu'une couche de données apportait et qui ne sert pas : d'où il vient, et pourquoi."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.composants import Carte, texte

if TYPE_CHECKING:
    from modele.sources import Ecart

EXPLICATION = (
    "Ces données, reçues du registre ou modifiées ici, ne servent pas : ce qu'elles remplaçaient sert toujours. "
    "Faites-les corriger par qui les a écrites."
)


class CarteEcarts(Carte):
    """Une ligne par fichier mis de côté ; rien à montrer la plupart du temps."""

    def __init__(self) -> None:
        super().__init__("Données mises de côté", icone="triangle-alert")
        self._montres: tuple[Ecart, ...] = ()
        self.hide()

    def montrer(self, ecarts: Sequence[Ecart]) -> None:
        """Change les lignes."""
        self.setVisible(bool(ecarts))
        if tuple(ecarts) != self._montres:
            self._montres = tuple(ecarts)
            self.vider()
            self.ajouter(texte(EXPLICATION, "petit"), *(texte(str(ecart)) for ecart in ecarts))
