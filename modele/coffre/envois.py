"""La boîte d'envoi : ce qui n'est pas encore revenu du registre. Dans la transaction qu'on donne.

Une opération y entre en naissant. Elle en sort quand la réception qui contient son résultat est appliquée, ou quand le
registre la refuse (elle est alors en quarantaine).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    select,
    union_all,
    update,
)

from modele.coffre import mises_de_cote, schema
from modele.coffre.chaines import chaine_du_poste, nouvelle_epoque, passer
from modele.coffre.instants import en_utc
from modele.coffre.lignes import EFFACE, SUPPRIME, operation_de
from modele.coffre.listes import EnAttente
from modele.dossier.operations import Operation

ATTENTE: Final = "attente"
ENVOYEE: Final = "envoyee"
ANNULEE: Final = "annulee"
"""Le code, en quarantaine et déjà classé, d'une opération qu'une personne a annulée avant qu'elle parte."""
_ENVOI: Final = schema.envoi.c
_OPERATION: Final = schema.operation.c
_RECHAINE: Final = schema.rechaine.c
# Toutes les places qu'une opération a eues : celle où elle est née, celles où elle a été passée.
# Celles d'un dossier supprimé n'ont plus de place : rien ne les renvoie.
_RETENUES: Final = (
    select(_OPERATION.id)
    .join(schema.dossier, schema.dossier.c.id == _OPERATION.dossier)
    .where(schema.dossier.c.etat.in_((SUPPRIME, EFFACE)))
)
# Une opération annulée ici avant de partir n'en a plus non plus.
ANNULEES: Final = select(schema.quarantaine.c.operation).where(schema.quarantaine.c.code == ANNULEE)
_PLACE: Final = (
    union_all(
        select(_OPERATION.id.label("operation"), _OPERATION.epoque, _OPERATION.rang).where(
            _OPERATION.id.not_in(_RETENUES), _OPERATION.id.not_in(ANNULEES)
        ),
        select(_RECHAINE.operation, _RECHAINE.epoque, _RECHAINE.rang).where(
            _RECHAINE.operation.not_in(_RETENUES), _RECHAINE.operation.not_in(ANNULEES)
        ),
    )
    .subquery("place")
    .c
)


def deposer(connexion: Connection, operations: Sequence[Operation], quand: datetime) -> None:
    """Met des opérations qui viennent de naître dans la boîte d'envoi."""
    entetes = [operation.entete for operation in operations]
    lignes = [_ligne(entete.id, entete.epoque, entete.rang, quand) for entete in entetes]
    connexion.execute(insert(schema.envoi), lignes)


def lot(connexion: Connection, au_plus: int) -> list[Operation]:
    """Les prochaines à envoyer, telles qu'elles partent : d'une seule époque, par rang croissant."""
    epoque = connexion.scalar(
        select(_ENVOI.epoque).where(_ENVOI.etat == ATTENTE).order_by(schema.ordre_des_envois).limit(1)
    )
    requete = _telles_qu_elles_partent().where(_ENVOI.epoque == epoque, _ENVOI.etat == ATTENTE)
    return [operation_de(ligne) for ligne in connexion.execute(requete.order_by(_ENVOI.rang).limit(au_plus))]


def comprises(connexion: Connection, operations: Collection[str]) -> set[str]:
    """Celles de ces opérations qui sont déjà dans ce que ce poste repropose au registre restauré."""
    return set(
        connexion.scalars(select(_ENVOI.operation).where(_ENVOI.operation.in_(list(operations)), _ENVOI.comprise))
    )


def noter_essai(connexion: Connection, operations: Collection[str]) -> bool:
    """Compte un essai de plus pour chacune, avant qu'elles partent ; faux si l'une n'est plus à envoyer."""
    notees = connexion.execute(
        update(schema.envoi).where(_ENVOI.operation.in_(list(operations))).values(essais=_ENVOI.essais + 1)
    )
    return notees.rowcount == len(operations)


def ont_pu_partir(connexion: Connection, dossiers: Collection[str]) -> bool:
    """Vrai si le registre a pu recevoir quelque chose d'eux : une opération déjà tentée, ou qui n'attend plus."""
    jamais_tentees = select(_ENVOI.operation).where(_ENVOI.etat == ATTENTE, _ENVOI.essais == 0)
    autres = select(_OPERATION.id).where(_OPERATION.dossier.in_(list(dossiers)), _OPERATION.id.not_in(jamais_tentees))
    recus = select(schema.miroir.c.dossier).where(schema.miroir.c.dossier.in_(list(dossiers)))
    return any(connexion.scalar(requete.limit(1)) is not None for requete in (autres, recus))


