"""Écrire une date, un nombre, un montant dans une langue. Le français s'écrit ici, les autres langues par Babel.

Babel met un dixième de seconde à se charger : l'écran, qui parle français, ne l'attend pas.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from modele.dossier import dates_dites

FRANCAIS: Final = "fr"
ESPACE_FINE: Final = "\u202f"
INSECABLE: Final = "\u00a0"
MOINS: Final = "\u2212"
MOIS: Final = dates_dites.MOIS
JOURS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def majuscule(phrase: str) -> str:
    """La phrase, qui commence."""
    return phrase[:1].upper() + phrase[1:]


def minuscule(phrase: str) -> str:
    """La phrase, qui continue."""
    return phrase[:1].lower() + phrase[1:]


def nom_de_langue(langue: str) -> str:
    """Son nom en français (« arabe ») ; vide si personne ne sait y écrire une date ni un nombre."""
    if langue == FRANCAIS:
        return "français"
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(langue).get_display_name(FRANCAIS) or langue
    except (UnknownLocaleError, ValueError):
        return ""


def dire_date(jour: date, langue: str = FRANCAIS) -> str:
    """« 10/11/2025 »."""
    if langue == FRANCAIS:
        return f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"
    from babel.dates import format_date

    return format_date(jour, "short", locale=langue)


def dire_date_longue(jour: date, langue: str = FRANCAIS) -> str:
    """« 1er novembre 2026 »."""
    if langue == FRANCAIS:
        return f"{'1er' if jour.day == 1 else jour.day} {dire_mois(jour)}"
    from babel.dates import format_date

    return format_date(jour, "long", locale=langue)


def dire_mois(jour: date, langue: str = FRANCAIS) -> str:
    """« novembre 2026 »."""
    if langue == FRANCAIS:
        return f"{MOIS[jour.month - 1]} {jour.year}"
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", jour, locale=langue)


def dire_jour(jour: date, langue: str = FRANCAIS) -> str:
    """« lundi 23 novembre 2026 »."""
    if langue == FRANCAIS:
        return f"{JOURS[jour.weekday()]} {dire_date_longue(jour)}"
    from babel.dates import format_date

    return format_date(jour, "full", locale=langue)


def dire_nombre(nombre: int | Decimal, langue: str = FRANCAIS) -> str:
    """« 1 250,5 » : milliers séparés par une espace fine, ni zéros inutiles, ni « −0 », le vrai signe moins."""
    exact = Decimal(nombre) + 0
    if langue == FRANCAIS:
        texte = f"{exact if exact else 0:,f}".replace(",", ESPACE_FINE).replace(".", ",").replace("-", MOINS)
        return texte.rstrip("0").rstrip(",") if "," in texte else texte
    from babel.numbers import format_decimal

    return format_decimal(exact + 0, format="#,##0.######", locale=langue).replace("-", MOINS)


def dire_montant(nombre: int | Decimal, langue: str = FRANCAIS) -> str:
    """« 850 € », « 850,50 € » : les centimes seulement s'il y en a."""
    exact = Decimal(nombre) + 0
    entier = exact == exact.to_integral_value()
    if langue == FRANCAIS:
        texte = f"{exact:,.0f}" if entier else f"{exact:,.2f}"
        return f"{texte.replace(',', ESPACE_FINE).replace('.', ',').replace('-', MOINS)}{INSECABLE}€"
    from babel.numbers import format_currency

    modele = "#,##0 ¤" if entier else "#,##0.00 ¤"
    return format_currency(exact, "EUR", format=modele, locale=langue, currency_digits=False).replace(
        " €", f"{INSECABLE}€"
    )
