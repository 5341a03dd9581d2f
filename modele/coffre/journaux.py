"""Les petites tables : brouillons, accès, réglages, listes. Dans la transaction qu'on leur donne."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select
from uuid_utils import uuid7

from modele.coffre import schema
from modele.coffre.instants import en_utc
from modele.coffre.lignes import OUVERT
from modele.dossier.acces import Acces


def garder_brouillon(connexion: Connection, dossier: str, chemin: str, texte: str, quand: datetime) -> None:
    """Garde, ou remplace, le texte en cours d'un champ."""
    connexion.execute(
        insert(schema.brouillon).prefix_with("OR REPLACE"),
        {"dossier": dossier, "chemin": chemin, "texte": texte, "quand": en_utc(quand)},
    )


def brouillons(connexion: Connection, dossier: str) -> Sequence[Row[Any]]:
    """Les brouillons d'un dossier, du plus ancien au plus récent."""
    table = schema.brouillon
    return connexion.execute(select(table).where(table.c.dossier == dossier).order_by(table.c.quand)).all()


def reprises(connexion: Connection) -> Sequence[Row[Any]]:
    """Les brouillons de tous les dossiers avec la ligne de leur dossier, le plus récent d'abord."""
    colonnes = schema.brouillon.c
    return connexion.execute(
        select(schema.dossier, colonnes.chemin, colonnes.texte, colonnes.quand)
        .join(schema.brouillon)
        .where(schema.dossier.c.etat == OUVERT)
        .order_by(colonnes.quand.desc())
    ).all()


def recents(connexion: Connection, limite: int) -> Sequence[Row[Any]]:
    """Les derniers dossiers modifiés."""
    table = schema.dossier
    ouverts = select(table).where(table.c.etat == OUVERT)
    return connexion.execute(ouverts.order_by(table.c.modifie_le.desc()).limit(limite)).all()


def compter(connexion: Connection) -> int:
    """Le nombre de dossiers que ce poste tient."""
    return connexion.execute(select(func.count()).where(schema.dossier.c.etat == OUVERT)).scalar_one()


def noter(connexion: Connection, agent: str, quand: datetime, acces: Acces, dossier: str | None) -> None:
    """Ajoute une ligne au journal des accès."""
    connexion.execute(
        insert(schema.acces),
        {"id": str(uuid7()), "agent": agent, "quand": en_utc(quand), "action": acces.ecrire(), "dossier": dossier},
    )


def acces(connexion: Connection, dossier: str | None) -> Sequence[Row[Any]]:
    """Le journal des accès, du plus ancien au plus récent."""
    requete = select(schema.acces).order_by(schema.acces.c.quand, schema.acces.c.id)
    return connexion.execute(requete if dossier is None else requete.where(schema.acces.c.dossier == dossier)).all()


def reglage(connexion: Connection, cle: str, defaut: str = "") -> str:
    """La valeur d'un réglage."""
    table = schema.reglage
    trouve = connexion.execute(select(table.c.valeur).where(table.c.cle == cle)).scalar()
    return defaut if trouve is None else trouve


def reglages(connexion: Connection, prefixe: str) -> dict[str, str]:
    """Les réglages dont la clé commence ainsi."""
    table = schema.reglage
    requete = select(table).where(table.c.cle.startswith(prefixe, autoescape=True))
    return {ligne.cle: ligne.valeur for ligne in connexion.execute(requete)}


def regler(connexion: Connection, cle: str, valeur: str) -> None:
    """Pose un réglage."""
    connexion.execute(insert(schema.reglage).prefix_with("OR REPLACE"), {"cle": cle, "valeur": valeur})
