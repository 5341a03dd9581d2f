"""Écrire et relire les dossiers : chaque fonction s'exécute dans la transaction qu'on lui donne."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from msgspec import UNSET
from sqlalchemy import Connection, Row, delete, insert, or_, select, update
from uuid_utils import uuid7

from modele.coffre import schema
from modele.coffre.index import indexer, reindexer
from modele.coffre.listes import Resume
from modele.dossier.chemins import ABSENT, Document, lire
from modele.dossier.codes import reference_courte
from modele.dossier.documents import decoder, encoder
from modele.dossier.operations import Chaine, ChampPose, Operation, appliquer, en_json, nouvelle_operation, rejouer
from modele.dossier.types import SCHEMA
from modele.dossier.unites import atomes, changements, est_element, feuilles, unite
from modele.regles.fautes import ErreurUtilisateur
from modele.ressemblance.fiches import est_discret, titre_et_detail

_LEVEE = "protection.levee_motif"
_OUVERT = "ouvert"
_IMMUABLES = {"id", "territoire", "schema", "cree_le"}


def creer(
    connexion: Connection, chaine: Chaine, documents: Sequence[Document], agent: str, quand: datetime
) -> list[Document]:
    """Crée un dossier par document, chacun avec son opération et son index. ``chaine`` : sans rang ni empreinte."""
    chaine = chaine_courante(connexion, chaine)
    operations, lignes, complets = [], [], []
    for initial in documents:
        identifiant = str(uuid7())
        entete = {"id": identifiant, "territoire": chaine.territoire, "schema": SCHEMA, "cree_le": quand.isoformat()}
        champs = {chemin: ChampPose(apres=valeur) for chemin, valeur in atomes(en_json({**initial, **entete}))}
        operation = nouvelle_operation(chaine, identifiant, champs, agent, quand)
        chaine = chaine.apres(operation)
        document = rejouer([operation])
        ligne = _ligne(document, agent, quand) | {"creation": operation.entete.id, "cree_le": en_utc(quand)}
        lignes.append(ligne | {"id": identifiant, "reference": reference_courte(identifiant), "etat": _OUVERT})
        operations.append(operation)
        complets.append(document)
    connexion.execute(insert(schema.dossier), lignes)
    connexion.execute(insert(schema.operation), [_ligne_d_operation(operation) for operation in operations])
    indexer(connexion, [(document["id"], document) for document in complets])
    return complets


def modifier(
    connexion: Connection,
    chaine: Chaine,
    identifiant: str,
    modifications: Mapping[str, Any],
    agent: str,
    quand: datetime,
) -> Document:
    """Pose les champs : opération, document, index, brouillons effacés. Sans changement, aucune opération."""
    ligne = _dossier(connexion, identifiant)
    avant: Document = decoder(ligne.document)
    apres, champs = _changer(connexion, ligne, avant, modifications)
    _garder_la_discretion(avant, apres, modifications)
    for chemin in modifications:
        effacer_brouillon(connexion, identifiant, chemin)
    if not champs:
        return avant
    operation = nouvelle_operation(chaine_courante(connexion, chaine), identifiant, champs, agent, quand)
    connexion.execute(insert(schema.operation), _ligne_d_operation(operation))
    connexion.execute(
        update(schema.dossier).where(schema.dossier.c.id == identifiant).values(_ligne(apres, agent, quand))
    )
    connexion.execute(
        # Remplacer redonne un numéro de ligne : l'ordre des lignes est celui des poses.
        insert(schema.pose).prefix_with("OR REPLACE"),
        [{"dossier": identifiant, "chemin": chemin, "operation": operation.entete.id} for chemin in champs],
    )
    reindexer(connexion, identifiant, avant, apres)
    return apres


def document(connexion: Connection, identifiant: str) -> Document:
    """Le document courant. Lève ``ErreurUtilisateur`` s'il n'est pas dans ce coffre."""
    courant: Document = decoder(_dossier(connexion, identifiant).document)
    return courant


def resume(ligne: Row[Any]) -> Resume:
    """La ligne de liste d'une ligne de la table ``dossier``."""
    return Resume(
        ligne.titre,
        ligne.detail,
        ligne.reference,
        ligne.discret,
        datetime.fromisoformat(ligne.modifie_le),
        ligne.agent,
    )


def operations_du_dossier(connexion: Connection, identifiant: str) -> list[Operation]:
    """Son histoire, de la plus ancienne à la plus récente."""
    _dossier(connexion, identifiant)
    requete = select(schema.operation).where(schema.operation.c.dossier == identifiant)
    return [_operation(ligne) for ligne in connexion.execute(requete.order_by(schema.ordre_des_operations))]


def operations_des_chaines(connexion: Connection) -> Iterator[tuple[tuple[str, str, str], Operation]]:
    """Toutes les opérations, chaîne après chaîne, par rang croissant, sans les charger ensemble."""
    colonnes = schema.operation.c
    requete = select(schema.operation).order_by(colonnes.territoire, colonnes.poste, colonnes.epoque, colonnes.rang)
    for ligne in connexion.execution_options(yield_per=500).execute(requete):
        yield (ligne.territoire, ligne.poste, ligne.epoque), _operation(ligne)


