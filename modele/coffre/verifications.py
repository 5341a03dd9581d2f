"""Les lieux de l'annuaire qu'un agent a confirmés : un objet par lieu. Dans la transaction qu'on donne."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, select

from modele.coffre import depot, schema
from modele.coffre.lignes import tenus_du_genre
from modele.dossier.chemins import Document
from modele.dossier.documents import decoder
from modele.droits import Auteur

VERIFICATION: Final = "verification_lieu"
_OBJET: Final = schema.dossier.c
_DERNIERE: Final = (_OBJET.modifie_le, _OBJET.id)


@dataclass(frozen=True, slots=True)
class LieuVerifie:
    """``lieu`` : son identifiant ; ``empreinte`` : ce qui a été confirmé ; ``par`` : qui, ici ou sur un autre poste."""

    territoire: str
    lieu: str
    empreinte: str
    le: date
    par: str


def lues(connexion: Connection) -> list[LieuVerifie]:
    """Toutes, de la plus ancienne à la plus récente ; ce qu'un autre poste a mal écrit n'en est pas."""
    requete = select(_OBJET.document, _OBJET.agent).where(tenus_du_genre(VERIFICATION))
    lus = (_lue(decoder(ligne.document), ligne.agent) for ligne in connexion.execute(requete.order_by(*_DERNIERE)))
    return [une for une in lus if une is not None]


def _lue(document: Document, par: str) -> LieuVerifie | None:
    de, lieu, empreinte, le = (document.get(cle) for cle in ("de", "lieu", "empreinte", "verifie_le"))
    if not (isinstance(de, str) and isinstance(lieu, str) and isinstance(empreinte, str) and isinstance(le, str)):
        return None
    try:
        return LieuVerifie(de, lieu, empreinte, date.fromisoformat(le), par)
    except ValueError:
        return None


def noter(connexion: Connection, territoire: str, lieu: str, empreinte: str, auteur: Auteur, quand: datetime) -> None:
    """Ce lieu est confirmé aujourd'hui, tel qu'il se montre. Lève ``ErreurUtilisateur`` sans le droit."""
    confirme = {"empreinte": empreinte, "verifie_le": quand.date().isoformat()}
    if (deja := _objet(connexion, territoire, lieu)) is not None:
        depot.modifier(connexion, deja, confirme, auteur, quand)
    else:
        depot.creer(connexion, [{"de": territoire, "lieu": lieu, **confirme}], auteur, quand, VERIFICATION)


def _objet(connexion: Connection, territoire: str, lieu: str) -> str | None:
    requete = select(_OBJET.id, _OBJET.document).where(tenus_du_genre(VERIFICATION))
    for ligne in connexion.execute(requete.order_by(_OBJET.id)):
        document = decoder(ligne.document)
        if (document.get("de"), document.get("lieu")) == (territoire, lieu):
            return str(ligne.id)
    return None
