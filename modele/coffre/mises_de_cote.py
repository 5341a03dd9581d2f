"""Le registre a été restauré : ce que ce poste tenait de la base perdue se met de côté, et se repropose.

Rien n'en part avant que le registre ait répondu qu'il l'a, ou que ce poste ne doit plus le tenir. Dans la transaction
qu'on donne.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, literal, null, select, update

from modele.coffre import schema
from modele.dossier.operations import DOSSIER
from modele.protocole.messages import Entree, Sort

A_PROPOSER: Final = ""
_COTE: Final = schema.mise_de_cote.c
_TITRE: Final = schema.titre.c
_REGLES: Final = (Sort.TENU, Sort.LACHER)


@dataclass(frozen=True, slots=True)
class MisDeCote:
    """Ce que le registre avait dit d'un objet, et l'état qu'il en avait rendu (aucun : ce poste en était sorti)."""

    titre: str
    etat: bytes | None


def retenir_les_titres(connexion: Connection, entrees: Sequence[Entree]) -> None:
    """Garde le dernier titre de chacun de ces objets."""
    lignes = [{"dossier": un.dossier, "texte": un.titre} for un in entrees if un.titre]
    if lignes:
        connexion.execute(insert(schema.titre).prefix_with("OR REPLACE"), lignes)


def oublier_les_titres(connexion: Connection) -> None:
    """Ce poste n'est plus le même pour le registre : ce qu'il a dit à l'ancien ne vaut plus."""
    connexion.execute(delete(schema.titre))
    connexion.execute(delete(schema.mise_de_cote))


def sans_titre(connexion: Connection) -> bool:
    """Vrai si un état convenu n'a pas de titre : il vient d'un registre, ou d'un Perron, qui n'en donnait pas."""
    titres = select(_TITRE.dossier)
    requete = select(schema.miroir.c.dossier).where(
        schema.miroir.c.dossier.not_in(titres), schema.miroir.c.dossier.not_in(_en_suspens())
    )
    return connexion.scalar(requete.limit(1)) is not None


def mettre_de_cote(connexion: Connection) -> None:
    """Met de côté tout ce que le registre avait dit ; ce qui l'était déjà, d'une autre base, y reste."""
    miroir = schema.miroir.c
    tout = select(_TITRE.texte, _TITRE.dossier, miroir.etat, literal(A_PROPOSER)).select_from(
        schema.titre.outerjoin(schema.miroir, miroir.dossier == _TITRE.dossier)
    )
    connexion.execute(update(schema.mise_de_cote).where(_COTE.sort.in_(_REGLES)).values(sort=A_PROPOSER))
    colonnes = ["titre", "dossier", "etat", "sort"]
    connexion.execute(insert(schema.mise_de_cote).prefix_with("OR IGNORE").from_select(colonnes, tout))


def a_proposer(connexion: Connection) -> list[str]:
    """Les titres à montrer au registre : les dossiers d'abord, ce qui les suit après."""
    objet = schema.dossier.c
    requete = (
        select(_COTE.titre)
        .outerjoin(schema.dossier, objet.id == _COTE.dossier)
        .where(_COTE.sort.in_((A_PROPOSER, Sort.APPORTER, Sort.ATTENDRE)))
        .order_by(func.coalesce(objet.genre, DOSSIER) != DOSSIER, _COTE.dossier, _COTE.titre)
    )
    return list(connexion.scalars(requete))


def lire(connexion: Connection, titres: Collection[str]) -> dict[str, bytes]:
    """Les états mis de côté sous ces titres, tels qu'ils étaient gardés."""
    requete = select(_COTE.titre, _COTE.etat).where(_COTE.titre.in_(list(titres)), _COTE.etat.is_not(None))
    return {ligne.titre: ligne.etat for ligne in connexion.execute(requete)}


def noter(connexion: Connection, sorts: Mapping[str, Sort]) -> None:
    """Ce que le registre en a répondu ; de ce qui est réglé, seul le titre reste."""
    for titre, sort in sorts.items():
        valeurs: dict[str, Any] = {"sort": str(sort)} | ({"etat": null()} if sort in _REGLES else {})
        connexion.execute(update(schema.mise_de_cote).where(_COTE.titre == titre).values(valeurs))


def rien_a_proposer(connexion: Connection) -> bool:
    """Le registre sait tout ce que ce poste avait à lui dire, ou demande d'attendre."""
    requete = select(_COTE.titre).where(_COTE.sort.in_((A_PROPOSER, Sort.APPORTER)))
    return connexion.scalar(requete.limit(1)) is None


def en_suspens(connexion: Connection) -> set[str]:
    """Les objets dont rien ne doit partir d'ici : le registre ne les a pas encore, ou ne peut pas les prendre."""
    return set(connexion.scalars(_en_suspens()))


def compter(connexion: Connection) -> int:
    """Combien de dossiers ce poste est seul à garder, en attendant."""
    objet = schema.dossier.c
    requete = select(func.count(_COTE.dossier.distinct())).join(schema.dossier, objet.id == _COTE.dossier)
    return int(
        connexion.scalar(
            requete.where(_COTE.dossier.in_(_en_suspens()), objet.genre == DOSSIER, _COTE.etat.is_not(None))
        )
        or 0
    )


def comprises(connexion: Connection, operations: Collection[str]) -> set[str]:
    """Celles de ces opérations, revenues de la base perdue, que contient ce qui a été mis de côté."""
    colonnes = schema.operation.c
    refuses = select(_COTE.dossier).where(_COTE.sort == Sort.REFUSE)
    requete = select(colonnes.id).where(
        colonnes.id.in_(list(operations)),
        colonnes.dossier.in_(select(_COTE.dossier)),
        colonnes.dossier.not_in(refuses),
        colonnes.id.not_in(select(schema.quarantaine.c.operation)),
    )
    return set(connexion.scalars(requete))


def ranger(connexion: Connection) -> None:
    """Tout est renvoyé : ce qui est réglé s'oublie."""
    encore = select(schema.envoi.c.operation).where(schema.envoi.c.comprise).limit(1)
    if connexion.scalar(encore) is None:
        connexion.execute(delete(schema.mise_de_cote).where(_COTE.sort.in_(_REGLES)))


def _en_suspens() -> Any:
    return select(_COTE.dossier).where(_COTE.sort.not_in(_REGLES), _COTE.etat.is_not(None))
