"""Amener une base au schéma de ce Perron, ou dire pourquoi elle ne s'ouvre pas."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from modele.coffre import copies, index
from modele.coffre.base import Base
from modele.coffre.enveloppes import chemin_du_trousseau
from modele.coffre.fichiers import ecrire_durable, remplacer
from modele.coffre.index import refaire_les_portes
from modele.coffre.nue import ABIME
from modele.regles.fautes import ErreurUtilisateur

SCHEMA_BASE: Final = 18
_INDEX: Final = 10
"""Le dernier schéma où ce que l'index garde d'une personne a changé."""


def mettre_a_jour(base: Base, neuve: bool = False) -> None:
    """Migre la base si elle est plus ancienne, après en avoir gardé une copie à côté.

    ``neuve`` : la base vient d'être créée, il n'y a rien à garder. Lève ``ErreurUtilisateur`` si elle est vide
    sans être neuve, plus récente que ce Perron, ou si la migration échoue (elle reste alors comme elle était).
    """
    with base.lecture() as connexion:
        lue, vide = version(connexion), _est_vide(connexion)
    if vide and not neuve:
        # Un fichier vidé par une panne s'ouvrirait comme une base neuve, et cacherait la perte.
        raise ErreurUtilisateur(ABIME.format(base.chemin))
    if lue > SCHEMA_BASE:
        raise ErreurUtilisateur(
            f"Le coffre {base.chemin} vient d'une version plus récente de Perron (schéma {lue}, "
            f"connu {SCHEMA_BASE}). Mettez Perron à jour sur ce poste."
        )
    if lue < SCHEMA_BASE:
        copie = None if neuve else _sauvegarder(base, lue)
        _migrer(base, copie, refaire_l_index=lue < _INDEX and not neuve)


def version(connexion: Connection) -> int:
    """Le schéma de cette base ; 0 si elle n'en dit pas."""
    if not _tables(connexion, "= 'alembic_version'"):
        return 0
    return int(connexion.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def _est_vide(connexion: Connection) -> bool:
    return not _tables(connexion, "<> 'alembic_version'")


def _tables(connexion: Connection, lesquelles: str) -> int:
    requete = f"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name {lesquelles}"
    return int(connexion.exec_driver_sql(requete).scalar_one())


def _sauvegarder(base: Base, lue: int) -> Path:
    copie = base.chemin.with_name(f"{base.chemin.name}.schema-{lue}")
    temporaire = copie.with_name(copie.name + ".ecriture")
    with copies.rien_laisser(temporaire):
        base.copier(temporaire)
        trousseau = chemin_du_trousseau(base.chemin)
        if trousseau.exists():
            ecrire_durable(chemin_du_trousseau(copie), trousseau.read_bytes())
        remplacer(temporaire, copie)
    return copie


def _migrer(base: Base, copie: Path | None, refaire_l_index: bool) -> None:
    # Alembic se charge seulement ici : un coffre à jour s'ouvre sans lui.
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.exc import DBAPIError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    try:
        with base.ecriture() as connexion:
            config.attributes["connexion"] = connexion
            command.upgrade(config, "head")
            if refaire_l_index:
                index.refaire(connexion)
            else:
                index.refaire_les_rappels(connexion)
            # Leur forme a changé au schéma 9 ; elles se refont des documents, et il y en a peu.
            refaire_les_portes(connexion)
    except DBAPIError as panne:
        raise ErreurUtilisateur(
            f"Le coffre {base.chemin} n'a pas pu passer à la version de ce Perron ; il est resté comme il était "
            f"(copie : {copie}). Gardez-le et prévenez l'assistance."
        ) from panne
