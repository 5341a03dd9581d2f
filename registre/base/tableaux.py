"""Chercher par une liste de valeurs en un seul paramètre : la requête reste la même, PostgreSQL la garde préparée."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, any_, literal


def parmi(colonne: ColumnElement[Any], valeurs: Sequence[str]) -> ColumnElement[bool]:
    """La colonne vaut l'un de ces textes."""
    return colonne == any_(literal(list(valeurs), ARRAY(Text)))
