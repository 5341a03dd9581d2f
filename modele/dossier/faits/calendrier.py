"""Compter des mois entre deux dates : fin de mois tronquée, jamais en jours."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MOIS_PAR_AN = 12


def ajouter_mois(depart: date, mois: int) -> date:
    """``depart`` plus ``mois`` mois ; le 31 janvier plus un mois est le dernier jour de février.

    Hors du calendrier, rend sa première ou sa dernière date.
    """
    annee, rang = divmod(depart.year * MOIS_PAR_AN + depart.month - 1 + mois, MOIS_PAR_AN)
    if annee < date.min.year:
        return date.min
    if annee > date.max.year:
        return date.max
    return date(annee, rang + 1, min(depart.day, monthrange(annee, rang + 1)[1]))


def mois_revolus(depuis: date, jusqua: date) -> int:
    """Le plus grand nombre de mois entiers écoulés de ``depuis`` à ``jusqua`` ; 0 le jour même et avant."""
    mois = (jusqua.year - depuis.year) * MOIS_PAR_AN + jusqua.month - depuis.month
    if ajouter_mois(depuis, mois) > jusqua:
        mois -= 1
    return max(0, mois)


def mois_entames(depuis: date, jusqua: date) -> int:
    """Les mois révolus, plus un s'il reste au moins un jour."""
    revolus = mois_revolus(depuis, jusqua)
    return revolus + (ajouter_mois(depuis, revolus) < jusqua)


def annees_revolues(depuis: date, jusqua: date) -> int:
    """Les années entières écoulées : l'âge, pour une date de naissance."""
    return mois_revolus(depuis, jusqua) // MOIS_PAR_AN


def depasse(depuis: date, mois: int, jour: date) -> bool:
    """Vrai si ``jour`` tombe après ``depuis`` plus ``mois`` mois : « plus de N mois » est un dépassement de date."""
    return jour > ajouter_mois(depuis, mois)
