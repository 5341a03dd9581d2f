"""Le calendrier du droit, recompté sans rien emprunter au produit : mois, jours, fériés, délai franc."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from hypothesis import strategies as st

# N'importe quel jour, et plus souvent une fin de mois.
DATES = st.dates(date(2008, 1, 1), date(2099, 12, 31)) | st.builds(
    lambda annee, rang: date(annee, rang, monthrange(annee, rang)[1]), st.integers(2008, 2099), st.integers(1, 12)
)


def mois(depart: date, n: int) -> date:
    """Le même quantième, ou le dernier jour du mois (fin de mois tronquée) ; négatif, il remonte."""
    annee, rang = divmod(depart.year * 12 + depart.month - 1 + n, 12)
    return date(annee, rang + 1, min(depart.day, monthrange(annee, rang + 1)[1]))


def jours(depart: date, n: int) -> date:
    return date.fromordinal(depart.toordinal() + n)


def paques(annee: int) -> date:
    """Algorithme de Meeus."""
    a, (b, c) = annee % 19, divmod(annee, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    rang, jour = divmod(h + k - 7 * m + 114, 31)
    return date(annee, rang, jour + 1)


def ouvrable(jour: date) -> date:
    """Ni samedi, ni dimanche, ni férié (C. trav. L3133-1)."""
    fixes = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    while True:
        mobiles = {jours(paques(jour.year), n) for n in (1, 39, 50)}
        if jour.weekday() < 5 and (jour.month, jour.day) not in fixes and jour not in mobiles:
            return jour
        jour = jours(jour, 1)


def franc(jour: date) -> date:
    """Délai franc, reporté au premier jour ouvrable : la lecture la plus tardive."""
    return ouvrable(jours(jour, 1))
