"""Amener la base au schéma de ce registre, ou dire pourquoi elle ne s'ouvre pas."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from modele.regles.fautes import ErreurUtilisateur
from registre.base.moteur import unite_de_travail

SCHEMA_BASE: Final = 11
# Une restauration met l'ancien contenu sous ce nom le temps de lire la sauvegarde.
MIS_DE_COTE: Final = "perron_avant_restauration"


def mettre_a_jour(moteur: Engine, *, restauration: bool = False) -> None:
    """Migre la base si elle est plus ancienne, d'un coup ou pas du tout. ``restauration`` : l'ancienne est à côté.

    Lève ``ErreurUtilisateur`` si elle vient d'un registre plus récent ou d'une restauration coupée.
    """
    migrer = partial(_migrer, restauration=restauration)
    try:
        unite_de_travail(moteur, migrer)
    except (ProgrammingError, IntegrityError):
        # Un autre registre démarre sur la même base et vient de la migrer.
        unite_de_travail(moteur, migrer)


def version(connexion: Connection) -> int:
    """La version du schéma de la base ; 0 si elle est vide."""
    if not inspect(connexion).has_table("alembic_version"):
        return 0
    return int(connexion.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _migrer(connexion: Connection, restauration: bool) -> None:
    actuelle = version(connexion)
    if not restauration and inspect(connexion).has_schema(MIS_DE_COTE):
        raise ErreurUtilisateur(
            "Une restauration de cette base a été interrompue. Relancez « python -m registre restaurer » "
            "avec la même sauvegarde."
        )
    if actuelle > SCHEMA_BASE:
        raise ErreurUtilisateur(
            f"La base vient d'un registre plus récent (schéma {actuelle}, connu {SCHEMA_BASE}). "
            "Mettez le registre à jour sur ce serveur."
        )
    if actuelle < SCHEMA_BASE:
        _monter(connexion)


def _monter(connexion: Connection) -> None:
    # Alembic se charge seulement ici : un registre à jour démarre sans lui.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connexion"] = connexion
    command.upgrade(config, "head")
