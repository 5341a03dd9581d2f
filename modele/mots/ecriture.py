"""Écrire une date, un nombre, un montant dans une langue. Le français s'écrit ici, les autres langues par Babel.

Une langue est celle que ``national/langues.toml`` déclare ; sa locale y est dite. L'année s'écrit toujours en entier et
les chiffres sont ceux du français : un papier et son français portent les mêmes nombres. Babel met un dixième de
seconde à se charger : l'écran, qui parle français, ne l'attend pas.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from modele.dossier import dates_dites
from modele.regles.langues import FRANCAIS as FRANCAIS
from modele.regles.langues import langue as langue_de
from modele.regles.langues import langues

ESPACE_FINE: Final = "\u202f"
INSECABLE: Final = "\u00a0"
MOINS: Final = "\u2212"
TURC: Final = "tr"
MOIS: Final = dates_dites.MOIS
JOURS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def majuscule(phrase: str, langue: str = FRANCAIS) -> str:
    """La phrase, qui commence. Le turc a deux i, et « i » y devient « İ » ; le géorgien n'a pas de grande lettre."""
    return _grande(phrase[:1], langue) + phrase[1:]


def minuscule(phrase: str, langue: str = FRANCAIS) -> str:
    """La phrase, qui continue ; un sigle (SMS, DALO) garde ses capitales."""
    return phrase if phrase[1:2].isupper() else _petite(phrase[:1], langue) + phrase[1:]


def _grande(lettre: str, langue: str) -> str:
    # ``title`` et non ``upper`` : la capitale géorgienne n'écrit qu'un titre entier, jamais le début d'une phrase.
    return "İ" if langue == TURC and lettre == "i" else lettre.title()


def _petite(lettre: str, langue: str) -> str:
    return {"İ": "i", "I": "ı"}.get(lettre, lettre.lower()) if langue == TURC else lettre.lower()


def nom_de_langue(langue: str) -> str:
    """Son nom en français (« arabe ») ; vide si personne ne sait y écrire une date ni un nombre."""
    connue = langues().get(langue)
    return connue.nom if connue else ""


def nom_propre_de_langue(langue: str) -> str:
    """Son nom dans la langue (« English ») ; vide si personne ne sait y écrire."""
    connue = langues().get(langue)
    return connue.nom_propre if connue else ""


def en_francais(langue: str) -> bool:
    """Vrai du français et du français simple. Lève ``ErreurUtilisateur`` si la langue est inconnue."""
    return langue == FRANCAIS or langue_de(langue).francaise


@cache
def _locale(langue: str) -> Any:
    from babel import Locale

    return Locale.parse(langue_de(langue).babel)


@cache
def _date_courte(langue: str) -> str:
    """Le modèle d'une date courte : celui de la locale, l'année en entier."""
    modele = str(_locale(langue).date_formats["short"].pattern)
    return modele if "yyyy" in modele else modele.replace("yy", "y").replace("y", "yyyy")


def accorder(formes: Mapping[str, str], nombre: int | Decimal, langue: str = FRANCAIS) -> str:
    """La forme qui s'accorde à ce nombre (« one », « few », « many », « other »), selon la langue.

    Lève ``KeyError`` s'il n'y a pas même « other ».
    """
    if en_francais(langue):
        nom = "one" if -2 < nombre < 2 else "other"
    else:
        nom = str(_locale(langue).plural_form(abs(nombre)))
    return formes.get(nom) or formes["other"]


def dire_date(jour: date, langue: str = FRANCAIS) -> str:
    """« 10/11/2025 »."""
    if en_francais(langue):
        return f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"
    from babel.dates import format_date

    return format_date(jour, _date_courte(langue), locale=_locale(langue))


def dire_date_longue(jour: date, langue: str = FRANCAIS) -> str:
    """« 1er novembre 2026 »."""
    if en_francais(langue):
        return f"{'1er' if jour.day == 1 else jour.day} {dire_mois(jour)}"
    from babel.dates import format_date

    return format_date(jour, "long", locale=_locale(langue))


def dire_mois(jour: date, langue: str = FRANCAIS) -> str:
    """« novembre 2026 »."""
    if en_francais(langue):
        return f"{MOIS[jour.month - 1]} {jour.year}"
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", jour, locale=_locale(langue))


def dire_jour(jour: date, langue: str = FRANCAIS) -> str:
    """« lundi 23 novembre 2026 »."""
    if en_francais(langue):
        return f"{JOURS[jour.weekday()]} {dire_date_longue(jour)}"
    from babel.dates import format_date

    return format_date(jour, "full", locale=_locale(langue))


def dire_nombre(nombre: int | Decimal, langue: str = FRANCAIS) -> str:
    """« 1 250,5 » : milliers séparés par une espace fine, ni zéros inutiles, ni « −0 », le vrai signe moins."""
    exact = Decimal(nombre) + 0
    if en_francais(langue):
        texte = f"{exact if exact else 0:,f}".replace(",", ESPACE_FINE).replace(".", ",").replace("-", MOINS)
        return texte.rstrip("0").rstrip(",") if "," in texte else texte
    from babel.numbers import format_decimal

    return format_decimal(exact + 0, format="#,##0.######", locale=_locale(langue)).replace("-", MOINS)


def dire_montant(nombre: int | Decimal, langue: str = FRANCAIS) -> str:
    """« 850 € », « 850,50 € » : les centimes seulement s'il y en a."""
    exact = Decimal(nombre) + 0
    entier = exact == exact.to_integral_value()
    if en_francais(langue):
        texte = f"{exact:,.0f}" if entier else f"{exact:,.2f}"
        return f"{texte.replace(',', ESPACE_FINE).replace('.', ',').replace('-', MOINS)}{INSECABLE}€"
    from babel.numbers import format_currency

    modele = "#,##0 ¤" if entier else "#,##0.00 ¤"
    dit = format_currency(exact, "EUR", format=modele, locale=_locale(langue), currency_digits=False)
    return dit.replace("EUR", "€").replace(" €", f"{INSECABLE}€").replace("-", MOINS)
