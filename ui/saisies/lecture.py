"""Lire ce qui se tape à la française : dates et nombres.

Une saisie mal formée lève ``SaisieInvalide`` : une phrase qui dit quoi corriger.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from ui.composants.champs import SaisieInvalide


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
