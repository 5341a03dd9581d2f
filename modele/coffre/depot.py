"""Écrire et relire les dossiers et les autres objets. Dans la transaction qu'on donne."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, or_, select, update
from uuid_utils import uuid7

from modele.coffre import (
    auteurs,
    confirmations,
    envois,
    gardes,
    gels,
    histoires,
    journaux,
    miroirs,
    mur,
    poses,
    rattaches,
    schema,
)
from modele.coffre.chaines import chaine_du_poste, est_un_bac_a_sable
from modele.coffre.index import indexer, reindexer
from modele.coffre.lignes import ligne_changee, ligne_d_operation, ligne_neuve, operation_de, ouvert
from modele.dossier import retires
from modele.dossier.acces import Acces
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
from modele.protection import levee
from modele.protection.commun import dossier_commun
from modele.protection.discretion import est_discret, motif_de_levee, protege_seulement
from modele.protection.mots import SEPARES
from modele.protection.mur import Ailleurs, Sort, Verdict
from modele.regles.fautes import ErreurUtilisateur

_IMMUABLES: Final = frozenset({"id", "territoire", "schema", "cree_le"})
_ABSORBES: Final = "absorbes."
_BAC_A_SABLE: Final = "{} ne s'écrit que dans le bac à sable de la formation. Rien n'a été écrit dans ce coffre."
_SANS_DOSSIER: Final = "{} se crée dans un dossier que ce poste tient. Ouvrez ce dossier, puis recommencez."


def creer(
    connexion: Connection, documents: Sequence[Document], auteur: Auteur, quand: datetime, genre: str = DOSSIER
) -> list[Document]:
    """Crée un objet de ce genre par document, chacun avec son opération, son envoi et son index.

    Lève ``Ailleurs``, et n'en crée aucun, si l'un dit une violence qu'un autre adulte y lirait ; ``ErreurUtilisateur``
    si l'auteur n'en a pas le droit, ou si ce poste ne tient pas le dossier à suivre.
    """
    auteur = auteurs.exiger(connexion, auteur, genre, Action.CREER)
    admis = [_admettre(connexion, genre, en_json(initial), quand) for initial in documents]
    return _creer(connexion, admis, auteur, quand, genre)


def importer(
    connexion: Connection, documents: Sequence[Document], auteur: Auteur, quand: datetime
) -> tuple[int, list[int]]:
    """Crée un dossier par document qui le peut ; rend leur nombre, et le rang (dès 1) de ceux que le mur refuse."""
    auteur = auteurs.exiger(connexion, auteur, DOSSIER, Action.CREER)
    admis, refuses = [], []
    for rang, initial in enumerate(documents, 1):
        try:
            admis.append(_admettre(connexion, DOSSIER, en_json(initial), quand))
        except Ailleurs:
            refuses.append(rang)
    return len(_creer(connexion, admis, auteur, quand, DOSSIER)) if admis else 0, refuses


def _creer(
    connexion: Connection, documents: Sequence[Document], auteur: Auteur, quand: datetime, genre: str
) -> list[Document]:
    chaine = chaine_du_poste(connexion)
    operations, lignes, complets = [], [], []
    for initial in documents:
        identifiant = str(uuid7())
        entete = {"id": identifiant, "territoire": chaine.territoire, "schema": SCHEMA, "cree_le": quand.isoformat()}
        champs = _tout({**initial, **entete})
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
    """Pose les champs : opération, envoi, document, index, brouillons effacés. Sans changement, aucune opération.

    Si un adulte entre là où une violence a un jour été dite, rien ne change ici : le document rendu est celui du
    dossier commun neuf qui s'ouvre à la place. Lève ``Ailleurs`` si une violence se lirait, ``ErreurUtilisateur`` si la
    discrétion serait levée sans motif, si deux dossiers ne peuvent pas n'en faire qu'un, ou si le dossier est gelé.
    """
    ligne = ouvert(connexion, identifiant)
    avant: Document = decoder(ligne.document)
    _exiger_valables(ligne.genre, modifications)
    fond = any(chemin.startswith(_ABSORBES) for chemin in modifications)
    auteur = auteurs.exiger(connexion, auteur, ligne.genre, Action.MODIFIER, *([Action.FONDRE] if fond else []))
    absorbes = [chemin.removeprefix(_ABSORBES) for chemin in modifications if chemin.startswith(_ABSORBES)]
    for gelable in () if protege_seulement(modifications) else (ligne.rattache or identifiant, *absorbes):
        gels.exiger_libre(connexion, gelable, ligne.genre, quand.date())
    ecrivables = mur.ecrivables(ligne.genre, modifications)
    posees = {chemin: valeur if valeur is ABSENT else en_json(valeur) for chemin, valeur in ecrivables.items()}
    etat = miroirs.etat_a_citer(connexion, identifiant)
    champs = poses.champs_changes(connexion, ligne, etat, avant, posees)
    apres = appliquer(avant, champs)
    _garder_la_discretion(connexion, ligne, auteur, apres, modifications, quand)
    verdict = _juger(connexion, ligne, avant, apres, quand)
    for chemin in modifications:
        effacer_brouillon(connexion, identifiant, chemin)
    if verdict.sort is Sort.AILLEURS:
        return _ouvrir_ailleurs(connexion, avant, apres, auteur, quand)
    if verdict.tus:
        champs = poses.champs_changes(connexion, ligne, etat, avant, {**posees, **verdict.tus})
    return _poser(connexion, ligne, champs, auteur, quand) if champs else avant


def sans_retires(connexion: Connection, document: Document, auteur: Auteur, quand: datetime) -> Document:
    """Le document sans ses réponses retirées, effacées par une opération si l'auteur peut modifier ce dossier."""
    chemins = retires.a_effacer(document)
    if not chemins:
        return document
    gele = gels.est_gele(connexion, document["id"], quand.date())
    if not gele and auteurs.permet(connexion, auteur, ouvert(connexion, document["id"]).genre, Action.MODIFIER):
        return modifier(connexion, document["id"], dict.fromkeys(chemins, ABSENT), auteur, quand)
    return retires.sans_retires(document)


