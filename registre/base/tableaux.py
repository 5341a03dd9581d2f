"""Donner à PostgreSQL beaucoup de valeurs en peu de paramètres : la requête reste la même, et reste préparée."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, TableValuedAlias, Text, any_, column, func, literal
from sqlalchemy.types import TypeEngine


def parmi(colonne: ColumnElement[Any], valeurs: Sequence[str]) -> ColumnElement[bool]:
    """La colonne vaut l'un de ces textes."""
    return colonne == any_(literal(list(valeurs), ARRAY(Text)))


def lignes(nom: str, **colonnes: tuple[type[TypeEngine[Any]], Sequence[Any]]) -> TableValuedAlias:
    """Une table en mémoire, nommée ``nom`` : le type et les valeurs de chaque colonne, toutes de même longueur."""
    valeurs = [literal(list(dites), ARRAY(type_)) for type_, dites in colonnes.values()]
    declarees = [column(colonne, type_) for colonne, (type_, _) in colonnes.items()]
    return func.unnest(*valeurs).table_valued(*declarees, name=nom).render_derived()
