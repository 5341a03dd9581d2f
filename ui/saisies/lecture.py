"""Lire ce qui se tape à la française : dates et nombres.

Une saisie mal formée lève ``SaisieInvalide`` : une phrase qui dit quoi corriger.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from modele.dossier import dates_dites
from ui.composants.champs import SaisieInvalide

_AU_JOUR = "Écrivez la date comme 14/05/2026 : jour, mois, année."


def lire_date(saisie: str, aujourdhui: date) -> date:
    """La date tapée, au jour près : « 14/05/2026 », « 14 5 26 », « 14 mai 2026 » ou « 14052026 »."""
    try:
        lue = dates_dites.lire(saisie, aujourdhui)
    except ValueError as faute:
        raise SaisieInvalide(_AU_JOUR if str(faute) == dates_dites.COMMENT else str(faute)) from None
    if isinstance(lue, date):
        return lue
    raise SaisieInvalide(_AU_JOUR)


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
