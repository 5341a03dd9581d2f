"""Recevoir un lot d'opérations : une seule transaction, rejouable, tout ou rien.

Les verrous se prennent toujours dans cet ordre : le poste, son époque, les dossiers par identifiant, puis, le plus tard
possible, le compteur du territoire.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Final

import msgspec
from msgspec import structs
from sqlalchemy import Connection, Engine, Row, bindparam, select
from sqlalchemy.exc import IntegrityError

from modele.dossier.operations import FORMAT, Entete
from modele.dossier.types import SCHEMA
from modele.droits import Perimetre
from modele.fusion import Issue
from modele.genres import livres
from modele.protocole.messages import Arret, LotDOperations, Recu, Recus, lire
from registre.base.moteur import BaseIndisponible, unite_de_travail
from registre.base.schema import operation, poste
from registre.base.tableaux import parmi_les
from registre.service import chaine, comptes, ecartes, purge
from registre.service.ecriture import Jugee, ecrire
from registre.service.jetons import Porteur, revoque
from registre.service.jugement import Jugement, ou, refusee
from registre.service.reprises import est_repris, placer_le_createur
from registre.service.retours import ATTENDRE, en_reprise, un_autre_viendra
from registre.service.tenus import prendre, vivant
from registre.service.verification import Recue, verifier_le_lot

_REPRENDRE_S: Final = {"base_occupee": 5, "base_injoignable": 30, "base_pleine": 300}
_RECENT: Final = Arret(
    "schema_recent",
    "Le registre ne connaît pas encore cette version de Perron : ces saisies partiront quand il sera mis à jour.",
    3600,
)
_ESSAIS: Final = 3
_PROTECTION: Final = "protection"
_LE_POSTE: Final = (
    select(poste.c.revoque_le)
    .where(poste.c.territoire == bindparam("territoire"), poste.c.id == bindparam("poste"))
    .with_for_update(key_share=True)
)
_CONNUES: Final = select(operation.c.id, operation.c.poste, operation.c.entete, operation.c.issue).where(
    operation.c.territoire == bindparam("territoire"), parmi_les(operation.c.id, "ids")
)


def recevoir(moteur: Engine, porteur: Porteur, lot: LotDOperations, maintenant: datetime) -> Recus:
    """Les reçus, dans l'ordre du lot ; moins nombreux si le registre n'a pas pu tout faire, et ``arret`` dit pourquoi.

    Un lot déjà reçu rend les mêmes reçus. Lève ``Refuse`` : voir ``verifier_le_lot`` et ``chaine`` ; poste révoqué.
    """
    if not lot.operations:
        return Recus([])
    try:
        recues = verifier_le_lot(porteur.territoire, porteur.cle, lot.operations)
        unite = partial(_recevoir, porteur=porteur, recues=recues, maintenant=maintenant)
        return _mener(moteur, unite)
    except BaseIndisponible as panne:
        return Recus([], Arret(panne.code, str(panne), _REPRENDRE_S[panne.code]))


def _mener(moteur: Engine, unite: Callable[[Connection], Recus]) -> Recus:
    """Deux postes ont créé le même dossier à l'instant : le second recommence, et voit le premier."""
    for _ in range(_ESSAIS - 1):
        with suppress(IntegrityError):
            return unite_de_travail(moteur, unite)
    return unite_de_travail(moteur, unite)


def _recevoir(connexion: Connection, porteur: Porteur, recues: Sequence[Recue], maintenant: datetime) -> Recus:
    _tenir_le_poste(connexion, porteur)
    place = chaine.tenir(connexion, porteur, recues[0].entete.epoque)
    # Avant les dossiers : ce qu'un autre poste fait entrer d'ici là se heurtera à son identifiant, et tout se rejouera.
    # Après eux, une opération connue nommerait un dossier qu'on n'a pas vu naître, et serait refusée à tort.
    connues = _connues(connexion, porteur.territoire, recues)
    tenus = prendre(connexion, porteur, _nommes(recues), _entraines(recues))
    chaine.exiger_la_suite(connexion, porteur.territoire, place, recues, connues)
    ecarts = ecartes.lire(connexion, porteur.territoire, [tenu.id for tenu in tenus.values() if not tenu.rattache])
    du_poste = comptes.du_poste(connexion, porteur.territoire, porteur.poste)
    jugement = Jugement(porteur, maintenant, tenus, ecarts, du_poste)
    recus: list[Recu | Jugee] = []
    arret: Arret | None = None
    for recue in recues:
        if recue.entete.id in connues:
            recus.append(_deja(jugement, recue, connues[recue.entete.id]))
            continue
        if _trop_recente(recue.entete):
            arret = _RECENT
            break
        if recue.comprise or _reprise_par_un_autre(connexion, jugement, recue):
            recus.append(Jugee(recue, Recu(recue.entete.id, Issue.FUSIONNEE), None, garde=_vit(jugement, recue)))
            continue
        jugee = Jugee(recue, *jugement.juger(recue))
        if jugee.recu.code == "hors_perimetre" and un_autre_viendra(connexion, porteur):
            arret = ATTENDRE
            break
        _taire(connexion, porteur, jugee)
        recus.append(jugee)
    if recus:
        neuves = [un for un in recus if isinstance(un, Jugee)]
        ecrire(connexion, porteur, neuves, jugement.tenus, maintenant)
        _effacer(connexion, porteur.territoire, neuves)
        chaine.avancer(connexion, porteur.territoire, place, recues[len(recus) - 1])
    issues = [un.recu if isinstance(un, Jugee) else un for un in recus]
    return Recus(issues, arret)


