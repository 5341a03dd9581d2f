"""Ce que fait l'administrateur, depuis le serveur seulement : territoires, guichets, codes, postes, révocations."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.dialects import postgresql
from uuid_utils import uuid7

from modele.genres import livres
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import vouliez_vous
from registre.base.moteur import lecture, unite_de_travail
from registre.base.schema import code_enrolement, guichet, poste, territoire
from registre.service.cles import creer_cles
from registre.service.codes import nouveau_code, relire_code
from registre.service.fin_de_reprise import finir_la_reprise
from registre.service.jetons import empreinte_de

_IDENTIFIANT: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Poste:
    """Un poste enrôlé, pour l'administrateur. ``attendu`` : n'a pas tout renvoyé depuis une restauration."""

    id: str
    nom: str
    guichet: str
    roles: tuple[str, ...]
    enrole_le: datetime
    revoque_le: datetime | None
    attendu: bool = False


def creer_territoire(moteur: Engine, nom: str, libelle: str, maintenant: datetime) -> bool:
    """Crée un territoire et ses clés ; faux s'il existait déjà. Lève ``ErreurUtilisateur`` si le nom ne va pas."""
    exiger_identifiant(nom, "territoire")
    return unite_de_travail(moteur, partial(_creer_territoire, nom=nom, libelle=libelle, maintenant=maintenant))


def creer_guichet(moteur: Engine, ou: str, nom: str, libelle: str) -> bool:
    """Crée un guichet ; faux s'il existait déjà. Lève ``ErreurUtilisateur`` : nom, territoire inconnu."""
    exiger_identifiant(nom, "guichet")
    return unite_de_travail(moteur, partial(_creer_guichet, ou=ou, nom=nom, libelle=libelle))


def creer_code(
    moteur: Engine, ou: str, du_guichet: str, roles: Collection[str], duree: timedelta, maintenant: datetime
) -> str:
    """Un code d'enrôlement, qu'on ne pourra plus relire. Lève ``ErreurUtilisateur`` : territoire, guichet, rôle."""
    _exiger_des_roles(roles)
    code = nouveau_code(ou)
    ligne = {
        "territoire": ou,
        "empreinte": empreinte_de(relire_code(code)[1]),
        "guichet": du_guichet,
        "roles": [role for role in livres().droits.enrolables if role in roles],
        "expire_le": maintenant + duree,
    }

    def poser(connexion: Connection) -> None:
        _exiger(du_guichet, _guichets(connexion, ou), "guichet", "creer-guichet")
        connexion.execute(insert(code_enrolement).values(ligne))

    unite_de_travail(moteur, poser)
    return code


def postes(moteur: Engine, ou: str) -> list[Poste]:
    """Les postes enrôlés, du plus ancien au plus récent. Lève ``ErreurUtilisateur`` : territoire inconnu."""
    return lecture(moteur, partial(_postes, ou=ou))


def exiger_poste(moteur: Engine, ou: str, lequel: str) -> None:
    """Lève ``ErreurUtilisateur`` si ce poste n'a jamais été enrôlé."""
    _exiger(lequel, [un.id for un in postes(moteur, ou)], "poste", "postes")


def revoquer(moteur: Engine, ou: str, lequel: str, maintenant: datetime) -> Poste:
    """Ferme le registre à un poste, dès maintenant et pour toujours. Lève ``ErreurUtilisateur`` s'il n'existe pas."""

    def fermer(connexion: Connection) -> Poste:
        qui = (poste.c.territoire == ou, poste.c.id == lequel, poste.c.revoque_le.is_(None))
        fermes = update(poste).where(*qui).values(revoque_le=maintenant).returning(poste.c.attendu)
        if connexion.execute(fermes).scalar_one_or_none():
            finir_la_reprise(connexion, ou)
        connus = {un.id: un for un in _postes(connexion, ou)}
        _exiger(lequel, list(connus), "poste", "postes")
        return connus[lequel]

    return unite_de_travail(moteur, fermer)


def territoires(moteur: Engine) -> list[str]:
    """Les territoires tenus, dans l'ordre de leur nom."""
    return lecture(moteur, _territoires)


def exiger_territoire(connexion: Connection, nom: str) -> None:
    """Lève ``ErreurUtilisateur`` si ce registre ne tient pas ce territoire."""
    _exiger(nom, _territoires(connexion), "territoire", "creer-territoire")


def _creer_territoire(connexion: Connection, nom: str, libelle: str, maintenant: datetime) -> bool:
    pose = postgresql.insert(territoire).values(
        territoire=nom, nom=libelle, seq=0, poignee=str(uuid7()), cree_le=maintenant
    )
    neuf = connexion.execute(pose.on_conflict_do_nothing().returning(territoire.c.nom)).one_or_none() is not None
    if neuf:
        creer_cles(connexion, nom)
    return neuf


def _creer_guichet(connexion: Connection, ou: str, nom: str, libelle: str) -> bool:
    exiger_territoire(connexion, ou)
    pose = postgresql.insert(guichet).values(territoire=ou, id=nom, nom=libelle)
    return connexion.execute(pose.on_conflict_do_nothing().returning(guichet.c.id)).one_or_none() is not None


def _postes(connexion: Connection, ou: str) -> list[Poste]:
    exiger_territoire(connexion, ou)
    requete = select(poste).where(poste.c.territoire == ou).order_by(poste.c.enrole_le, poste.c.id)
    return [
        Poste(un.id, un.nom, un.guichet, tuple(un.roles), un.enrole_le, un.revoque_le, un.attendu)
        for un in connexion.execute(requete)
    ]


def _territoires(connexion: Connection) -> list[str]:
    return list(connexion.execute(select(territoire.c.territoire).order_by(territoire.c.territoire)).scalars())


def _guichets(connexion: Connection, ou: str) -> list[str]:
    exiger_territoire(connexion, ou)
    return list(connexion.execute(select(guichet.c.id).where(guichet.c.territoire == ou)).scalars())


def _exiger(nom: str, connus: Sequence[str], quoi: str, commande: str) -> None:
    if nom not in connus:
        raise ErreurUtilisateur(
            f"Ce registre n'a pas de {quoi} « {nom} »{vouliez_vous(nom, connus) or '.'} (Voir la commande {commande}.)"
        )


def _exiger_des_roles(roles: Collection[str]) -> None:
    """Un rôle sans aucun droit, ou aucun rôle, ferait un poste qui n'ouvre rien."""
    enrolables = livres().droits.enrolables
    for role in roles:
        if role not in enrolables:
            raise ErreurUtilisateur(f"Rôle inconnu : {role}. Les rôles sont : {', '.join(enrolables)}.")
    if not roles:
        raise ErreurUtilisateur(f"Donnez au moins un rôle à ce poste : {', '.join(enrolables)}.")


def exiger_identifiant(nom: str, quoi: str) -> None:
    """Lève ``ErreurUtilisateur`` si ``nom`` ne peut pas nommer un ``quoi``."""
    if not _IDENTIFIANT.fullmatch(nom):
        raise ErreurUtilisateur(
            f"« {nom} » ne convient pas pour un {quoi} : minuscules sans accent, chiffres et tirets, 64 signes au plus."
        )
