"""Qui écrit : un nom, et les rôles au titre desquels il le fait."""

from __future__ import annotations

from msgspec import Struct


class Auteur(Struct, frozen=True, omit_defaults=True, gc=False):
    """L'auteur d'une opération. ``roles`` vide : ceux du poste où il est."""

    nom: str
    roles: tuple[str, ...] = ()
