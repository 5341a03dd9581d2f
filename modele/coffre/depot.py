"""Écrire et relire les dossiers et les autres objets. Dans la transaction qu'on donne."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, or_, select, update
from uuid_utils import uuid7

from modele.coffre import auteurs, envois, miroirs, poses, rattaches, schema
from modele.coffre.chaines import chaine_du_poste
from modele.coffre.index import indexer, reindexer
from modele.coffre.lignes import ligne_changee, ligne_d_operation, ligne_neuve, operation_de, ouvert
from modele.dossier.chemins import ABSENT, Document, lire
from modele.dossier.documents import decoder
from modele.dossier.operations import (
    DOSSIER,
    ChampPose,
    Operation,
    appliquer,
    en_json,
    nouvelle_operation,
    rejouer,
)
from modele.dossier.types import SCHEMA
from modele.dossier.unites import atomes
from modele.droits import Action, Auteur
from modele.fusion import divergences, trancher
from modele.genres import livres
from modele.regles.fautes import ErreurUtilisateur
from modele.ressemblance.fiches import est_discret

_LEVEE: Final = "protection.levee_motif"
_IMMUABLES: Final = frozenset({"id", "territoire", "schema", "cree_le"})
_ABSORBES: Final = "absorbes."
_SANS_DOSSIER: Final = "{} se crée dans un dossier que ce poste tient. Ouvrez ce dossier, puis recommencez."


def creer(
    connexion: Connection, documents: Sequence[Document], auteur: Auteur, quand: datetime, genre: str = DOSSIER
) -> list[Document]:
    """Crée un objet de ce genre par document, chacun avec son opération, son envoi et son index.

    Lève ``ErreurUtilisateur`` : l'auteur n'en a pas le droit, ou ce poste ne tient pas le dossier à suivre.
    """
    auteur = auteurs.exiger(connexion, auteur, genre, Action.CREER)
    for initial in documents:
        _exiger_le_dossier_suivi(connexion, genre, initial)
    chaine = chaine_du_poste(connexion)
    operations, lignes, complets = [], [], []
    for initial in documents:
        identifiant = str(uuid7())
        entete = {"id": identifiant, "territoire": chaine.territoire, "schema": SCHEMA, "cree_le": quand.isoformat()}
        champs = _tout(en_json({**initial, **entete}))
        operation = nouvelle_operation(chaine, identifiant, champs, auteur, quand, genre)
        chaine = chaine.apres(operation)
        document = rejouer([operation])
        lignes.append(ligne_neuve(document, genre, auteur.nom, quand, operation.entete.id, quand))
        operations.append(operation)
        complets.append(document)
    connexion.execute(insert(schema.dossier), lignes)
    _inscrire(connexion, operations, quand)
    indexer(connexion, [(genre, document) for document in complets])
    if livres().du(genre).rattache:
        rattaches.accorder(connexion, [document["id"] for document in complets])
    return complets


def modifier(
    connexion: Connection, identifiant: str, modifications: Mapping[str, Any], auteur: Auteur, quand: datetime
) -> Document:
    """Pose les champs : opération, envoi, document, index, brouillons effacés. Sans changement, aucune opération."""
    ligne = ouvert(connexion, identifiant)
    avant: Document = decoder(ligne.document)
    _exiger_valables(ligne.genre, modifications)
    fond = any(chemin.startswith(_ABSORBES) for chemin in modifications)
    auteur = auteurs.exiger(connexion, auteur, ligne.genre, Action.MODIFIER, *([Action.FONDRE] if fond else []))
    posees = {chemin: valeur if valeur is ABSENT else en_json(valeur) for chemin, valeur in modifications.items()}
    etat = miroirs.etat_du_miroir(connexion, identifiant)
    champs = poses.champs_changes(connexion, ligne, etat, avant, posees)
    _garder_la_discretion(connexion, ligne, auteur, appliquer(avant, champs), modifications)
    for chemin in modifications:
        effacer_brouillon(connexion, identifiant, chemin)
    return _poser(connexion, ligne, champs, auteur, quand) if champs else avant


def trancher_divergence(
    connexion: Connection, identifiant: str, unite: str, valeurs: Mapping[str, Any], auteur: Auteur, quand: datetime
) -> Document:
    """Ce qu'une personne a choisi, en une opération qui remplace toutes les valeurs en présence (vide : retirer).

    Lève ``ErreurUtilisateur`` si cette unité ne diverge plus, ou si la discrétion serait levée sans motif.
    """
    ligne = ouvert(connexion, identifiant)
    auteur = auteurs.exiger(connexion, auteur, ligne.genre, Action.MODIFIER)
    projete = miroirs.etat_projete(connexion, identifiant)
    divergence = next((une for une in divergences(projete) if une.unite == unite), None) if projete else None
    if projete is None or divergence is None:
        raise ErreurUtilisateur(
            "Cette différence a déjà été départagée, ici ou sur un autre poste. Relisez le dossier : il est à jour."
        )
    avant: Document = decoder(ligne.document)
    champs = trancher(projete, divergence, en_json(dict(valeurs)))
    _garder_la_discretion(connexion, ligne, auteur, appliquer(avant, champs), valeurs)
    return _poser(connexion, ligne, champs, auteur, quand)


def recreer(connexion: Connection, identifiant: str, auteur: Auteur, quand: datetime) -> Document:
    """Redit un dossier que le registre n'a jamais pris, tout entier et tel qu'il est, en une opération neuve."""
    ligne = ouvert(connexion, identifiant)
    document: Document = decoder(ligne.document)
    auteur = auteurs.exiger(connexion, auteur, ligne.genre, Action.CREER)
    chaine = chaine_du_poste(connexion)
    operation = nouvelle_operation(chaine, identifiant, _tout(document), auteur, quand, ligne.genre)
    _inscrire(connexion, [operation], quand)
    table = schema.dossier
    connexion.execute(update(table).where(table.c.id == identifiant).values(creation=operation.entete.id))
    poses.refaire(connexion, identifiant, ())
    return document


def document(connexion: Connection, identifiant: str) -> Document:
    """Le document courant. Lève ``ErreurUtilisateur`` si ce poste ne tient pas le dossier."""
    courant: Document = decoder(ouvert(connexion, identifiant).document)
    return courant


def document_a_lire(connexion: Connection, identifiant: str, auteur: Auteur) -> Document:
    """Comme ``document``, pour cet auteur. Lève ``ErreurUtilisateur`` s'il n'a pas le droit de le lire."""
    ligne = ouvert(connexion, identifiant)
    auteurs.exiger(connexion, auteur, ligne.genre, Action.LIRE_DISCRET if ligne.discret else Action.LIRE)
    courant: Document = decoder(ligne.document)
    return courant


def operations_du_dossier(connexion: Connection, identifiant: str) -> list[Operation]:
    """Son histoire écrite ici, de la plus ancienne à la plus récente."""
    ouvert(connexion, identifiant)
    requete = select(schema.operation).where(schema.operation.c.dossier == identifiant)
    return [operation_de(ligne) for ligne in connexion.execute(requete.order_by(schema.ordre_des_operations))]


def effacer_brouillon(connexion: Connection, identifiant: str, chemin: str) -> None:
    """Efface le brouillon de ce champ et de ceux qu'il contient."""
    colonnes = schema.brouillon.c
    connexion.execute(
        delete(schema.brouillon).where(
            colonnes.dossier == identifiant,
            or_(colonnes.chemin == chemin, colonnes.chemin.startswith(f"{chemin}.", autoescape=True)),
        )
    )


