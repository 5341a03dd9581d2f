"""Jusqu'où le journal du registre a été lu. Dans la transaction qu'on donne."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from modele.coffre import schema


@dataclass(frozen=True, slots=True)
class Curseur:
    """La dernière séquence appliquée, et la poignée de la base du registre où elle a un sens (vide : aucune encore)."""

    jusque: int = 0
    poignee: str = ""


def lire(connexion: Connection, territoire: str) -> Curseur:
    """Le curseur de ce territoire ; à zéro si rien n'a été lu."""
    table = schema.curseur
    ligne = connexion.execute(select(table).where(table.c.territoire == territoire)).first()
    return Curseur(ligne.jusque, ligne.poignee) if ligne else Curseur()


def poser(connexion: Connection, territoire: str, curseur: Curseur) -> None:
    """Pose le curseur de ce territoire."""
    connexion.execute(
        insert(schema.curseur).prefix_with("OR REPLACE"),
        {"territoire": territoire, "jusque": curseur.jusque, "poignee": curseur.poignee},
    )