def _reprise_par_un_autre(connexion: Connection, jugement: Jugement, recue: Recue) -> bool:
    """Vrai d'une création que contient déjà ce qu'un autre poste a rendu à la base restaurée : tout état l'a."""
    if "id" not in recue.immuables:
        return False
    tenu = vivant(jugement.tenus, recue.entete.dossier)
    if tenu is None or tenu.neuf or tenu.tombe or tenu.rattache:
        return False
    if not est_repris(connexion, jugement.porteur, recue.entete.dossier):
        return False
    return tenu.tenu or placer_le_createur(connexion, jugement.porteur, tenu)


def _taire(connexion: Connection, porteur: Porteur, jugee: Jugee) -> None:
    """D'un autre guichet, tant qu'un poste est attendu, un reçu ne dit pas la valeur en vigueur : elle est retenue."""
    if not jugee.recu.vigueur or jugee.cible is None or ou(porteur, jugee.cible) is not Perimetre.TERRITOIRE:
        return
    if connexion.execute(select(en_reprise(porteur.territoire))).scalar_one():
        jugee.recu = structs.replace(jugee.recu, vigueur={})


def _vit(jugement: Jugement, recue: Recue) -> bool:
    tenu = vivant(jugement.tenus, recue.entete.dossier)
    return tenu is not None and tenu.tenu and not tenu.tombe


def _effacer(connexion: Connection, territoire: str, neuves: Sequence[Jugee]) -> None:
    """Purge les dossiers qu'une opération de ce lot fait effacer, à la demande de la personne (``Genre.efface``)."""
    a_effacer = {un.cible.rattache for un in neuves if un.cible is not None and un.cible.genre.efface}
    for dossier in sorted(a_effacer):
        purge.purger_ici(connexion, territoire, dossier)


def _tenir_le_poste(connexion: Connection, porteur: Porteur) -> None:
    """Un poste pousse un lot à la fois ; révoqué entre-temps, il ne pousse plus."""
    cles = {"territoire": porteur.territoire, "poste": porteur.poste}
    if connexion.execute(_LE_POSTE, cles).scalar_one() is not None:
        raise revoque()


def _nommes(recues: Sequence[Recue]) -> set[str]:
    nommes = {nomme for recue in recues for nomme in (recue.entete.dossier, recue.rattache, *recue.absorbes)}
    return nommes - {""}


def _entraines(recues: Sequence[Recue]) -> set[str]:
    """Ceux de ces objets qui vont peut-être en entraîner d'autres : fondus, effacés, écartés d'un lieu, discrets ou
    plus."""
    changent = [recue for recue in recues if recue.absorbes or _touche_a_la_discretion(recue)]
    # Verrouillés avant le compteur, comme tous : la purge les prendrait après.
    effaces = {recue.rattache for recue in recues if recue.rattache and livres().du(recue.entete.genre).efface}
    ecartes_ = [recue for recue in recues if livres().du(recue.entete.genre).ecarte]
    effaces |= {recue.rattache or recue.entete.dossier for recue in ecartes_}
    return effaces | {nomme for recue in changent for nomme in (recue.entete.dossier, *recue.absorbes)}


def _touche_a_la_discretion(recue: Recue) -> bool:
    # Un objet qui naît n'a encore rien qui le suive.
    return "id" not in recue.immuables and any(chemin.startswith(_PROTECTION) for chemin in recue.dits)


def _trop_recente(entete: Entete) -> bool:
    """Vrai d'une opération qu'une version plus récente a écrite : elle attend que ce registre soit mis à jour."""
    return entete.schema > SCHEMA or entete.format > FORMAT or entete.genre not in livres().par_id


def _connues(connexion: Connection, territoire: str, recues: Sequence[Recue]) -> dict[str, Row[str, str, bytes, bytes]]:
    cles = {"territoire": territoire, "ids": [recue.entete.id for recue in recues]}
    return {ligne.id: ligne for ligne in connexion.execute(_CONNUES, cles)}


def _deja(jugement: Jugement, recue: Recue, connue: Row[str, str, bytes, bytes]) -> Recu:
    """Le reçu gardé. Une opération venue d'un autre poste ne se reconnaît qu'à qui la tient toute entière."""
    if connue.poste == jugement.porteur.poste:
        return lire(bytes(connue.issue), Recu)
    entete = msgspec.json.decode(connue.entete, type=Entete)
    memes = (entete.contenu, entete.dossier) == (recue.entete.contenu, recue.entete.dossier)
    if memes and jugement.tient(recue.entete.dossier):
        return lire(bytes(connue.issue), Recu)
    return refusee(recue.entete.id, "hors_perimetre")