def trancher_divergence(
    connexion: Connection, identifiant: str, unite: str, valeurs: Mapping[str, Any], auteur: Auteur, quand: datetime
) -> Document:
    """Ce qu'une personne a choisi, en une opération qui remplace toutes les valeurs en présence (vide : retirer).

    Le mur y vaut comme dans ``modifier``. Lève ``ErreurUtilisateur`` si cette unité ne diverge plus, ou si la
    discrétion serait levée sans motif.
    """
    ligne = ouvert(connexion, identifiant)
    auteur = auteurs.exiger(connexion, auteur, ligne.genre, Action.MODIFIER)
    gels.exiger_libre(connexion, ligne.rattache or identifiant, ligne.genre, quand.date())
    projete = miroirs.etat_projete(connexion, identifiant)
    divergence = next((une for une in divergences(projete) if une.unite == unite), None) if projete else None
    if projete is None or divergence is None:
        raise ErreurUtilisateur(
            "Cette différence a déjà été départagée, ici ou sur un autre poste. Relisez le dossier : il est à jour."
        )
    avant: Document = decoder(ligne.document)
    valeurs = mur.ecrivables(ligne.genre, valeurs)
    champs = trancher(projete, divergence, en_json(valeurs))
    apres = appliquer(avant, champs)
    _garder_la_discretion(connexion, ligne, auteur, apres, valeurs, quand)
    verdict = _juger(connexion, ligne, avant, apres, quand)
    if verdict.sort is Sort.AILLEURS:
        return _ouvrir_ailleurs(connexion, avant, apres, auteur, quand)
    if verdict.tus:
        permises = {chemin: valeur for chemin, valeur in valeurs.items() if chemin not in verdict.tus}
        autres = {chemin: valeur for chemin, valeur in verdict.tus.items() if chemin not in valeurs}
        champs = trancher(projete, divergence, en_json(permises))
        champs |= poses.champs_changes(connexion, ligne, projete, avant, autres)
    return _poser(connexion, ligne, champs, auteur, quand)


