"""Les instants tels que la base les garde."""

from __future__ import annotations

from datetime import UTC, datetime


def en_utc(quand: datetime) -> str:
    """L'instant en texte, toujours dans le même fuseau : l'ordre des textes est celui du temps."""
    return quand.astimezone(UTC).isoformat(timespec="microseconds")
