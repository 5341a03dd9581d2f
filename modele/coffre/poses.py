"""Ce que l'agent a sous les yeux quand il change un champ : l'opération qui avait posé la valeur vue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from modele.coffre import schema
from modele.coffre.lignes import ou_unset
from modele.dossier.chemins import ABSENT, Document, est_element, lire
from modele.dossier.operations import ChampPose, Operation
from modele.fusion import EtatDossier, a_citer
from modele.genres import decoupe

Vue = tuple[str | None, tuple[str, ...]]


def champs_changes(
    connexion: Connection,
    ligne: Row[Any],
    etat: EtatDossier | None,
    document: Document,
    posees: Mapping[str, Any],
) -> dict[str, ChampPose]:
    """Les champs d'une opération qui pose ces valeurs (``ABSENT`` retire) sur ce document ; vide si rien ne change.

    ``etat`` : le miroir, s'il y en a un.
    """
    vues: dict[str, Vue] = {}
    champs: dict[str, ChampPose] = {}
    du_genre = decoupe(ligne.genre)
    for chemin, (avant, apres) in du_genre.changements(document, posees).items():
        cle = du_genre.unite(chemin)
        if cle not in vues:
            vues[cle] = _vue(connexion, ligne, etat, cle, document)
        vu, tranche = vues[cle]
        champs[chemin] = ChampPose(vu, ou_unset(avant), ou_unset(apres), tranche)
    return champs


def poser(connexion: Connection, dossier: str, operation: Operation) -> None:
    """Retient que cette opération a posé ses champs, et est la dernière à l'avoir fait."""
    connexion.execute(
        # Remplacer redonne un numéro de ligne : l'ordre des lignes est celui des poses.
        insert(schema.pose).prefix_with("OR REPLACE"),
        [{"dossier": dossier, "chemin": chemin, "operation": operation.entete.id} for chemin in operation.champs],
    )


def refaire(connexion: Connection, dossier: str, attente: Sequence[Operation]) -> None:
    """Ne garde que les poses de ce qui attend ; le reste est dans le miroir."""
    connexion.execute(delete(schema.pose).where(schema.pose.c.dossier == dossier))
    for operation in attente:
        poser(connexion, dossier, operation)


def _vue(connexion: Connection, ligne: Row[Any], etat: EtatDossier | None, cle: str, document: Document) -> Vue:
    """La dernière opération d'ici qui a touché l'unité ; sinon sa tête en vigueur, et les autres si elles la disent."""
    champs = decoupe(ligne.genre).feuilles(cle)
    posee = _derniere_pose(connexion, ligne.id, champs)
    if posee is not None:
        return posee, ()
    if etat is not None:
        return a_citer(etat, cle)
    vide = est_element(cle) or all(lire(document, champ) is ABSENT for champ in champs)
    return (None if vide else ligne.creation), ()


def _derniere_pose(connexion: Connection, dossier: str, champs: Sequence[str]) -> str | None:
    """La dernière opération d'ici qui a touché l'un de ces champs, ou une table qui le contient."""
    colonnes = schema.pose.c
    contenants = {
        ".".join(cles[:fin]) for cles in (champ.split(".") for champ in champs) for fin in range(1, len(cles) + 1)
    }
    posee: str | None = connexion.scalar(
        select(colonnes.operation)
        .where(colonnes.dossier == dossier, colonnes.chemin.in_(contenants))
        .order_by(schema.ordre_des_poses.desc())
        .limit(1)
    )
    return posee
