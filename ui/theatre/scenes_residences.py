"""Les résidences à enjeu : les listes, puis une résidence comptée, les fichiers fictifs étant déjà au coffre."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur


def scenes_des_residences(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Avant et après « Compter »."""
    joueur.aller("residences")
    yield "residences", joueur.fenetre
    joueur.presser("Compter")
    yield "residences-comptees", joueur.fenetre
