"""Lire et écrire à la française ce qui se tape : dates, nombres, heures. Sans Qt.

Une saisie mal formée lève ``SaisieInvalide`` : une phrase qui dit quoi corriger.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
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


class SaisieInvalide(ValueError):
    """Ce qui est tapé ne se lit pas ; le message dit quoi écrire."""


def lire_date(saisie: str, aujourdhui: date) -> date:
    """La date tapée : « 14/05/2026 », « 14 5 26 » ou « 14052026 ».

    Une année à deux chiffres est la plus proche qui ne dépasse pas l'an prochain de ``aujourdhui``.
    """
    chiffres = re.fullmatch(r"\s*(\d{1,2})[/. -]+(\d{1,2})[/. -]+(\d{2}|\d{4})\s*|\s*(\d{2})(\d{2})(\d{4})\s*", saisie)
    if chiffres is None:
        raise SaisieInvalide("Écrivez la date comme 14/05/2026 : jour, mois, année.")
    jour, mois, annee = (int(c) for c in chiffres.groups() if c is not None)
    if annee < 100:
        annee += 2000 if 2000 + annee <= aujourdhui.year + 1 else 1900
    try:
        return date(annee, mois, jour)
    except ValueError:
        raise SaisieInvalide("Cette date n'existe pas : vérifiez le jour et le mois.") from None


def lire_nombre(saisie: str, decimales: int = 0) -> Decimal:
    """Le nombre tapé ; espaces de milliers et virgule acceptés. ``decimales`` : combien au plus."""
    compact = re.sub(r"[\s\u00a0\u202f]", "", saisie).replace(",", ".").removesuffix("€")
    try:
        nombre = Decimal(compact)
    except InvalidOperation:
        raise SaisieInvalide("Écrivez un nombre, comme 2 ou 850,50.") from None
    if not nombre.is_finite():
        raise SaisieInvalide("Écrivez un nombre, comme 2 ou 850,50.")
    exposant = nombre.as_tuple().exponent
    if isinstance(exposant, int) and -exposant > decimales:
        combien = "un nombre entier" if not decimales else f"{decimales} chiffres au plus après la virgule"
        raise SaisieInvalide(f"Écrivez {combien}.")
    return nombre


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
