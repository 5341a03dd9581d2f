"""Les saisies que le registre a refusées : gardées entières jusqu'à ce qu'une personne décide."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from msgspec import UNSET
from sqlalchemy import ColumnElement, Connection, Row, Select, insert, select, update

from modele.coffre import auteurs, depot, schema, tombes, vues
from modele.coffre.instants import en_utc
from modele.coffre.lignes import operation_de
from modele.coffre.listes import EnQuarantaine
from modele.coffre.regard import visible
from modele.dossier.chemins import ABSENT, Document
from modele.dossier.operations import Operation
from modele.droits import Action, Auteur
from modele.regles.fautes import ErreurUtilisateur

_QUARANTAINE: Final = schema.quarantaine.c
_OPERATION: Final = schema.operation.c
_DU_DOSSIER: Final = (schema.dossier.c.titre, schema.dossier.c.discret, schema.dossier.c.genre)
_ENTETE: Final = frozenset({"id", "territoire", "schema", "cree_le"})


def mettre(connexion: Connection, operation: str, code: str, cause: str, quand: datetime) -> None:
    """Garde une saisie refusée ; sans effet si elle y est déjà, même classée, ou si son contenu est déjà effacé."""
    entiere = select(_OPERATION.id).where(_OPERATION.id == operation, _OPERATION.contenu.is_not(None))
    if connexion.scalar(entiere) is not None:
        connexion.execute(
            insert(schema.quarantaine).prefix_with("OR IGNORE"),
            {"operation": operation, "code": code, "cause": cause, "depuis": en_utc(quand)},
        )


def lister(connexion: Connection, lisibles: ColumnElement[bool]) -> list[EnQuarantaine]:
    """Ce qui attend une décision, du plus ancien au plus récent. D'un dossier discret, les champs ne se disent pas."""
    requete = _ouvertes().where(lisibles).order_by(_QUARANTAINE.depuis, schema.ordre_des_operations)
    return [
        EnQuarantaine(
            ligne.operation,
            ligne.dossier,
            ligne.titre,
            () if ligne.discret else tuple(sorted(operation_de(ligne).champs)),
            ligne.cause,
            ligne.code,
            datetime.fromisoformat(ligne.depuis),
        )
        for ligne in connexion.execute(requete)
    ]


def rejouer(connexion: Connection, operation: str, auteur: Auteur, quand: datetime) -> Document:
    """Ressaisit une opération refusée, en une opération neuve, et la classe. Un dossier jamais pris repart tout entier.

    Lève ``ErreurUtilisateur`` : plus en quarantaine, sans droit, ou dossier que ce poste ne tient plus.
    """
    ligne = _exiger(connexion, operation, auteur)
    if vues.jamais_pris(connexion, ligne.dossier):
        document = depot.recreer(connexion, ligne.dossier, auteur, quand)
        toutes = select(_OPERATION.id).where(_OPERATION.dossier == ligne.dossier)
        _classer(connexion, _QUARANTAINE.operation.in_(toutes), quand)
        return document
    document = depot.modifier(connexion, ligne.dossier, _ressaisie(operation_de(ligne)), auteur, quand)
    _classer(connexion, _QUARANTAINE.operation == operation, quand)
    return document


def classer(connexion: Connection, operation: str, auteur: Auteur, quand: datetime) -> str:
    """Une personne renonce à cette saisie ; elle reste dans l'histoire. Rend son dossier."""
    ligne = _exiger(connexion, operation, auteur)
    _classer(connexion, _QUARANTAINE.operation == operation, quand)
    for parti in tombes.partis(connexion, [ligne.dossier]):
        tombes.effacer_contenus(connexion, parti)
    dossier: str = ligne.dossier
    return dossier


def _ouvertes() -> Select[Any]:
    return (
        select(schema.quarantaine, schema.operation, *_DU_DOSSIER)
        .join(schema.operation, _OPERATION.id == _QUARANTAINE.operation)
        .join(schema.dossier, schema.dossier.c.id == _OPERATION.dossier)
        .where(_QUARANTAINE.classee_le.is_(None), visible(_OPERATION.dossier))
    )


def _exiger(connexion: Connection, operation: str, auteur: Auteur) -> Row[Any]:
    ligne = connexion.execute(_ouvertes().where(_QUARANTAINE.operation == operation)).first()
    if ligne is None:
        raise ErreurUtilisateur("Cette saisie n'est plus à reprendre : elle a déjà été ressaisie ou classée.")
    discret = [Action.LIRE_DISCRET] if ligne.discret else []
    auteurs.exiger(connexion, auteur, ligne.genre, Action.MODIFIER, *discret)
    return ligne


def _classer(connexion: Connection, lesquelles: Any, quand: datetime) -> None:
    ouvertes = update(schema.quarantaine).where(lesquelles, _QUARANTAINE.classee_le.is_(None))
    connexion.execute(ouvertes.values(classee_le=en_utc(quand)))


def _ressaisie(operation: Operation) -> dict[str, Any]:
    """Les valeurs qu'elle posait ; un élément de liste et ses champs se posent par ses champs."""
    champs = {chemin: champ.apres for chemin, champ in operation.champs.items() if chemin not in _ENTETE}
    contenants = {chemin for chemin in champs if any(autre.startswith(f"{chemin}.") for autre in champs)}
    return {chemin: ABSENT if apres is UNSET else apres for chemin, apres in champs.items() if chemin not in contenants}
