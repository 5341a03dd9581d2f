"""Dire un moment passé : « à 16:51 », « hier à 16:51 ». Sans Qt. Essais : ``tests/ui/mots/test_moments.py``."""

from __future__ import annotations

from datetime import datetime, timedelta

from modele.mots.ecriture import dire_date


def ecrire_moment(instant: datetime, maintenant: datetime) -> str:
    """« à 16:51 », « hier à 16:51 » ou « le 14/05/2026 à 16:51 », dans le fuseau de ``maintenant``."""
    local = instant.astimezone(maintenant.tzinfo) if instant.tzinfo and maintenant.tzinfo else instant
    heure = f"à {local:%H:%M}"
    if local.date() == maintenant.date():
        return heure
    if local.date() == maintenant.date() - timedelta(days=1):
        return f"hier {heure}"
    return f"le {dire_date(local.date())} {heure}"
