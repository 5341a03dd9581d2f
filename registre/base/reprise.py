"""Une base remise d'une sauvegarde : une poignée neuve, d'où elle vient, et tous ses postes attendus."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, literal, select, update
from uuid_utils import uuid7

from registre.base.schema import lignee, poste, territoire


def ouvrir_la_reprise(connexion: Connection, maintenant: datetime) -> None:
    """Chaque territoire change de poignée et retient l'ancienne ; chaque poste doit revenir dire ce qu'il tient."""
    colonnes = ["territoire", "poignee", "sequence", "remise_le"]
    d_ici = select(territoire.c.territoire, territoire.c.poignee, territoire.c.seq, literal(maintenant))
    connexion.execute(insert(lignee).from_select(colonnes, d_ici))
    for lequel in connexion.execute(select(territoire.c.territoire)).scalars().all():
        neuve = update(territoire).where(territoire.c.territoire == lequel)
        connexion.execute(neuve.values(poignee=str(uuid7())))
    connexion.execute(update(poste).values(absent=True, attendu=True))
