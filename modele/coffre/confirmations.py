"""Un coffre remis d'une copie : ce qu'il a su depuis manque. Dans la transaction qu'on donne.

Depuis la copie, un collègue a pu rendre un dossier discret, et l'avoir dit à ce poste. Relié à un registre, tout
dossier se montre donc discret jusqu'à ce que le registre ait répondu jusqu'au bout : par sa référence, ou seul à seul.
Un poste jamais relié n'avait que lui pour le dire : son journal suffit.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, select, update

from modele.coffre import rattaches, schema
from modele.coffre.index import desindexer, indexer
from modele.coffre.instants import en_utc
from modele.coffre.journaux import reglage, regler
from modele.coffre.lignes import OUVERT, ligne_changee
from modele.dossier.chemins import Document
from modele.dossier.documents import decoder
from modele.dossier.operations import DOSSIER
from modele.protection.discretion import est_discret, rendre_discret

REMIS_LE: Final = "remise.le"
A_MARQUER: Final = "remise.a_marquer"
_A_CONFIRMER: Final = "remise.a_confirmer"
_REGISTRE: Final = "registre.adresse"
_OBJET: Final = schema.dossier.c
_JAMAIS: Final = datetime.fromtimestamp(0, UTC)
_MONTRES: Final = ("titre", "detail", "discret", "provisoire")


def remis(connexion: Connection, quand: datetime) -> None:
    """Ce coffre vient d'être remis d'une copie. À appeler avant que rien ne s'en montre ; le redire ne change rien."""
    regler(connexion, REMIS_LE, en_utc(quand))
    if reglage(connexion, _REGISTRE):
        regler(connexion, _A_CONFIRMER, "oui")
        _masquer(connexion, _ouverts(connexion))


def marquer(connexion: Connection, quand: datetime) -> None:
    """À l'ouverture, mis à jour : si une commande l'a remis d'une copie, il l'est à présent."""
    if reglage(connexion, A_MARQUER):
        regler(connexion, A_MARQUER, "")
        remis(connexion, quand)


def en_attente(connexion: Connection) -> bool:
    """Vrai tant que le registre n'a pas répondu depuis la remise."""
    return bool(reglage(connexion, _A_CONFIRMER))


def tel_qu_il_se_montre(connexion: Connection, document: Document) -> Document:
    """Ce document, discret tant que sa discrétion ne se confirme pas : rien ne s'en imprime ni ne s'en offre."""
    if en_attente(connexion) and _d_avant(connexion, document["id"]):
        return rendre_discret(document)
    return document


def garder_masque(connexion: Connection, identifiant: str) -> None:
    """Ce dossier vient de changer ici : il se montre encore discret si le registre n'a pas répondu."""
    if en_attente(connexion) and _d_avant(connexion, identifiant):
        _masquer(connexion, [identifiant])


def confirmer(connexion: Connection) -> None:
    """Le registre a répondu jusqu'au bout : chaque dossier se montre tel qu'il est."""
    if not en_attente(connexion):
        return
    regler(connexion, _A_CONFIRMER, "")
    for identifiant in _ouverts(connexion):
        document = _document(connexion, identifiant)
        if not est_discret(document):
            _montrer(connexion, identifiant, document)


def _masquer(connexion: Connection, dossiers: Collection[str]) -> None:
    for identifiant in dossiers:
        document = _document(connexion, identifiant)
        if not est_discret(document):
            _montrer(connexion, identifiant, rendre_discret(document))


def _montrer(connexion: Connection, identifiant: str, document: Document) -> None:
    """Refait ce qui s'en montre et s'en cherche, comme si c'était là son document ; le vrai ne change pas."""
    valeurs: dict[str, Any] = ligne_changee(document, DOSSIER, "", _JAMAIS)
    vues = {nom: valeurs[nom] for nom in _MONTRES}
    connexion.execute(update(schema.dossier).where(_OBJET.id == identifiant).values(vues))
    desindexer(connexion, identifiant)
    indexer(connexion, [(DOSSIER, document)])
    rattaches.accorder(connexion, [identifiant])


def _d_avant(connexion: Connection, identifiant: str) -> bool:
    """Vrai d'un dossier né avant la remise : né après, c'est ici qu'on sait s'il est discret."""
    requete = select(_OBJET.id).where(
        _OBJET.id == identifiant, _OBJET.genre == DOSSIER, _OBJET.cree_le <= reglage(connexion, REMIS_LE)
    )
    return connexion.scalar(requete) is not None


def _ouverts(connexion: Connection) -> list[str]:
    requete = select(_OBJET.id).where(_OBJET.etat == OUVERT, _OBJET.genre == DOSSIER)
    return list(connexion.scalars(requete.order_by(_OBJET.id)))


def _document(connexion: Connection, identifiant: str) -> Document:
    lu: Document = decoder(connexion.execute(select(_OBJET.document).where(_OBJET.id == identifiant)).scalar_one())
    return lu
