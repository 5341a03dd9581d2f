"""Écrire beaucoup de lignes d'un coup (COPY binaire), avec les mêmes erreurs que les autres requêtes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final, cast

import psycopg
from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

_TYPES: Final = {
    "text": "text",
    "ARRAY": "text[]",
    "large_binary": "bytea",
    "big_integer": "int8",
    "integer": "int4",
    "boolean": "bool",
    "datetime": "timestamptz",
}


def copier(connexion: Connection, table: Table, lignes: Iterable[Sequence[Any]]) -> None:
    """Ajoute ces lignes : toutes les colonnes de ``table``, dans leur ordre. Aucune ligne : aucune requête.

    Les lignes se fabriquent pendant que PostgreSQL range les précédentes. Lève ``DBAPIError``.
    """
    restantes = iter(lignes)
    premiere = next(restantes, None)
    if premiere is None:
        return
    requete, types = _requete(table)
    brute = cast(psycopg.Connection, connexion.connection.driver_connection)
    try:
        with brute.cursor() as curseur, curseur.copy(requete) as copie:
            copie.set_types(types)
            copie.write_row(premiere)
            for ligne in restantes:
                copie.write_row(ligne)
    except psycopg.Error as panne:
        raise _en_erreur(connexion, requete, panne, rompue=brute.closed) from panne


@cache
def _requete(table: Table) -> tuple[bytes, list[str]]:
    colonnes = ", ".join(colonne.name for colonne in table.columns)
    types = [_TYPES[colonne.type.__visit_name__] for colonne in table.columns]
    return f"COPY {table.name} ({colonnes}) FROM STDIN (FORMAT BINARY)".encode(), types


def _en_erreur(connexion: Connection, requete: bytes, panne: psycopg.Error, rompue: bool) -> BaseException:
    """L'erreur que SQLAlchemy aurait levée : les unités de travail se rejouent sur elle."""
    if rompue:
        connexion.invalidate(panne)
    return DBAPIError.instance(
        requete.decode(),
        None,
        panne,
        psycopg.Error,
        hide_parameters=True,
        connection_invalidated=rompue,
        dialect=connexion.dialect,
    )
