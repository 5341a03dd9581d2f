"""Le calendrier annuel d'un bailleur : chaque acte, son jour, et s'il faut s'en inquiéter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from modele.attributions.droit import droit
from modele.attributions.notions import Rendez


class Alerte(StrEnum):
    """Où en est un acte à une date."""

    FAIT = "fait"
    PASSE = "passe"
    PROCHE = "proche"
    A_VENIR = "a_venir"
    SANS_JOUR = "sans_jour"


@dataclass(frozen=True, slots=True)
class ActeAnnuel:
    """``le`` : son jour (ou celui avant lequel il se fait), ``None`` si le texte n'en donne pas. ``annee_rendue`` :
    celle sur laquelle il porte.
    """

    rendez: Rendez
    le: date | None
    annee_rendue: int
    alerte: Alerte


def calendrier(annee: int, le: date, faits: Collection[str] = ()) -> tuple[ActeAnnuel, ...]:
    """Les actes de cette année vus de ``le``, par date ; ``faits`` : ceux qu'on sait faits. Sans jour, en dernier."""
    actes = [_acte(un, annee, le, un.id in faits) for un in droit().calendrier]
    return tuple(sorted(actes, key=lambda un: un.le or date.max))


def _acte(un: Rendez, annee: int, le: date, fait: bool) -> ActeAnnuel:
    jour = date(annee, un.mois, un.jour) if un.mois else None
    return ActeAnnuel(un, jour, annee + un.sur, Alerte.FAIT if fait else _alerte(un, jour, le))


def _alerte(un: Rendez, jour: date | None, le: date) -> Alerte:
    if jour is None:
        return Alerte.SANS_JOUR
    if le > jour or (un.avant and le == jour):
        return Alerte.PASSE
    return Alerte.PROCHE if le >= jour - timedelta(days=droit().prevenir_jours) else Alerte.A_VENIR
