"""L'heure du registre : celle qui décide des codes, des défis et des jetons."""

from __future__ import annotations

from datetime import UTC, datetime


def maintenant() -> datetime:
    """L'heure de la machine, en UTC."""
    return datetime.now(UTC)
