"""L'instantané du périmètre d'un poste : un écart avec ce qu'il tient se signale et se relit, sans rien détruire."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection, Engine, select

from modele.dossier.operations import DOSSIER
from modele.protocole.empreintes import empreinte_du_perimetre
from modele.protocole.messages import Empreinte
from registre.base.moteur import lecture
from registre.base.schema import dossier, perimetre, territoire
from registre.service.jetons import Porteur
from registre.service.retours import attendus, retenu


def prendre_l_empreinte(moteur: Engine, porteur: Porteur, genres: bool = True) -> Empreinte:
    """La séquence du territoire, et l'empreinte de ce que le poste tient à cet instant.

    ``genres`` : il connaît d'autres genres que le dossier.
    """
    return lecture(moteur, partial(_prendre, porteur=porteur, genres=genres))


def _prendre(connexion: Connection, porteur: Porteur, genres: bool) -> Empreinte:
    ou = porteur.territoire
    ici = select(territoire.c.seq, attendus(ou).label("absents")).where(territoire.c.territoire == ou)
    courant = connexion.execute(ici).one()
    memes = (dossier.c.territoire == perimetre.c.territoire) & (dossier.c.id == perimetre.c.dossier)
    requete = (
        select(dossier.c.id, dossier.c.version)
        .join_from(perimetre, dossier, memes)
        .where(
            perimetre.c.territoire == ou,
            perimetre.c.poste == porteur.poste,
            perimetre.c.sorti.is_(False),
            dossier.c.tombe.is_(None),
            ~retenu(porteur),
        )
    )
    if not genres:
        requete = requete.where(dossier.c.genre == DOSSIER)
    versions = {ligne.id: ligne.version for ligne in connexion.execute(requete)}
    return Empreinte(courant.seq, len(versions), empreinte_du_perimetre(versions), courant.absents, titres=True)