def reunir(
    connexion: Connection, identifiant: str, champs: Mapping[str, ChampPose], auteur: Auteur, quand: datetime
) -> Operation:
    """Pose les champs qui suivent l'absorption d'un autre dossier (``modele.fusion.choix``) ; rend leur opération.

    Lève ``ErreurUtilisateur`` si l'auteur n'en a pas le droit, ou si le mur ne les laisse pas tels quels.
    """
    ligne = ouvert(connexion, identifiant)
    auteur = auteurs.exiger(connexion, auteur, ligne.genre, Action.MODIFIER)
    avant: Document = decoder(ligne.document)
    if _juger(connexion, ligne, avant, appliquer(avant, champs), quand) != Verdict(Sort.PERMISE):
        raise ErreurUtilisateur(SEPARES)
    _poser(connexion, ligne, champs, auteur, quand)
    return derniere_operation(connexion, identifiant)


def derniere_operation(connexion: Connection, identifiant: str) -> Operation:
    """La dernière opération née ici de cet objet."""
    requete = select(schema.operation).where(schema.operation.c.dossier == identifiant)
    ligne = connexion.execute(requete.order_by(schema.ordre_des_operations.desc()).limit(1)).one()
    return operation_de(ligne)


def recreer(connexion: Connection, identifiant: str, auteur: Auteur, quand: datetime) -> Document:
    """Redit un objet que le registre n'a jamais pris, tout entier et tel qu'il est, en une opération neuve.

    Lève ``Ailleurs`` si, tel qu'il est, un autre adulte y lirait une violence : le registre le refuserait de nouveau.
    """
    ligne = ouvert(connexion, identifiant)
    document: Document = mur.ecrivable(ligne.genre, decoder(ligne.document))
    auteur = auteurs.exiger(connexion, auteur, ligne.genre, Action.CREER)
    if _admettre(connexion, ligne.genre, document, quand) != document:
        raise Ailleurs
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


def garder_brouillon(connexion: Connection, identifiant: str, chemin: str, texte: str, quand: datetime) -> None:
    """Garde le texte en cours d'un champ, sauf s'il ne s'écrit pas, ou pas ici (``mur.tait``) : rien n'en reste.

    Lève ``ErreurUtilisateur`` si ce poste ne tient pas le dossier, ou s'il est gelé.
    """
    gels.exiger_libre(connexion, identifiant, DOSSIER, quand.date())
    if mur.tait(connexion, document(connexion, identifiant), chemin, texte, quand):
        effacer_brouillon(connexion, identifiant, chemin)
    else:
        journaux.garder_brouillon(connexion, identifiant, chemin, texte, quand)


def effacer_brouillon(connexion: Connection, identifiant: str, chemin: str) -> None:
    """Efface le brouillon de ce champ et de ceux qu'il contient."""
    colonnes = schema.brouillon.c
    connexion.execute(
        delete(schema.brouillon).where(
            colonnes.dossier == identifiant,
            or_(colonnes.chemin == chemin, colonnes.chemin.startswith(f"{chemin}.", autoescape=True)),
        )
    )


def _ouvrir_ailleurs(
    connexion: Connection, avant: Document, apres: Document, auteur: Auteur, quand: datetime
) -> Document:
    """Ouvre le dossier commun neuf ; l'ancien n'en garde ni trace ni lien, et le neuf naît comme tous les autres."""
    (neuf,) = creer(connexion, [dossier_commun(avant, apres)], auteur, quand)
    journaux.noter(connexion, auteur.nom, quand, Acces.CREER, neuf["id"])
    return neuf


def _poser(
    connexion: Connection, ligne: Row[Any], champs: Mapping[str, ChampPose], auteur: Auteur, quand: datetime
) -> Document:
    identifiant: str = ligne.id
    avant: Document = decoder(ligne.document)
    apres = appliquer(avant, champs)
    gardes.exiger(connexion, ligne.genre, apres, quand.date())
    mur.exiger_les_reunions(connexion, avant, champs, quand)
    operation = nouvelle_operation(chaine_du_poste(connexion), identifiant, champs, auteur, quand, ligne.genre)
    mur.exiger_les_tetes(connexion, operation, quand)
    _inscrire(connexion, [operation], quand)
    table = schema.dossier
    valeurs = ligne_changee(apres, ligne.genre, auteur.nom, quand)
    connexion.execute(update(table).where(table.c.id == identifiant).values(valeurs))
    poses.poser(connexion, identifiant, operation)
    reindexer(connexion, ligne.genre, avant, apres)
    if ligne.rattache or est_discret(avant) != est_discret(apres):
        rattaches.accorder(connexion, [identifiant])
    confirmations.garder_masque(connexion, identifiant)
    miroirs.revoir_divergences(connexion, identifiant)
    return apres