def jamais_parties(connexion: Connection, operations: Collection[str]) -> bool:
    """Vrai si toutes attendent encore, et que rien n'a été tenté."""
    requete = select(func.count()).where(
        _ENVOI.operation.in_(list(operations)), _ENVOI.etat == ATTENTE, _ENVOI.essais == 0
    )
    return connexion.scalar(requete) == len(operations)


def annuler(connexion: Connection, operations: Collection[str], quand: datetime) -> None:
    """Ces opérations ne valent plus et ne partiront pas ; elles restent dans la chaîne, où rien ne s'efface."""
    connexion.execute(delete(schema.envoi).where(_ENVOI.operation.in_(list(operations))))
    ligne = {"code": ANNULEE, "cause": "", "depuis": en_utc(quand), "classee_le": en_utc(quand)}
    connexion.execute(insert(schema.quarantaine), [{**ligne, "operation": une} for une in operations])


def retenir(connexion: Connection, dossiers: Collection[str]) -> None:
    """Ces dossiers ne s'envoient plus. Le rang qu'ils laissent vide, le registre le dit : une époque neuve s'ouvre."""
    d_eux = select(_OPERATION.id).where(_OPERATION.dossier.in_(list(dossiers)))
    connexion.execute(delete(schema.envoi).where(_ENVOI.operation.in_(d_eux)))


def rendre(connexion: Connection, dossiers: Collection[str], quand: datetime) -> None:
    """Ces dossiers s'envoient de nouveau, à la suite de ce qui attend, dans l'ordre où ils sont nés."""
    requete = select(schema.operation).where(_OPERATION.dossier.in_(list(dossiers)))
    nees = [operation_de(ligne) for ligne in connexion.execute(requete.order_by(schema.ordre_des_operations))]
    for neuve in passer(connexion, chaine_du_poste(connexion), nees):
        connexion.execute(insert(schema.envoi), _ligne(neuve.entete.id, neuve.entete.epoque, neuve.entete.rang, quand))


def en_attente(connexion: Connection, dossiers: Collection[str]) -> dict[str, list[Operation]]:
    """Ce qui n'est pas revenu du registre, par dossier, dans l'ordre où c'est né."""
    requete = (
        select(_OPERATION.dossier, _OPERATION.entete, _OPERATION.sel, _OPERATION.contenu)
        .join(schema.envoi, _ENVOI.operation == _OPERATION.id)
        .where(_OPERATION.dossier.in_(list(dossiers)))
        .order_by(schema.ordre_des_operations)
    )
    attente: dict[str, list[Operation]] = defaultdict(list)
    for ligne in connexion.execute(requete):
        attente[ligne.dossier].append(operation_de(ligne))
    return attente


def tenues(connexion: Connection, operations: Collection[str]) -> set[str]:
    """Celles de ces opérations qui sont dans la boîte d'envoi."""
    return set(connexion.scalars(select(_ENVOI.operation).where(_ENVOI.operation.in_(list(operations)))))


def accuser(connexion: Connection, sequences: dict[str, int]) -> None:
    """Le registre les a prises : elles attendent la réception de leur séquence."""
    for operation, sequence in sequences.items():
        connexion.execute(
            update(schema.envoi).where(_ENVOI.operation == operation).values(etat=ENVOYEE, sequence=sequence)
        )


def partir(connexion: Connection, jusque: int) -> set[str]:
    """Fait sortir celles dont le résultat est reçu ; rend leurs dossiers."""
    revenues = and_(_ENVOI.etat == ENVOYEE, _ENVOI.sequence <= jusque)
    return _retirer(connexion, revenues)


def retirer(connexion: Connection, operations: Collection[str]) -> set[str]:
    """Fait sortir celles-ci ; rend leurs dossiers."""
    return _retirer(connexion, _ENVOI.operation.in_(list(operations)))


def rechainer_l_attente(connexion: Connection) -> None:
    """Ouvre une époque neuve et y passe tout ce que le registre n'a pas pris, dans l'ordre où c'est né."""
    requete = (
        select(_OPERATION.entete, _OPERATION.sel, _OPERATION.contenu)
        .join(schema.envoi, _ENVOI.operation == _OPERATION.id)
        .where(_ENVOI.etat == ATTENTE)
        .order_by(schema.ordre_des_operations)
    )
    lignes = connexion.execute(requete).all()
    neuves = nouvelle_epoque(connexion, [operation_de(ligne) for ligne in lignes])
    for neuve in neuves:
        entete = neuve.entete
        connexion.execute(
            update(schema.envoi).where(_ENVOI.operation == entete.id).values(epoque=entete.epoque, rang=entete.rang)
        )


