"""Ce qu'un widget dit être aux lecteurs d'écran : titre, tableau, ligne… ; ``accessibilite`` en fait un rôle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

DIT_COMME: Final = "dit_comme"
"""La propriété par où un widget dit aux lecteurs d'écran ce qu'il est (``ui.composants.accessibilite``)."""
TITRE: Final = "titre"
ENTETE: Final = "entete"
TABLE: Final = "table"
LIGNE: Final = "ligne"
EXCLUSIF: Final = "exclusif"
CASE: Final = "case"
NOTIFICATION: Final = "notification"
ECRAN: Final = "ecran"
A_COTE: Final = "a_cote"
GROUPE: Final = "groupe"
"""Ce que Qt prend pour du remplissage (une zone qui défile), ou dit tenir le clavier qu'il ne fait que passer."""

a_relire: Final[list[Callable[[QWidget], object]]] = []
"""Qui défait ce qu'un lecteur avait déjà lu d'un widget : posé avec la fabrique, sans quoi rien ne le charge."""


def dire_comme(widget: QWidget, role: str) -> None:
    """Dit aux lecteurs d'écran ce qu'est ``widget`` (``TITRE``, ``TABLE``…). À sa construction."""
    widget.setProperty(DIT_COMME, role)
    for relire in a_relire:
        relire(widget)
