"""La typographie française, ses espaces insécables, et les nombres, dates et montants par Babel."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

INSECABLE = "\u00a0"
FINE = "\u202f"

_UNITES = "h|min|mois|points?|point|ans?|jours?|semaines?|euros|pièces?|m²|%|€|heures?"
_REGLES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[ \u00a0]+([;!?])"), FINE + r"\1"),
    (re.compile(r"[ \u202f]+([:»])"), INSECABLE + r"\1"),
    (re.compile(r"« "), "«" + INSECABLE),
    (re.compile(r" · "), INSECABLE + "· "),
    (re.compile(r"\bn° "), "n°" + INSECABLE),
    (re.compile(rf"(\d) (?=(?:{_UNITES})(?!\w))"), r"\1" + INSECABLE),
    (re.compile(r"(?<=\d) (?=\d)"), FINE),
    (re.compile(r"\b([LRD])\. ?(?=\d)"), r"\1." + INSECABLE),
    (re.compile(r"\b(CCH|CASF|CJA|CPCE|CC) (?=[LRD]?\.?[\u00a0 ]?\d)"), r"\1" + INSECABLE),
    (re.compile(r"(?<=\w)'"), "’"),
    (re.compile(r"\b(h) (?=\d\d\b)"), r"\1" + FINE),
)
# Treize ou quinze chiffres commençant par 1 ou 2 : la forme d'un numéro de sécurité sociale, jamais imprimé.
_ECART = r"[ .\-\u00a0\u202f]?"
_NIR = re.compile(rf"(?<!\w)[12](?:{_ECART}\d){{5}}{_ECART}[\dAB](?:{_ECART}\d){{6}}(?:(?:{_ECART}\d){{2}})?(?!\w)")


def typographier(texte: str) -> str:
    """Le texte français avec ses espaces insécables et ses apostrophes courbes."""
    for motif, remplacement in _REGLES:
        texte = motif.sub(remplacement, texte)
    return texte


def insecable(texte: str) -> str:
    """Le texte d'un seul tenant : aucune de ses espaces ne coupe la ligne."""
    return texte.replace(" ", INSECABLE)


def sans_nir(texte: str, remplacement: str) -> str:
    """Le texte, où tout ce qui ressemble à un numéro de sécurité sociale est remplacé."""
    return _NIR.sub(remplacement, texte)


def nombre(valeur: Decimal | int, locale: str = "fr") -> str:
    """Un nombre sous sa forme la plus courte, avec le vrai signe moins."""
    from babel.numbers import format_decimal

    return format_decimal(valeur + 0, format="#,##0.######", locale=locale).replace("-", "−")


def euros(valeur: Decimal | int, locale: str = "fr") -> str:
    """Un montant en euros ; les centimes seulement s'il y en a."""
    from babel.numbers import format_currency

    entier = Decimal(valeur) == Decimal(valeur).to_integral_value()
    modele = "#,##0 ¤" if entier else "#,##0.00 ¤"
    montant = format_currency(valeur, "EUR", format=modele, locale=locale, currency_digits=False)
    return montant.replace(" €", f"{INSECABLE}€")


def date_courte(jour: date, locale: str = "fr") -> str:
    """Une date à chiffres (10/11/2025)."""
    from babel.dates import format_date

    return format_date(jour, "dd/MM/yyyy" if locale == "fr" else "short", locale=locale)


def date_longue(jour: date, locale: str = "fr") -> str:
    """Une date en toutes lettres (1er novembre 2026)."""
    from babel.dates import format_date

    texte = format_date(jour, "long", locale=locale)
    return f"1er{texte[1:]}" if locale == "fr" and jour.day == 1 else texte


def mois_annee(jour: date, locale: str = "fr") -> str:
    """Le mois et l'année (novembre 2026)."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", jour, locale=locale)


def nom_de_fichier(texte: str) -> str:
    """Un nom de fichier sans accent, sans espace, portable."""
    nu = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", nu.lower()).strip("-")
