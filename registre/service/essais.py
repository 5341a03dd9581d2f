"""Effacer les essais vains « seul à seul » que leur genre ne garde plus : un an, comme le journal d'un poste."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection, Engine, select

from modele.genres import livres
from registre.base.moteur import unite_de_travail
from registre.base.schema import dossier
from registre.service.purge import purger_ici

_GENRE: Final = "essai"
_PAR_PASSAGE: Final = 500


def effacer_les_echus(moteur: Engine, maintenant: datetime) -> int:
    """Efface ici et sur chaque poste les essais reçus il y a un an ou plus ; rend combien."""
    echus = unite_de_travail(moteur, partial(_echus, maintenant=maintenant))
    for territoire, lequel in echus:
        unite_de_travail(moteur, partial(purger_ici, territoire=territoire, lequel=lequel))
    return len(echus)


def _echus(connexion: Connection, maintenant: datetime) -> list[tuple[str, str]]:
    colonnes = dossier.c
    limite = maintenant - livres().du(_GENRE).garde.au_plus
    requete = select(colonnes.territoire, colonnes.id).where(
        colonnes.genre == _GENRE, colonnes.tombe.is_(None), colonnes.recu_le <= limite
    )
    return [(ligne.territoire, ligne.id) for ligne in connexion.execute(requete.limit(_PAR_PASSAGE))]
