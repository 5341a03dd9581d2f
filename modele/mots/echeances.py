"""Dire une échéance : sa date, ou le délai et d'où il part."""

from __future__ import annotations

from typing import Final

from modele.mots.ecriture import dire_date, minuscule
from modele.mots.phrases import Mots, mots
from modele.orientation.resultat import Echeance

_SEMAINE: Final = 7


def dire_echeance(echeance: Echeance, phrases: Mots | None = None) -> str:
    """« 10/11/2025 » ; sans date, son énoncé. ``phrases`` : celles d'une langue, le français à défaut."""
    phrases = phrases or mots()
    return dire_date(echeance.le, phrases.langue) if echeance.le else enoncer(echeance, phrases)


def enoncer(echeance: Echeance, phrases: Mots | None = None) -> str:
    """« 2 mois à compter de : réception du dossier », « à la date : … », « le jour même »."""
    phrases = phrases or mots()
    delai = _delai(echeance, phrases)
    if not echeance.depuis:
        return delai or phrases("delai.le_jour_meme")
    depart = minuscule(echeance.depuis)
    return phrases("delai.depuis", delai=delai, depart=depart) if delai else phrases("delai.date", depart=depart)


def _delai(echeance: Echeance, phrases: Mots) -> str:
    mois = _compter("mois", echeance.mois, phrases) if echeance.mois else ""
    jours = _jours(echeance.jours, phrases) if echeance.jours else ""
    return phrases("delai.et", mois=mois, jours=jours) if mois and jours else mois or jours


def _jours(jours: int, phrases: Mots) -> str:
    """Des semaines entières se disent en semaines, comme dans les textes."""
    entieres = jours >= 2 * _SEMAINE and jours % _SEMAINE == 0
    return _compter("semaines", jours // _SEMAINE, phrases) if entieres else _compter("jours", jours, phrases)


def _compter(unite: str, nombre: int, phrases: Mots) -> str:
    return phrases(f"delai.{'un_' if nombre == 1 else ''}{unite}", n=nombre)
