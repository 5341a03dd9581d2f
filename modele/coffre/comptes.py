"""Les comptes des agents de ce poste, tels que la base les garde. Dans la transaction qu'on donne, sans juger du droit.

Le trousseau dit qui a un mot de passe ; ici, qui a un compte, ouvert ou fermé, et quels rôles. Un compte ne s'efface
jamais et son nom ne resert pas : « qui a fait quoi » reste clair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select

from modele.coffre import etats_de_compte, schema
from modele.coffre.instants import en_utc
from modele.genres import livres
from modele.regles.fautes import ErreurUtilisateur

_TABLE: Final = schema.compte.c
_SANS_COMPTE: Final = (
    "« {} » n'a pas de compte sur ce poste. Demandez à un administrateur d'en ouvrir un : menu de l'agent, « Agents »."
)
_FERME: Final = "Le compte de {} est fermé. Un administrateur de ce poste peut le rouvrir, avec le code de secours."
_FERME_AU_REGISTRE: Final = "Le compte de {} est fermé au registre. Voyez la personne qui administre le registre."


class Fermeture(StrEnum):
    """Pourquoi un compte est fermé ; la valeur est celle que la base garde."""

    DECIDEE = "decidee"
    """Un administrateur du poste l'a fermé."""
    AU_REGISTRE = "au registre"
    """Qui administre le registre l'a fermé, et peut seul lever cette fermeture."""


@dataclass(frozen=True, slots=True)
class CompteAgent:
    """Un agent du poste. ``nom`` : celui qui signe, et qui ne change plus. ``raison`` vide : le compte est ouvert.

    ``provisoire`` : quelqu'un d'autre connaît son mot de passe.
    """

    nom: str
    prenom: str
    service: str
    roles: tuple[str, ...]
    ouvert_le: datetime
    raison: str = ""
    ferme_le: datetime | None = None
    provisoire: bool = False

    @property
    def ouvert(self) -> bool:
        """Vrai s'il peut servir."""
        return not self.raison

    @property
    def administre(self) -> bool:
        """Vrai s'il tient les comptes du poste."""
        return self.ouvert and not set(self.roles).isdisjoint(livres().droits.tiennent_les_comptes)

    @property
    def signature(self) -> str:
        """Ce qu'un papier dit de lui : service et prénom ; vide si aucun n'est connu."""
        return ", ".join(mot for mot in (self.service, self.prenom) if mot)


def trouver(connexion: Connection, nom: str) -> CompteAgent | None:
    """Le compte de ce nom, ouvert ou fermé."""
    ligne = connexion.execute(select(schema.compte).where(_TABLE.nom == nom)).first()
    return None if ligne is None else _lire(ligne)


def tous(connexion: Connection) -> list[CompteAgent]:
    """Tous les comptes : les ouverts d'abord, puis par nom."""
    requete = select(schema.compte).order_by(_TABLE.raison != "", func.lower(_TABLE.nom))
    return [_lire(ligne) for ligne in connexion.execute(requete)]


def partis(connexion: Connection) -> list[str]:
    """Les noms dont le compte est fermé : qui d'autre doit répondre de ce qu'ils suivaient."""
    return list(connexion.scalars(select(_TABLE.nom).where(_TABLE.raison != "").order_by(_TABLE.nom)))


def poser(connexion: Connection, compte: CompteAgent, quand: datetime) -> None:
    """Écrit ce compte, neuf ou changé, et ce qu'il est désormais."""
    etats_de_compte.noter(connexion, compte.nom, compte.roles, not compte.ouvert, quand)
    connexion.execute(
        insert(schema.compte).prefix_with("OR REPLACE"),
        {
            "nom": compte.nom,
            "prenom": compte.prenom,
            "service": compte.service,
            "roles": " ".join(compte.roles),
            "raison": compte.raison,
            "provisoire": compte.provisoire,
            "ouvert_le": en_utc(compte.ouvert_le),
            "ferme_le": None if compte.ferme_le is None else en_utc(compte.ferme_le),
        },
    )


def exiger_ouvert(connexion: Connection, nom: str) -> CompteAgent:
    """Le compte de cet agent. Lève ``ErreurUtilisateur`` : il n'en a pas, ou il est fermé."""
    compte = trouver(connexion, nom)
    if compte is None:
        raise ErreurUtilisateur(_SANS_COMPTE.format(nom))
    if not compte.ouvert:
        au_registre = compte.raison == Fermeture.AU_REGISTRE
        raise ErreurUtilisateur((_FERME_AU_REGISTRE if au_registre else _FERME).format(nom))
    return compte


def adopter(connexion: Connection, agents: Sequence[str], quand: datetime) -> None:
    """Un coffre neuf, ou d'avant les comptes : chaque agent du trousseau en reçoit un, avec ce qu'il pouvait déjà.

    Le premier tient aussi les comptes. Sans effet dès qu'il y en a un.
    """
    etats_de_compte.completer(connexion)
    if connexion.execute(select(_TABLE.nom).limit(1)).first() is not None:
        return
    droits = livres().droits
    for rang, nom in enumerate(agents):
        roles = (*droits.sans_registre, *(() if rang else droits.tiennent_les_comptes))
        poser(connexion, CompteAgent(nom, "", "", roles, quand), quand)


def _lire(ligne: Row[Any]) -> CompteAgent:
    return CompteAgent(
        ligne.nom,
        ligne.prenom,
        ligne.service,
        tuple(ligne.roles.split()),
        datetime.fromisoformat(ligne.ouvert_le),
        ligne.raison,
        None if ligne.ferme_le is None else datetime.fromisoformat(ligne.ferme_le),
        ligne.provisoire,
    )
