"""Remettre une date à plus tard, avec un motif. Dans la transaction donnée.

Un report reste sur ce poste : ailleurs la date se dit encore, et personne ne la croit faite. Il part avec son dossier,
avec sa date, ou d'un geste.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, delete, insert

from modele.coffre import schema
from modele.coffre.instants import en_utc
from modele.dossier.dates_tenues import DateTenue, Nature, jusqu_ou_reporter
from modele.dossier.formes import contient_nir
from modele.regles.fautes import ErreurUtilisateur

_REPORT: Final = schema.report.c
_VOIES: Final = f"{Nature.VOIE}:%"
SANS_MOTIF: Final = "Écrivez pourquoi cette date est remise à plus tard : qui la reprendra doit le savoir."
NIR: Final = "Un numéro de sécurité sociale ne s'écrit pas dans un motif. Effacez-le."
VENUE: Final = "Cette date est venue : elle ne se reporte plus. Faites-la, ou notez ce qui est venu dans le dossier."
DEPLACER: Final = "Un rendez-vous ne se reporte pas d'ici : déplacez-le depuis son dossier."
DEMAIN: Final = "Choisissez un jour à venir : demain au plus tôt."
TROP_LOIN: Final = "Cette date se reporte au plus jusqu'au {} : après, elle se perdrait."


def reporter(
    connexion: Connection, dossier: str, une: DateTenue, jusqu_au: date, motif: str, agent: str, quand: datetime
) -> None:
    """Cette date ne se dit plus avant ``jusqu_au``, sur ce poste. Lève ``ErreurUtilisateur`` si elle ne peut pas."""
    _exiger(une, jusqu_au, motif.strip(), quand.date())
    valeurs = {"jusqu_au": jusqu_au.isoformat(), "motif": motif.strip(), "agent": agent, "le": en_utc(quand)}
    ligne = {"dossier": dossier, "cle": une.cle, **valeurs}
    connexion.execute(insert(schema.report).prefix_with("OR REPLACE"), ligne)


def annuler(connexion: Connection, dossier: str, cle: str) -> bool:
    """La date se dit de nouveau ; faux si elle n'était pas reportée."""
    return bool(connexion.execute(delete(schema.report).where(_REPORT.dossier == dossier, _REPORT.cle == cle)).rowcount)


def suivre(connexion: Connection, dossier: str, tenues: Collection[str]) -> None:
    """Le document a changé : le motif d'une date qui n'y est plus n'a plus de raison d'être gardé."""
    perdus = (_REPORT.cle.not_in(tenues), _REPORT.cle.not_like(_VOIES))
    connexion.execute(delete(schema.report).where(_REPORT.dossier == dossier, *perdus))


def suivre_les_voies(connexion: Connection, dossier: str, tenues: Collection[str]) -> None:
    """De même, quand un bilan a relu les délais des voies."""
    perdus = (_REPORT.cle.not_in(tenues), _REPORT.cle.like(_VOIES))
    connexion.execute(delete(schema.report).where(_REPORT.dossier == dossier, *perdus))


def _exiger(une: DateTenue, jusqu_au: date, motif: str, jour: date) -> None:
    dernier = jusqu_ou_reporter(une, jour)
    if dernier is None:
        raise ErreurUtilisateur(DEPLACER if une.nature is Nature.RENDEZ_VOUS else VENUE)
    if jusqu_au <= jour:
        raise ErreurUtilisateur(DEMAIN)
    if jusqu_au > dernier:
        raise ErreurUtilisateur(TROP_LOIN.format(f"{dernier:%d/%m/%Y}"))
    if not motif:
        raise ErreurUtilisateur(SANS_MOTIF)
    if contient_nir(motif):
        raise ErreurUtilisateur(NIR)
