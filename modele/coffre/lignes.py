"""Les lignes des tables ``dossier`` et ``operation`` : les écrire, les relire, dire pourquoi un dossier manque."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from msgspec import UNSET
from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, case, func, select

from modele.coffre import schema
from modele.coffre.instants import en_utc
from modele.coffre.listes import Resume
from modele.coffre.regard import visible
from modele.dossier.chemins import ABSENT, Document, lire
from modele.dossier.codes import reference_courte
from modele.dossier.documents import encoder
from modele.dossier.operations import DOSSIER, Operation
from modele.genres import livres
from modele.protection.discretion import est_discret
from modele.regles.fautes import ErreurUtilisateur
from modele.ressemblance.fiches import SANS_NOM, numero_nu, titre_et_detail

OUVERT: Final = "ouvert"
SORTI: Final = "sorti"
PURGE: Final = "purge"
ABSORBE: Final = "absorbe"
SUPPRIME: Final = "supprime"
EFFACE: Final = "efface"
_PARTIS: Final = {
    SORTI: "Ce poste ne tient plus ce dossier. Ce qui restait à envoyer est gardé dans la boîte d'envoi.",
    PURGE: "Ce dossier a été effacé partout, à la fin de sa durée de conservation ou à la demande de la personne.",
    ABSORBE: "Ce dossier a été fondu dans un autre : c'est la même personne. Ouvrez le dossier {}.",
    SUPPRIME: "Ce dossier a été supprimé sur ce poste. Il se rend depuis « Dossiers supprimés ».",
    EFFACE: "Ce dossier a été effacé, créé par erreur ou à la demande de la personne : il n'en reste rien.",
}
_ABSENT: Final = (
    "Le dossier {} n'est pas dans ce coffre : il est resté sur un autre poste ou il a été effacé. "
    "Cherchez-le par le nom."
)
_DOSSIER: Final = select(schema.dossier).where(schema.dossier.c.id == bindparam("id"), visible(schema.dossier.c.id))
_PROVISOIRE: Final = "demande.numero_provisoire"
_NE_LE_MEME_JOUR: Final = schema.dossier.alias("ne_le_meme_jour")
# Minuit, à l'heure de ce poste, du jour où le dossier est né ; comparable aux instants gardés (``en_utc``).
_MINUIT: Final = func.strftime("%Y-%m-%dT%H:%M:%S", schema.dossier.c.cree_le, "localtime", "start of day", "utc")
_RANG_DU_JOUR: Final = (
    select(func.count())
    .where(
        _NE_LE_MEME_JOUR.c.cree_le >= _MINUIT,
        _NE_LE_MEME_JOUR.c.cree_le <= schema.dossier.c.cree_le,
        _NE_LE_MEME_JOUR.c.etat == OUVERT,
        _NE_LE_MEME_JOUR.c.genre == DOSSIER,
        _NE_LE_MEME_JOUR.c.discret.is_(False),
    )
    .correlate(schema.dossier)
    .scalar_subquery()
)


def tenus_du_genre(*genres: str) -> ColumnElement[bool]:
    """Les objets de ces genres que ce poste tient, par leurs identifiants, que des index donnent seuls.

    Lire le genre de chaque ligne déchiffrerait tous les dossiers : un tiers de seconde pour cinquante mille.
    """
    table = schema.dossier.c
    # Ce qui suit le sort d'un dossier a son index, bien plus court.
    suit = [table.rattache.is_not(None)] if all(livres().du(un).rattache for un in genres) else []
    siens = select(table.id).where(table.genre.in_(genres), table.etat == OUVERT, *suit)
    return table.id.in_(siens)


def resumables() -> Select[Any]:
    """De quoi faire un ``resume`` : les dossiers, et le rang du jour de ceux qui n'ont pas de nom."""
    # Compté pour ceux-là seulement : un import met des milliers de dossiers le même jour.
    sans_nom = schema.dossier.c.titre == SANS_NOM
    return select(schema.dossier, case((sans_nom, _RANG_DU_JOUR), else_=0).label("rang"))


def ouvert(connexion: Connection, identifiant: str) -> Row[*tuple[Any, ...]]:
    """La ligne d'un dossier que ce poste tient. Lève ``ErreurUtilisateur`` : absent, sorti, effacé ou fondu.

    Celui dont l'agent est écarté est absent, dans les mêmes mots.
    """
    ligne = connexion.execute(_DOSSIER, {"id": identifiant}).first()
    if ligne is None:
        raise ErreurUtilisateur(_ABSENT.format(identifiant))
    if ligne.etat != OUVERT:
        raise ErreurUtilisateur(_PARTIS[ligne.etat].format(reference_courte(ligne.absorbe_par or "")))
    return ligne


def resume(ligne: Row[*tuple[Any, ...]]) -> Resume:
    """La ligne de liste d'une ligne de ``resumables``."""
    return Resume(
        ligne.titre,
        ligne.detail,
        ligne.reference,
        ligne.discret,
        datetime.fromisoformat(ligne.modifie_le),
        ligne.agent,
        datetime.fromisoformat(ligne.cree_le),
        ligne.rang,
        bool(ligne.creation),
    )


def ligne_neuve(
    document: Document, genre: str, agent: str, quand: datetime, creation: str, cree_le: datetime
) -> dict[str, Any]:
    """La ligne d'un objet qui entre dans ce coffre. ``creation`` : vide s'il vient du registre."""
    identifiant, lien = document["id"], livres().du(genre).rattache
    return ligne_changee(document, genre, agent, quand) | {
        "id": identifiant,
        "reference": reference_courte(identifiant),
        "creation": creation,
        "cree_le": en_utc(cree_le),
        "genre": genre,
        "rattache": lire(document, lien) if lien else None,
    }


def ligne_changee(document: Document, genre: str, agent: str, quand: datetime) -> dict[str, Any]:
    """Ce qui suit le document : ce qui s'en montre dans une liste, ce qui s'en cherche.

    Seul un genre à personnes montre de qui il est ; la discrétion d'un objet rattaché est celle de son dossier, que
    ``rattaches.accorder`` lui donne ensuite.
    """
    declare = livres().du(genre)
    titre, detail = titre_et_detail(document) if declare.personnes else (declare.nom, "")
    provisoire = lire(document, _PROVISOIRE) if declare.personnes else ABSENT
    discret = est_discret(document)
    return {
        "document": encoder(document).decode(),
        "titre": titre,
        "detail": detail,
        "discret": discret,
        "etat": OUVERT,
        "modifie_le": en_utc(quand),
        "agent": agent,
        "provisoire": numero_nu(provisoire) if isinstance(provisoire, str) and not discret else None,
    }


def ligne_d_operation(operation: Operation) -> dict[str, Any]:
    """La ligne d'une opération née ici."""
    entete = operation.entete
    return {
        "id": entete.id,
        "territoire": entete.territoire,
        "poste": entete.poste,
        "epoque": entete.epoque,
        "rang": entete.rang,
        "dossier": entete.dossier,
        "entete": operation.octets,
        "empreinte": operation.empreinte,
        "sel": operation.sel,
        "contenu": operation.contenu,
    }


def operation_de(ligne: Row[*tuple[Any, ...]]) -> Operation:
    """L'opération d'une ligne qui en a l'en-tête, le sel et le contenu."""
    return Operation(ligne.entete, ligne.sel, ligne.contenu)


def ou_unset(valeur: Any) -> Any:
    """``ABSENT`` dans un document, ``UNSET`` dans une opération."""
    return UNSET if valeur is ABSENT else valeur
