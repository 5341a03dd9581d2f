"""Une table typée en octets, et retour : ce qui se garde d'un fichier de bailleur (Arrow IPC, serré par zstd)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def ecrire_ipc(table: pl.DataFrame) -> bytes:
    """Les octets de cette table."""
    sortie = io.BytesIO()
    table.write_ipc(sortie, compression="zstd")
    return sortie.getvalue()


def lire_ipc(octets: bytes) -> pl.DataFrame:
    """La table de ces octets."""
    import polars as pl

    return pl.read_ipc(octets)
