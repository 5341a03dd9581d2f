"""Donner à PostgreSQL beaucoup de valeurs en peu de paramètres : la requête reste la même, quel que soit leur nombre.

Les requêtes du chemin de chaque opération se construisent une fois pour toutes, valeurs à nommer à l'exécution : les
reconstruire coûtait plus cher que les exécuter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, TableValuedAlias, Text, any_, bindparam, column, func, literal
from sqlalchemy.types import TypeEngine


def parmi(colonne: ColumnElement[Any], valeurs: Sequence[str]) -> ColumnElement[bool]:
    """La colonne vaut l'un de ces textes."""
    return colonne == any_(literal(list(valeurs), ARRAY(Text)))


def parmi_les(colonne: ColumnElement[Any], nom: str) -> ColumnElement[bool]:
    """La colonne vaut l'un des textes que l'exécution nommera ``nom``."""
    return colonne == any_(bindparam(nom, type_=ARRAY(Text)))


def lignes(nom: str, **colonnes: type[TypeEngine[Any]]) -> TableValuedAlias:
    """Une table en mémoire, nommée ``nom`` : le type de chaque colonne.

    L'exécution donne les valeurs par ``les``.
    """
    valeurs = [bindparam(_nom(colonne), type_=ARRAY(type_)) for colonne, type_ in colonnes.items()]
    declarees = [column(colonne, type_) for colonne, type_ in colonnes.items()]
    return func.unnest(*valeurs).table_valued(*declarees, name=nom).render_derived()


def les(**colonnes: Sequence[Any]) -> dict[str, Sequence[Any]]:
    """Les valeurs de chaque colonne d'une table de ``lignes``, toutes de même longueur."""
    return {_nom(colonne): valeurs for colonne, valeurs in colonnes.items()}


def _nom(colonne: str) -> str:
    # Le nom seul de la colonne est pris par ce qu'une mise à jour lui donne.
    return f"les_{colonne}"
