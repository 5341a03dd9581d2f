"""Ce qu'un écran dit de lui-même, une fois : la fenêtre, la palette, l'accueil et les raccourcis le lisent."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Offert(StrEnum):
    """Où un écran s'offre de lui-même. Ailleurs, on y va par un bouton d'un autre écran."""

    PARTOUT = "partout"
    """La palette et son raccourci, coffre ouvert."""
    ACCUEIL = "accueil"
    """Un grand bouton de l'accueil."""


# Ni lui ni les réglages ne sont des dataclasses : leur module se chargerait avant la première fenêtre, pour eux seuls.
class Declaration(NamedTuple):
    """Un écran. ``classe`` : « module:Classe », importée à sa première visite seulement.

    ``libelle`` : ce qu'on vient y faire. ``detail`` : une précision, à côté. ``touche`` : « Ctrl+G », ou vide.
    ``rang`` : sa place parmi ceux qui s'offrent. ``mots`` : les autres mots par lesquels on le cherche. F1 dit
    ``aide``, à quoi il sert, et ``garde``, ce qui reste de ce qu'on y fait, et où. ``usage`` : il se sert du dossier
    ouvert, et se ferme tant qu'il est gelé. ``lit`` : le genre d'objets qu'il montre ; il ne s'offre qu'à qui
    peut en lire, et rien ne dit aux autres qu'il existe.
    """

    nom: str
    classe: str
    libelle: str
    touche: str = ""
    icone: str = ""
    detail: str = ""
    rang: int = 0
    offert: frozenset[Offert] = frozenset()
    mots: str = ""
    aide: str = ""
    garde: str = ""
    usage: bool = False
    lit: str = ""
