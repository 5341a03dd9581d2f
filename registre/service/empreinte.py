"""L'instantané du périmètre d'un poste : un écart avec ce qu'il tient se signale et se relit, sans rien détruire."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection, Engine, select

from modele.protocole.empreintes import empreinte_du_perimetre
from modele.protocole.messages import Empreinte
from registre.base.moteur import lecture
from registre.base.schema import dossier, perimetre, territoire
from registre.service.jetons import Porteur
from registre.service.retours import attendus


def prendre_l_empreinte(moteur: Engine, porteur: Porteur) -> Empreinte:
    """La séquence du territoire, et l'empreinte des dossiers que le poste tient à cet instant."""
    return lecture(moteur, partial(_prendre, porteur=porteur))


def _prendre(connexion: Connection, porteur: Porteur) -> Empreinte:
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
        )
    )
    versions = {ligne.id: ligne.version for ligne in connexion.execute(requete)}
    return Empreinte(courant.seq, len(versions), empreinte_du_perimetre(versions), courant.absents)