def _inscrire(connexion: Connection, operations: Sequence[Operation], quand: datetime) -> None:
    connexion.execute(insert(schema.operation), [ligne_d_operation(operation) for operation in operations])
    # D'un bac à sable, rien ne part : ce qui n'entre pas dans la boîte d'envoi ne peut pas en sortir.
    if not est_un_bac_a_sable(connexion):
        envois.deposer(connexion, operations, quand)
    histoires.retenir(connexion, operations)


def _tout(document: Document) -> dict[str, ChampPose]:
    return {chemin: ChampPose(apres=valeur) for chemin, valeur in atomes(document)}


def _admettre(connexion: Connection, genre: str, initial: Document, quand: datetime) -> Document:
    """Le document d'un objet qui se crée. Lève ``Ailleurs`` ou ``ErreurUtilisateur`` s'il ne se crée pas ici."""
    if livres().du(genre).bac_a_sable and not est_un_bac_a_sable(connexion):
        raise ErreurUtilisateur(_BAC_A_SABLE.format(livres().du(genre).nom))
    initial = mur.ecrivable(genre, initial)
    gardes.exiger(connexion, genre, initial, quand.date())
    if livres().du(genre).mur:
        return mur.admettre(connexion, initial, quand)
    _exiger_le_dossier_suivi(connexion, genre, initial, quand)
    return initial


def _juger(connexion: Connection, ligne: Row[Any], avant: Document, apres: Document, quand: datetime) -> Verdict:
    if not livres().du(ligne.genre).mur:
        return Verdict(Sort.PERMISE)
    return mur.juger(connexion, ligne.id, avant, apres, quand)


def _exiger_le_dossier_suivi(connexion: Connection, genre: str, initial: Document, quand: datetime) -> None:
    """Lève ``ErreurUtilisateur`` si un objet rattaché ne l'est pas à un dossier que ce poste tient, et libre."""
    declare = livres().du(genre)
    if not declare.rattache:
        return
    dossier = lire(initial, declare.rattache)
    if not isinstance(dossier, str) or ouvert(connexion, dossier).genre != DOSSIER:
        raise ErreurUtilisateur(_SANS_DOSSIER.format(declare.nom))
    gels.exiger_libre(connexion, dossier, genre, quand.date())


def _exiger_valables(genre: str, modifications: Mapping[str, Any]) -> None:
    if immuables := (_IMMUABLES | {livres().du(genre).rattache}) & modifications.keys():
        raise ValueError(f"{sorted(immuables)} ne se modifie pas")
    ranges = sorted(f"{chemin}." for chemin in modifications)
    for contenant, chemin in pairwise(ranges):
        if chemin.startswith(contenant):
            raise ValueError(f"{chemin} est dans {contenant} : une modification pose l'un ou l'autre")


def _garder_la_discretion(
    connexion: Connection,
    ligne: Row[Any],
    auteur: Auteur,
    apres: Document,
    modifications: Mapping[str, Any],
    quand: datetime,
) -> None:
    avant: Document = decoder(ligne.document)
    if not levee.ecriture_juste(avant, apres, auteur.nom, quand):
        raise ErreurUtilisateur(levee.SANS_SECOND)
    if est_discret(apres) or not est_discret(avant):
        return
    leve = auteurs.permet(connexion, auteur, ligne.genre, Action.LEVER_LA_DISCRETION)
    if not (motif_de_levee(modifications) and leve):
        raise ErreurUtilisateur(
            "Ce dossier est discret et le reste : seul un travailleur social lève la discrétion, en écrivant son motif."
        )
    if phrase := levee.manque(avant, quand):
        raise ErreurUtilisateur(phrase)
