"""Ce qui suit le sort d'un dossier : discret s'il l'est, parti s'il part. Dans la transaction qu'on donne."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, func, or_, select, true, update

from modele.coffre import schema
from modele.coffre.lignes import OUVERT
from modele.coffre.regard import visible
from modele.dossier.chemins import Document
from modele.dossier.documents import decoder

_OBJET: Final = schema.dossier.c
_SUIVI: Final = schema.dossier.alias("suivi")


def accorder(connexion: Connection, objets: Collection[str]) -> None:
    """Donne à ceux-ci, et à ceux qui leur sont rattachés, la discrétion du dossier qu'ils suivent.

    Un dossier que ce poste ne tient pas encore est tenu pour discret.
    """
    eux = list(objets)
    du_dossier = select(_SUIVI.c.discret).where(_SUIVI.c.id == _OBJET.rattache).scalar_subquery()
    connexion.execute(
        update(schema.dossier)
        .where(_OBJET.rattache.is_not(None), or_(_OBJET.id.in_(eux), _OBJET.rattache.in_(eux)))
        .values(discret=func.coalesce(du_dossier, true()))
    )


def de(connexion: Connection, dossier: str) -> Sequence[str]:
    """Les objets que ce poste tient et qui suivent ce dossier, du plus ancien au plus récent."""
    requete = select(_OBJET.id).where(_OBJET.rattache == dossier, _OBJET.etat == OUVERT)
    return connexion.scalars(requete.order_by(_OBJET.id)).all()


def documents(connexion: Connection, dossier: str, genre: str) -> list[Document]:
    """Les documents des objets de ce genre qui suivent ce dossier, du plus ancien au plus récent."""
    requete = select(_OBJET.document).where(
        _OBJET.rattache == dossier, _OBJET.genre == genre, _OBJET.etat == OUVERT, visible(_OBJET.id)
    )
    return [decoder(document) for document in connexion.scalars(requete.order_by(_OBJET.id))]


def lier(connexion: Connection, suivis: Mapping[str, str]) -> None:
    """Retient le dossier que chacun de ces objets suit aujourd'hui, tel que le registre le dit."""
    for objet, dossier in suivis.items():
        connexion.execute(update(schema.dossier).where(_OBJET.id == objet).values(rattache=dossier))
    if suivis:
        accorder(connexion, suivis)


def reporter(connexion: Connection, dossier: str, survivant: str) -> None:
    """Ce dossier se fond dans un autre : ce qui le suivait suit désormais celui-là."""
    connexion.execute(update(schema.dossier).where(_OBJET.rattache == dossier).values(rattache=survivant))
    accorder(connexion, [survivant])
