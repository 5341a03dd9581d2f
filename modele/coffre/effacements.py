"""Effacer un dossier à la demande de la personne : d'ici tout de suite, et de partout ailleurs par le registre.

Le contenu part d'abord de ce poste (document, index, miroir, frappe, contenu et sel de chaque opération,
ressemblances, saisies refusées). Si le registre a pu le recevoir, un objet ``effacement`` part le lui dire : il le
purge, et chaque poste qui le tient en reçoit la tombe. Reste une preuve sans contenu. Dans la transaction qu'on donne.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, insert, or_, select, update

from modele.coffre import auteurs, depot, envois, histoires, journaux, rattaches, schema, tombes
from modele.coffre.instants import en_utc
from modele.coffre.lignes import ouvert
from modele.dossier.acces import Acces
from modele.dossier.droits_personnes import EFFACEMENT
from modele.dossier.operations import DOSSIER
from modele.droits import Action, Auteur

A_LA_DEMANDE: Final = "demande de la personne"
"""La raison, en code, que garde la preuve."""
_PREUVE: Final = schema.suppression.c
_OPERATION: Final = schema.operation.c
_QUARANTAINE: Final = schema.quarantaine.c


class Preuve(NamedTuple):
    """Un effacement : l'identifiant du dossier, et quand (UTC, ISO). Rien de la personne."""

    dossier: str
    le: str


def effacer(connexion: Connection, dossier: str, auteur: Auteur, quand: datetime) -> Preuve:
    """Efface ce dossier, ceux fondus en lui et ce qui leur est rattaché ; le registre l'apprend au prochain envoi.

    Lève ``ErreurUtilisateur`` : plus tenu ici, ou l'auteur n'en a pas le droit.
    """
    ligne = ouvert(connexion, dossier)
    if ligne.discret:
        auteurs.exiger(connexion, auteur, DOSSIER, Action.LIRE_DISCRET)
    auteurs.exiger(connexion, auteur, EFFACEMENT, Action.CREER)
    tous = _tous(connexion, dossier)
    parti = envois.ont_pu_partir(connexion, tous)
    envois.retenir(connexion, tous)
    if parti:
        depot.creer(connexion, [{"dossier": dossier, "le": quand.date().isoformat()}], auteur, quand, EFFACEMENT)
    _vider(connexion, tous)
    # L'ordre d'effacer ne dit pas non plus si le dossier était discret.
    rattaches.accorder(connexion, [dossier])
    _prouver(connexion, dossier, en_utc(quand))
    journaux.noter(connexion, auteur.nom, quand, Acces.EFFACER, dossier)
    return Preuve(dossier, en_utc(quand))


def preuves(connexion: Connection) -> list[Preuve]:
    """Les effacements faits ici, du plus ancien au plus récent : ce qu'une copie plus vieille doit oublier aussi."""
    requete = select(_PREUVE.dossier, _PREUVE.le).where(_PREUVE.raison == A_LA_DEMANDE)
    return [Preuve(ligne.dossier, ligne.le) for ligne in connexion.execute(requete.order_by(_PREUVE.le))]


def rejouer(connexion: Connection, a_rejouer: Iterable[Preuve]) -> Sequence[str]:
    """Efface de nouveau, dans un coffre revenu d'une copie, ce qui l'avait été depuis ; rend ce qui y était encore.

    Sans rien redire au registre : il le sait, ou l'apprendra de la boîte d'envoi du coffre qui l'a effacé.
    """
    connus = select(schema.dossier.c.id)
    deja = {preuve.dossier for preuve in preuves(connexion)}
    faits = []
    for preuve in a_rejouer:
        connu = connexion.scalar(connus.where(schema.dossier.c.id == preuve.dossier))
        if connu is None or preuve.dossier in deja:
            continue
        tous = _tous(connexion, preuve.dossier)
        envois.retenir(connexion, tous)
        _vider(connexion, tous)
        _prouver(connexion, preuve.dossier, preuve.le)
        faits.append(preuve.dossier)
    return faits


def effaces(connexion: Connection, dossiers: Iterable[str]) -> set[str]:
    """Ceux de ces dossiers que quelqu'un a fait effacer : rien ne les ramène, le registre n'a pas encore tout dit."""
    requete = select(_PREUVE.dossier).where(_PREUVE.dossier.in_(list(dossiers)), _PREUVE.raison == A_LA_DEMANDE)
    return set(connexion.scalars(requete))


def _tous(connexion: Connection, dossier: str) -> list[str]:
    """Le dossier, ceux qui s'y sont fondus, et ce qui les suit ; pas l'ordre de l'effacer, qui doit partir."""
    dossiers = histoires.avec_les_absorbes(connexion, dossier)
    suivent = (objet for un in dossiers for objet in rattaches.de(connexion, un))
    return [*dossiers, *(objet for objet in suivent if not tombes.reste(connexion, objet))]


def _vider(connexion: Connection, tous: Sequence[str]) -> None:
    d_eux = select(_OPERATION.id).where(_OPERATION.dossier.in_(tous))
    # Ce qu'on gardait pour qu'une personne décide n'a plus à l'être.
    connexion.execute(delete(schema.quarantaine).where(_QUARANTAINE.operation.in_(d_eux)))
    for objet in tous:
        tombes.effacer(connexion, objet)
        histoires.oublier(connexion, objet)
    colonnes = schema.doublon.c
    connexion.execute(delete(schema.doublon).where(or_(colonnes.dossier.in_(tous), colonnes.autre.in_(tous))))
    connexion.execute(update(schema.suppression).where(_PREUVE.dossier.in_(tous)).values(mots=""))


def _prouver(connexion: Connection, dossier: str, le: str) -> None:
    connexion.execute(
        insert(schema.suppression).prefix_with("OR REPLACE"),
        {"dossier": dossier, "le": le, "raison": A_LA_DEMANDE, "mots": "", "jusqu_au": le},
    )