def _poser(
    connexion: Connection, ligne: Row[Any], champs: Mapping[str, ChampPose], auteur: Auteur, quand: datetime
) -> Document:
    identifiant: str = ligne.id
    avant: Document = decoder(ligne.document)
    apres = appliquer(avant, champs)
    operation = nouvelle_operation(chaine_du_poste(connexion), identifiant, champs, auteur, quand, ligne.genre)
    _inscrire(connexion, [operation], quand)
    table = schema.dossier
    valeurs = ligne_changee(apres, ligne.genre, auteur.nom, quand)
    connexion.execute(update(table).where(table.c.id == identifiant).values(valeurs))
    poses.poser(connexion, identifiant, operation)
    reindexer(connexion, ligne.genre, avant, apres)
    if ligne.rattache or est_discret(avant) != est_discret(apres):
        rattaches.accorder(connexion, [identifiant])
    miroirs.revoir_divergences(connexion, identifiant)
    return apres


def _inscrire(connexion: Connection, operations: Sequence[Operation], quand: datetime) -> None:
    connexion.execute(insert(schema.operation), [ligne_d_operation(operation) for operation in operations])
    envois.deposer(connexion, operations, quand)


def _tout(document: Document) -> dict[str, ChampPose]:
    return {chemin: ChampPose(apres=valeur) for chemin, valeur in atomes(document)}


def _exiger_le_dossier_suivi(connexion: Connection, genre: str, initial: Document) -> None:
    """Lève ``ErreurUtilisateur`` si un objet rattaché ne l'est pas à un dossier que ce poste tient."""
    declare = livres().du(genre)
    if not declare.rattache:
        return
    dossier = lire(initial, declare.rattache)
    if not isinstance(dossier, str) or ouvert(connexion, dossier).genre != DOSSIER:
        raise ErreurUtilisateur(_SANS_DOSSIER.format(declare.nom))


def _exiger_valables(genre: str, modifications: Mapping[str, Any]) -> None:
    if immuables := (_IMMUABLES | {livres().du(genre).rattache}) & modifications.keys():
        raise ValueError(f"{sorted(immuables)} ne se modifie pas")
    ranges = sorted(f"{chemin}." for chemin in modifications)
    for contenant, chemin in pairwise(ranges):
        if chemin.startswith(contenant):
            raise ValueError(f"{chemin} est dans {contenant} : une modification pose l'un ou l'autre")


def _garder_la_discretion(
    connexion: Connection, ligne: Row[Any], auteur: Auteur, apres: Document, modifications: Mapping[str, Any]
) -> None:
    if est_discret(apres) or not est_discret(decoder(ligne.document)):
        return
    motif = lire(apres, _LEVEE)
    motive = _LEVEE in modifications and isinstance(motif, str) and bool(motif.strip())
    if not (motive and auteurs.permet(connexion, auteur, ligne.genre, Action.LEVER_LA_DISCRETION)):
        raise ErreurUtilisateur(
            "Ce dossier est discret et le reste : seul un travailleur social lève la discrétion, en écrivant son motif."
        )
