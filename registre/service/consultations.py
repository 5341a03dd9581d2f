"""Le journal des accès : qui a lu quoi, quand, par quel geste. Aucun contenu n'y entre."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Engine, Select, insert, or_, select
from uuid_utils import uuid7

from modele.dossier.acces import Acces
from modele.protocole.messages import Consultation
from registre.base.moteur import unite_de_travail
from registre.base.schema import consultation, perimetre, poste
from registre.service.ecartes import caches
from registre.service.jetons import Porteur
from registre.service.refus import refuser

AU_PLUS: Final = 500
AGENT_AU_PLUS: Final = 120


def noter(
    connexion: Connection,
    porteur: Porteur,
    agent: str,
    acces: Acces,
    dossiers: Sequence[str],
    maintenant: datetime,
    *,
    motif: str = "",
) -> None:
    """Garde la trace d'une lecture, dans la transaction qui lit ; rien si elle n'a rendu aucun dossier."""
    if dossiers:
        ligne = {
            "territoire": porteur.territoire,
            "id": str(uuid7()),
            "poste": porteur.poste,
            "agent": nom_d_agent(agent),
            "quand": maintenant,
            "action": acces.ecrire(motif),
            "dossiers": list(dossiers),
        }
        connexion.execute(insert(consultation).values(ligne))


def nom_d_agent(dit: str) -> str:
    """Le nom d'agent tel qu'il se garde : le poste le dit, le registre le borne et n'en garde que ce qui s'imprime."""
    return "".join(signe if signe.isprintable() else " " for signe in dit[:AGENT_AU_PLUS]).strip()


def consultations(
    moteur: Engine, porteur: Porteur, dossier: str, agent: str, maintenant: datetime, limite: int = AU_PLUS
) -> list[Consultation]:
    """Les dernières lectures d'un dossier, la plus récente d'abord ; cette lecture-ci s'y ajoute ensuite.

    Les recherches d'un autre poste n'en sont pas : l'administrateur les garde, mais elles diraient, à qui tient le
    dossier du foyer, à quel guichet et quel jour s'est présentée une personne qui le quitte, avant que la discrétion ne
    soit posée.

    Lève ``Refuse`` si le poste ne tient pas ce dossier : le même refus que s'il n'existait pas.
    """
    return unite_de_travail(
        moteur,
        partial(_relire, porteur=porteur, dossier=dossier, agent=agent, maintenant=maintenant, limite=limite),
    )


def _relire(
    connexion: Connection, porteur: Porteur, dossier: str, agent: str, maintenant: datetime, limite: int
) -> list[Consultation]:
    tenu = connexion.execute(select(perimetre.c.dossier).where(*_tenu(porteur, dossier))).one_or_none()
    if tenu is None or caches(connexion, porteur, [dossier], agent):
        raise refuser(404, "dossier_inconnu", "Ce poste ne tient pas ce dossier.")
    lignes = connexion.execute(_lectures(porteur, dossier).limit(limite))
    lues = [Consultation(ligne.agent, ligne.nom or ligne.poste, ligne.quand, ligne.action) for ligne in lignes]
    noter(connexion, porteur, agent, Acces.CONSULTATIONS, [dossier], maintenant)
    return lues


def _tenu(porteur: Porteur, dossier: str) -> tuple[ColumnElement[bool], ...]:
    return (
        perimetre.c.territoire == porteur.territoire,
        perimetre.c.poste == porteur.poste,
        perimetre.c.dossier == dossier,
        perimetre.c.sorti.is_(False),
    )


def _lectures(porteur: Porteur, dossier: str) -> Select[Any]:
    du_poste = (poste.c.territoire == consultation.c.territoire) & (poste.c.id == consultation.c.poste)
    return (
        select(consultation.c.agent, consultation.c.poste, poste.c.nom, consultation.c.quand, consultation.c.action)
        .outerjoin(poste, du_poste)
        .where(
            consultation.c.territoire == porteur.territoire,
            consultation.c.dossiers.any_() == dossier,
            or_(consultation.c.action != Acces.DOUBLONS.ecrire(), consultation.c.poste == porteur.poste),
        )
        .order_by(consultation.c.quand.desc(), consultation.c.id.desc())
    )
