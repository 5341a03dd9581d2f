"""La chaîne que ce coffre écrit, ses époques, et de quoi vérifier toutes celles qu'il garde."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from heapq import merge
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, insert, select
from uuid_utils import uuid7

from modele.coffre import schema
from modele.coffre.journaux import reglages, regler
from modele.dossier.operations import Chaine, Operation, fautes_de_chaine, rechainer

_TERRITOIRE: Final = "identite.territoire"
_POSTE: Final = "identite.poste"
_EPOQUE: Final = "identite.epoque"
_SUITE_DE: Final = "identite.suite_de"
BAC_A_SABLE: Final = "-formation-"
"""Le territoire d'un bac à sable de formation : aucun territoire ne peut porter ce nom."""
FERMEE: Final = "reprise.epoque."
"""Réglage : cette époque a des trous que la guérison du coffre n'a pas pu combler."""
Cle = tuple[str, str, str]
_REGLAGE: Final = schema.reglage.c
_NEE: Final = schema.operation.c
_PASSEE: Final = schema.rechaine.c
# Lues à chaque saisie : construites une fois.
_IDENTITE: Final = select(_REGLAGE.cle, _REGLAGE.valeur).where(
    _REGLAGE.cle.in_((_TERRITOIRE, _POSTE, _EPOQUE, _SUITE_DE))
)
_OU: Final = select(_REGLAGE.valeur).where(_REGLAGE.cle == _TERRITOIRE)
_DERNIERES: Final = (
    select(_NEE.rang, _NEE.empreinte)
    .where(
        _NEE.territoire == bindparam("territoire"),
        _NEE.poste == bindparam("poste"),
        _NEE.epoque == bindparam("epoque"),
    )
    .order_by(_NEE.rang.desc())
    .limit(1),
    select(_PASSEE.rang, _PASSEE.empreinte)
    .where(_PASSEE.epoque == bindparam("epoque"))
    .order_by(_PASSEE.rang.desc())
    .limit(1),
)


def chaine_du_poste(connexion: Connection) -> Chaine:
    """Où s'ajoute la prochaine opération de ce coffre : son territoire, son poste, son époque, son dernier rang."""
    lus: dict[str, str] = {ligne.cle: ligne.valeur for ligne in connexion.execute(_IDENTITE)}
    territoire, poste, epoque = lus[_TERRITOIRE], lus[_POSTE], lus[_EPOQUE]
    chaine = Chaine(territoire, poste, epoque, suite_de=lus.get(_SUITE_DE) or None)
    places = {"territoire": territoire, "poste": poste, "epoque": epoque}
    dernieres = [ligne for requete in _DERNIERES if (ligne := connexion.execute(requete, places).first())]
    return replace(chaine, **max(dernieres, key=lambda un: un.rang)._mapping) if dernieres else chaine


def est_un_bac_a_sable(connexion: Connection) -> bool:
    """Ce coffre est un bac à sable de formation : rien n'en part, rien n'y arrive."""
    return connexion.scalar(_OU) == BAC_A_SABLE


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
    return passer(connexion, chaine, operations)


def passer(connexion: Connection, chaine: Chaine, operations: list[Operation]) -> list[Operation]:
    """Enchaîne à ``chaine`` des opérations déjà nées ailleurs ; rend leurs en-têtes neufs."""
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
    communs = (_NEE.territoire, _NEE.poste, _NEE.sel, _NEE.contenu)
    nees = select(*communs, _NEE.epoque, _NEE.rang, _NEE.entete)
    passees = select(*communs, _PASSEE.epoque, _PASSEE.rang, _PASSEE.entete).join(
        schema.rechaine, _PASSEE.operation == _NEE.id
    )
    for ligne in merge(_par_rang(connexion, nees), _par_rang(connexion, passees), key=_place):
        yield (ligne.territoire, ligne.poste, ligne.epoque), Operation(ligne.entete, ligne.sel, ligne.contenu)


def ruptures(connexion: Connection) -> list[str]:
    """Les ruptures des chaînes d'opérations ; vide si rien n'a été touché.

    Une époque qu'une guérison a fermée a pu perdre des rangs : cela s'est dit ce jour-là, et elle ne se juge plus.
    """
    fermees = {cle.removeprefix(FERMEE) for cle in reglages(connexion, FERMEE)}
    return [f"{', '.join(nom)}, {faute}" for nom, faute in _fautes(connexion) if nom[-1] not in fermees]


def epoques_rompues(connexion: Connection) -> set[str]:
    """Les époques dont la chaîne a une rupture."""
    return {nom[-1] for nom, _ in _fautes(connexion)}


def _fautes(connexion: Connection) -> Iterator[tuple[Cle, str]]:
    for nom, paires in groupby(operations_des_chaines(connexion), key=lambda paire: paire[0]):
        for faute in fautes_de_chaine(operation for _, operation in paires):
            yield nom, faute


def _place(ligne: Row[Any]) -> tuple[str, str, str, int]:
    return ligne.territoire, ligne.poste, ligne.epoque, ligne.rang


def _par_rang(connexion: Connection, requete: Select[Any]) -> Iterator[Row[Any]]:
    ordonnee = requete.order_by(*(requete.selected_columns[nom] for nom in ("territoire", "poste", "epoque", "rang")))
    yield from connexion.execution_options(yield_per=500).execute(ordonnee)


def _ligne(neuve: Operation) -> dict[str, Any]:
    entete = neuve.entete
    return {
        "epoque": entete.epoque,
        "rang": entete.rang,
        "operation": entete.id,
        "entete": neuve.octets,
        "empreinte": neuve.empreinte,
    }