def chaine_courante(connexion: Connection, chaine: Chaine) -> Chaine:
    """La chaîne du poste avec son dernier rang et sa dernière empreinte."""
    colonnes = schema.operation.c
    derniere = connexion.execute(
        select(colonnes.rang, colonnes.empreinte)
        .where(
            colonnes.territoire == chaine.territoire, colonnes.poste == chaine.poste, colonnes.epoque == chaine.epoque
        )
        .order_by(colonnes.rang.desc())
        .limit(1)
    ).first()
    return Chaine(chaine.territoire, chaine.poste, chaine.epoque, *derniere) if derniere else chaine


def effacer_brouillon(connexion: Connection, identifiant: str, chemin: str) -> None:
    """Efface le brouillon de ce champ et de ceux qu'il contient."""
    colonnes = schema.brouillon.c
    connexion.execute(
        delete(schema.brouillon).where(
            colonnes.dossier == identifiant,
            or_(colonnes.chemin == chemin, colonnes.chemin.startswith(f"{chemin}.", autoescape=True)),
        )
    )


def en_utc(quand: datetime) -> str:
    """L'instant en texte, toujours dans le même fuseau : l'ordre des textes est celui du temps."""
    return quand.astimezone(UTC).isoformat(timespec="microseconds")


def exiger(connexion: Connection, identifiant: str) -> None:
    """Lève ``ErreurUtilisateur`` si le dossier n'est pas dans ce coffre."""
    _dossier(connexion, identifiant)


def _dossier(connexion: Connection, identifiant: str) -> Row[Any]:
    ligne = connexion.execute(select(schema.dossier).where(schema.dossier.c.id == identifiant)).first()
    if ligne is None:
        raise ErreurUtilisateur(
            f"Le dossier {identifiant} n'est pas dans ce coffre : il est resté sur un autre poste ou il a été effacé. "
            "Cherchez-le par le nom."
        )
    return ligne


def _changer(
    connexion: Connection, ligne: Row[Any], document: Document, modifications: Mapping[str, Any]
) -> tuple[Document, dict[str, ChampPose]]:
    _exiger_valables(modifications)
    posees = {chemin: valeur if valeur is ABSENT else en_json(valeur) for chemin, valeur in modifications.items()}
    vus: dict[str, str | None] = {}
    champs: dict[str, ChampPose] = {}
    for chemin, (avant, apres) in changements(document, posees).items():
        cle = unite(chemin)
        if cle not in vus:
            vus[cle] = _vu(connexion, ligne, cle, document)
        champs[chemin] = ChampPose(vus[cle], _ou_unset(avant), _ou_unset(apres))
    return appliquer(document, champs), champs


def _exiger_valables(modifications: Mapping[str, Any]) -> None:
    if immuables := _IMMUABLES & modifications.keys():
        raise ValueError(f"{sorted(immuables)} ne se modifie pas")
    ranges = sorted(f"{chemin}." for chemin in modifications)
    for contenant, chemin in pairwise(ranges):
        if chemin.startswith(contenant):
            raise ValueError(f"{chemin} est dans {contenant} : une modification pose l'un ou l'autre")


def _vu(connexion: Connection, ligne: Row[Any], cle: str, document: Document) -> str | None:
    """La dernière opération qui a touché cette unité, ou une table qui la contient."""
    colonnes, champs = schema.pose.c, feuilles(cle)
    contenants = {
        ".".join(cles[:fin]) for cles in (champ.split(".") for champ in champs) for fin in range(1, len(cles) + 1)
    }
    requete = (
        select(colonnes.operation)
        .where(colonnes.dossier == ligne.id, colonnes.chemin.in_(contenants))
        .order_by(schema.ordre_des_poses.desc())
        .limit(1)
    )
    posee: str | None = connexion.scalar(requete)
    vide = est_element(cle) or all(lire(document, champ) is ABSENT for champ in champs)
    return posee or (None if vide else str(ligne.creation))


def _garder_la_discretion(avant: Document, apres: Document, modifications: Mapping[str, Any]) -> None:
    motif = lire(apres, _LEVEE)
    motive = _LEVEE in modifications and isinstance(motif, str) and bool(motif.strip())
    if est_discret(avant) and not est_discret(apres) and not motive:
        raise ErreurUtilisateur(
            "Ce dossier est discret et le reste : seul un travailleur social lève la discrétion, en écrivant son motif."
        )


def _ligne(document: Document, agent: str, quand: datetime) -> dict[str, Any]:
    titre, detail = titre_et_detail(document)
    return {
        "document": encoder(document).decode(),
        "titre": titre,
        "detail": detail,
        "discret": est_discret(document),
        "modifie_le": en_utc(quand),
        "agent": agent,
    }


def _ligne_d_operation(operation: Operation) -> dict[str, Any]:
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


def _operation(ligne: Row[Any]) -> Operation:
    return Operation(ligne.entete, ligne.sel, ligne.contenu)


def _ou_unset(valeur: Any) -> Any:
    return UNSET if valeur is ABSENT else valeur
