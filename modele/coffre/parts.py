"""Les parts d'avance : le registre les tient déjà, une copie du second endroit se scelle dès qu'elle est faite.

Une part ne sert qu'une fois, et s'oublie : seul le registre la garde, trente jours.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection

from modele.coffre import copies, journaux
from modele.coffre.enveloppes import Part

FRAICHE: Final = timedelta(days=7)
"""Prise plus tôt, elle ne laisserait pas vivre la copie assez : le registre compte depuis ce jour-là."""
_AU_PLUS: Final = 12
_REGLAGE: Final = "copies.parts"


def voulues(coffre: Path) -> int:
    """Combien il en faut : une par copie à sceller, une pour la prochaine ; rien sans second endroit.

    Lit le second endroit, un partage peut-être lent : jamais une transaction ouverte.
    """
    return min(_AU_PLUS, 1 + len(copies.a_sceller(coffre))) if copies.second_endroit(coffre) else 0


def manquantes(connexion: Connection, voulues: int, quand: datetime) -> int:
    """Combien en demander au registre pour en avoir ``voulues``."""
    return max(0, voulues - len(_lire(connexion, quand)))


def garder(connexion: Connection, part: Part, quand: datetime) -> None:
    """Une part de plus, que le registre tient."""
    _ecrire(connexion, [*_lire(connexion, quand), part])


def prendre(connexion: Connection, quand: datetime) -> Part | None:
    """La plus récente, qui n'est plus à prendre ; rien s'il n'en reste pas."""
    restent = sorted(_lire(connexion, quand), key=lambda une: une.le)
    prise = restent.pop() if restent else None
    _ecrire(connexion, restent)
    return prise


def _lire(connexion: Connection, quand: datetime) -> list[Part]:
    ecrites = journaux.reglage(connexion, _REGLAGE)
    lues = msgspec.json.decode(ecrites, type=list[Part]) if ecrites else []
    return [une for une in lues if abs(quand - une.le) < FRAICHE]


def _ecrire(connexion: Connection, parts: list[Part]) -> None:
    journaux.regler(connexion, _REGLAGE, msgspec.json.encode(parts).decode())
