"""Rejouer, dans une base restaurée, ce qui a été effacé depuis la sauvegarde : un effacement ne se défait pas."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql

from modele.dossier.operations import DOSSIER
from registre.base.schema import dossier
from registre.service.purge import purger_ici
from registre.service.tenus import PURGE, verrouiller


def effacer_de_nouveau(
    connexion: Connection, ou: str, lequel: str, place: tuple[str, str], maintenant: datetime
) -> None:
    """Efface ce dossier, que la base perdue avait effacé ; inconnu d'elle, il en reste de quoi ne pas ressusciter.

    ``place`` : le poste et le guichet à qui il était.
    """
    tenu = verrouiller(connexion, ou, [lequel]).get(lequel)
    if tenu is not None:
        if not tenu.tombe:
            purger_ici(connexion, ou, lequel)
        return
    marque = {
        "territoire": ou,
        "id": lequel,
        "version": 0,
        "sequence": 0,
        "discret": False,
        "tombe": PURGE,
        "poste": place[0],
        "guichet": place[1],
        "recu_le": maintenant,
        "genre": DOSSIER,
    }
    connexion.execute(postgresql.insert(dossier).values(marque).on_conflict_do_nothing())
