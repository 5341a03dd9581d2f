"""Quelle demande est « C-01 » dans une séance, et qui la voit : l'objet rattaché le dit. Dans la transaction donnée."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from modele.coffre import depot, schema
from modele.coffre.gardes import CANDIDAT, SEANCE
from modele.coffre.lignes import ouvert, tenus_du_genre
from modele.coffre.regard import visible, voit
from modele.dossier.chemins import ABSENT, lire
from modele.dossier.documents import decoder
from modele.dossier.operations import DOSSIER
from modele.droits import Auteur
from modele.protection.referents import meme_agent
from modele.regles.fautes import ErreurUtilisateur
from modele.seance.gardee import SeanceGardee, relire

_OBJET: Final = schema.dossier.c
_NUMERO: Final = "demande.numero_unique"
_ABSENTE: Final = "Cette demande n'est plus sur ce poste. Relisez le classement."


def gardees(connexion: Connection, lequel: str = "") -> list[SeanceGardee]:
    """Les séances que ce poste tient, de la plus ancienne à la plus récente ; ``lequel`` : celle-là seule."""
    requete = select(_OBJET.document, _OBJET.agent).where(tenus_du_genre(SEANCE), visible(_OBJET.id))
    if lequel:
        requete = requete.where(_OBJET.id == lequel)
    lignes = connexion.execute(requete.order_by(_OBJET.cree_le, _OBJET.id))
    return [une for ligne in lignes if (une := relire(decoder(ligne.document), ligne.agent)) is not None]


def correspondances(connexion: Connection, seance: str) -> dict[str, str]:
    """Par référence, le dossier que ce poste tient ; d'un dossier fondu dans un autre, l'autre."""
    return {reference: dossier for reference, dossier, _ in toutes(connexion, seance)}


def toutes(connexion: Connection, seance: str) -> list[tuple[str, str, str]]:
    """(référence, dossier, identifiant) de chaque candidat de cette séance, vus de l'agent ou non."""
    requete = select(_OBJET.id, _OBJET.document, _OBJET.rattache).where(tenus_du_genre(CANDIDAT))
    lues = [(ligne, decoder(ligne.document)) for ligne in connexion.execute(requete.order_by(_OBJET.id))]
    return [
        (str(dit.get("reference")), str(ligne.rattache), str(ligne.id))
        for ligne, dit in lues
        if dit.get("seance") == seance
    ]


def creer_correspondance(
    connexion: Connection, seance: str, reference: str, dossier: str, auteur: Auteur, quand: datetime
) -> None:
    """Cette demande est cette référence. Lève ``ErreurUtilisateur`` si ce poste ne la tient pas."""
    _tenu(connexion, dossier)
    neuf = {"dossier": dossier, "seance": seance, "reference": reference}
    depot.creer(connexion, [neuf], auteur, quand, CANDIDAT)


def vue(connexion: Connection, seance: str) -> bool:
    """L'agent n'est écarté d'aucune demande de cette séance."""
    return all(voit(connexion, dossier) for _, dossier, _ in toutes(connexion, seance))


def siege(une: SeanceGardee, agent: str, jour: date) -> bool:
    """Cet agent y siège, et son dossier est ouvert : de l'ouverture à la clôture, bornes comprises."""
    if une.ouverte_le is None or jour < une.ouverte_le or une.close_le is not None:
        return False
    return any(un.compte and meme_agent(un.compte) == meme_agent(agent) for un in une.membres)


def numero_absent(connexion: Connection, dossier: str) -> bool:
    """Aucun numéro unique n'est noté au dossier."""
    return lire(_tenu(connexion, dossier), _NUMERO) in (ABSENT, None, "")


def _tenu(connexion: Connection, dossier: str) -> dict[str, Any]:
    try:
        ligne = ouvert(connexion, dossier)
    except ErreurUtilisateur:
        raise ErreurUtilisateur(_ABSENTE) from None
    if ligne.genre != DOSSIER:
        raise ErreurUtilisateur(_ABSENTE)
    document: dict[str, Any] = decoder(ligne.document)
    return document
