"""La chaîne que ce coffre écrit, ses époques, et de quoi vérifier toutes celles qu'il garde."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from heapq import merge
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, insert, select, union_all
from uuid_utils import uuid7

from modele.coffre import schema
from modele.coffre.journaux import regler
from modele.dossier.operations import Chaine, Operation, rechainer

_TERRITOIRE: Final = "identite.territoire"
_POSTE: Final = "identite.poste"
_EPOQUE: Final = "identite.epoque"
_SUITE_DE: Final = "identite.suite_de"
Cle = tuple[str, str, str]


def chaine_du_poste(connexion: Connection) -> Chaine:
    """Où s'ajoute la prochaine opération de ce coffre : son territoire, son poste, son époque, son dernier rang."""
    table = schema.reglage
    requete = select(table.c.cle, table.c.valeur).where(table.c.cle.in_((_TERRITOIRE, _POSTE, _EPOQUE, _SUITE_DE)))
    lus: dict[str, str] = {ligne.cle: ligne.valeur for ligne in connexion.execute(requete)}
    epoque = lus[_EPOQUE]
    chaine = Chaine(lus[_TERRITOIRE], lus[_POSTE], epoque, suite_de=lus.get(_SUITE_DE) or None)
    operation, rechaine = schema.operation.c, schema.rechaine.c
    derniere = connexion.execute(
        union_all(
            _derniere(select(operation.rang, operation.empreinte).where(*_de_la_chaine(chaine)), operation.rang),
            _derniere(select(rechaine.rang, rechaine.empreinte).where(rechaine.epoque == epoque), rechaine.rang),
        )
    ).all()
    return replace(chaine, **max(derniere, key=lambda un: un.rang)._mapping) if derniere else chaine


def poser_chaine_du_poste(connexion: Connection, chaine: Chaine) -> None:
    """Écrit, à la création du coffre ou à la naissance d'une époque, la chaîne qu'il écrira."""
    for cle, valeur in (
        (_TERRITOIRE, chaine.territoire),
        (_POSTE, chaine.poste),
        (_EPOQUE, chaine.epoque),
        (_SUITE_DE, chaine.suite_de or ""),
    ):
        regler(connexion, cle, valeur)


def nouvelle_epoque(connexion: Connection, operations: list[Operation]) -> list[Operation]:
    """Ouvre une époque qui continue la précédente, et y enchaîne ``operations`` ; rend leurs en-têtes neufs.

    Un coffre restauré ou cloné ne peut plus continuer son époque : un autre a déjà pris la suite.
    """
    ancienne = chaine_du_poste(connexion)
    chaine = Chaine(ancienne.territoire, ancienne.poste, str(uuid7()), suite_de=ancienne.epoque)
    poser_chaine_du_poste(connexion, chaine)
    neuves = []
    for operation in operations:
        neuve = rechainer(chaine, operation)
        chaine = chaine.apres(neuve)
        neuves.append(neuve)
    if neuves:
        connexion.execute(insert(schema.rechaine), [_ligne(neuve) for neuve in neuves])
    return neuves


def operations_des_chaines(connexion: Connection) -> Iterator[tuple[Cle, Operation]]:
    """Toutes les opérations, chaîne après chaîne, par rang croissant, sans les charger ensemble.

    Une opération passée dans une époque neuve y figure aussi, sous son en-tête neuf.
    """
    operation, rechaine = schema.operation.c, schema.rechaine.c
    communs = (operation.territoire, operation.poste, operation.sel, operation.contenu)
    nees = select(*communs, operation.epoque, operation.rang, operation.entete)
    passees = select(*communs, rechaine.epoque, rechaine.rang, rechaine.entete).join(
        schema.rechaine, rechaine.operation == operation.id
    )
    for ligne in merge(_par_rang(connexion, nees), _par_rang(connexion, passees), key=_place):
        yield (ligne.territoire, ligne.poste, ligne.epoque), Operation(ligne.entete, ligne.sel, ligne.contenu)


def _place(ligne: Row[Any]) -> tuple[str, str, str, int]:
    return ligne.territoire, ligne.poste, ligne.epoque, ligne.rang


def _par_rang(connexion: Connection, requete: Select[Any]) -> Iterator[Row[Any]]:
    ordonnee = requete.order_by(*(requete.selected_columns[nom] for nom in ("territoire", "poste", "epoque", "rang")))
    yield from connexion.execution_options(yield_per=500).execute(ordonnee)


def _derniere(requete: Select[Any], rang: Any) -> Select[Any]:
    return select(requete.order_by(rang.desc()).limit(1).subquery())


def _de_la_chaine(chaine: Chaine) -> tuple[Any, ...]:
    colonnes = schema.operation.c
    return (
        colonnes.territoire == chaine.territoire,
        colonnes.poste == chaine.poste,
        colonnes.epoque == chaine.epoque,
    )


def _ligne(neuve: Operation) -> dict[str, Any]:
    entete = neuve.entete
    return {
        "epoque": entete.epoque,
        "rang": entete.rang,
        "operation": entete.id,
        "entete": neuve.octets,
        "empreinte": neuve.empreinte,
    }