def remettre(connexion: Connection, epoque: str, depuis_le_rang: int, quand: datetime) -> bool:
    """Remet à envoyer ce que le registre n'a plus, de ce rang à la fin de l'époque ; faux si ce rang n'est pas ici."""
    ou = (_PLACE.epoque == epoque, _PLACE.rang >= depuis_le_rang)
    connexion.execute(
        update(schema.envoi)
        .where(_ENVOI.epoque == epoque, _ENVOI.rang >= depuis_le_rang)
        .values(etat=ATTENTE, sequence=0)
    )
    places = connexion.execute(
        select(_PLACE.operation, _PLACE.epoque, _PLACE.rang).where(*ou).order_by(_PLACE.rang)
    ).all()
    _remettre(connexion, places, quand)
    return bool(places) and places[0].rang == depuis_le_rang


def sonder(connexion: Connection, quand: datetime) -> None:
    """Le registre a changé de base : ce qu'il avait pris ne compte plus, et la dernière de chaque époque repart.

    S'il l'a encore, il la reconnaît ; sinon il dit d'où reprendre, et ``remettre`` lui rend ce qu'il a perdu.
    """
    connexion.execute(update(schema.envoi).values(etat=ATTENTE, sequence=0))
    # Une opération remise dans une époque neuve ne compte que là : elle cacherait la fin de l'ancienne.
    toutes = select(_PLACE.operation, _PLACE.epoque, _PLACE.rang).order_by(_PLACE.epoque, _PLACE.rang)
    places = {ligne.operation: ligne for ligne in connexion.execute(toutes)}
    dernieres = {ligne.epoque: ligne for ligne in sorted(places.values(), key=lambda un: int(un.rang))}
    _remettre(connexion, [dernieres[epoque] for epoque in sorted(dernieres, reverse=True)], quand)


def resumer(connexion: Connection, lisibles: ColumnElement[bool]) -> list[EnAttente]:
    """Ce qui attend, par dossier, de la plus ancienne attente à la plus récente ; nommé s'il peut se lire."""
    depuis = func.min(_ENVOI.depuis).label("depuis")
    requete = (
        select(
            schema.dossier.c.id,
            case((lisibles, schema.dossier.c.titre), else_="").label("titre"),
            func.count().label("saisies"),
            func.sum(case((_ENVOI.etat == ENVOYEE, 1), else_=0)).label("envoyees"),
            depuis,
        )
        .select_from(schema.envoi)
        .join(schema.operation, _OPERATION.id == _ENVOI.operation)
        .join(schema.dossier, schema.dossier.c.id == _OPERATION.dossier)
        .group_by(schema.dossier.c.id)
        .order_by(depuis, schema.dossier.c.id)
    )
    return [
        EnAttente(ligne.id, ligne.titre, ligne.saisies, ligne.envoyees, datetime.fromisoformat(ligne.depuis))
        for ligne in connexion.execute(requete)
    ]


def compter(connexion: Connection) -> int:
    """Combien d'opérations n'ont pas encore été envoyées, de tous les dossiers."""
    a_envoyer = select(func.count()).select_from(schema.envoi).where(_ENVOI.etat != ENVOYEE)
    return connexion.execute(a_envoyer).scalar_one()


def _telles_qu_elles_partent() -> Select[Any]:
    entete = func.coalesce(_RECHAINE.entete, _OPERATION.entete).label("entete")
    return (
        select(entete, _OPERATION.sel, _OPERATION.contenu)
        .select_from(schema.envoi)
        .join(schema.operation, _OPERATION.id == _ENVOI.operation)
        .join(schema.rechaine, and_(_RECHAINE.epoque == _ENVOI.epoque, _RECHAINE.rang == _ENVOI.rang), isouter=True)
    )


def _retirer(connexion: Connection, lesquelles: ColumnElement[bool]) -> set[str]:
    requete = select(_OPERATION.dossier).join(schema.envoi, _ENVOI.operation == _OPERATION.id).where(lesquelles)
    dossiers = set(connexion.scalars(requete))
    connexion.execute(delete(schema.envoi).where(lesquelles))
    return dossiers


def _remettre(connexion: Connection, places: Sequence[Row[*tuple[Any, ...]]], quand: datetime) -> None:
    deja = mises_de_cote.comprises(connexion, [place.operation for place in places])
    lignes = [
        _ligne(place.operation, place.epoque, place.rang, quand) | {"comprise": place.operation in deja}
        for place in places
    ]
    if lignes:
        # Ce qui attend déjà, à cette place ou dans une époque plus neuve, y reste.
        connexion.execute(insert(schema.envoi).prefix_with("OR IGNORE"), lignes)


def _ligne(operation: str, epoque: str, rang: int, quand: datetime) -> dict[str, Any]:
    return {
        "operation": operation,
        "epoque": epoque,
        "rang": rang,
        "etat": ATTENTE,
        "sequence": 0,
        "essais": 0,
        "depuis": en_utc(quand),
    }
