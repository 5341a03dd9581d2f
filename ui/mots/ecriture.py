"""Écrire à la française une date, un jour, un nombre, un moment. Sans Qt.

Essais : ``tests/ui/mots/test_ecriture.py``.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

ESPACE_FINE: Final = "\u202f"
MOIS: Final = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
JOURS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def ecrire_date(jour: date) -> str:
    """« 14/05/2026 »."""
    return f"{jour:%d/%m/%Y}"


def ecrire_jour(jour: date) -> str:
    """« lundi 23 novembre 2026 »."""
    rang = "1er" if jour.day == 1 else str(jour.day)
    return f"{JOURS[jour.weekday()]} {rang} {MOIS[jour.month - 1]} {jour.year}"


def ecrire_nombre(nombre: Decimal | int) -> str:
    """« 1 250,50 », l'espace fine entre les milliers, sans zéro inutile."""
    entier, _, reste = f"{Decimal(nombre):,f}".partition(".")
    reste = reste.rstrip("0")
    entier = entier.replace(",", ESPACE_FINE)
    return f"{entier},{reste}" if reste else entier


def ecrire_moment(instant: datetime, maintenant: datetime) -> str:
    """« à 16:51 », « hier à 16:51 » ou « le 14/05/2026 à 16:51 », dans le fuseau de ``maintenant``."""
    local = instant.astimezone(maintenant.tzinfo) if instant.tzinfo and maintenant.tzinfo else instant
    heure = f"à {local:%H:%M}"
    if local.date() == maintenant.date():
        return heure
    if local.date() == maintenant.date() - timedelta(days=1):
        return f"hier {heure}"
    return f"le {ecrire_date(local.date())} {heure}"
