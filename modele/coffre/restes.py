"""Refaire un coffre de ce qui se lit encore de l'ancien, seul ou par-dessus une copie. Décision 0014.

Une saisie ne se refait pas : elle se reprend telle quelle, à sa place dans le journal, ou elle manque. Ce qu'un dossier
montrait et que plus aucune saisie ne dit se redit à l'ouverture, au nom de qui ouvre.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, insert, select

from modele.coffre import chaines, envois, index, journaux, miroirs, nue, rattaches, receptions, reunions, schema, vues
from modele.coffre.base import Base
from modele.coffre.lambeaux import TABLES, Reste, colonnes
from modele.coffre.lignes import ABSORBE, OUVERT, ligne_neuve, operation_de
from modele.coffre.ouverture import ouvrir_base
from modele.dossier.chemins import Document
from modele.dossier.documents import decoder
from modele.dossier.operations import Operation, rejouer

_OPERATION: Final = schema.operation.c
_DOSSIER: Final = schema.dossier.c
_DISENT: Final = frozenset({"operation", "envoi", "miroir"})
"""Les tables dont un dossier se refait."""


@dataclass(frozen=True, slots=True)
class ARedire:
    """Ce que des dossiers montraient, que leurs saisies relues ne disent plus ; ceux dont la création manque."""

    montrait: dict[str, Document]
    sans_creation: frozenset[str]


def refaire_seul(reste: Path, cle: bytes) -> None:
    """Tout se lisait : il ne manque que l'index. La fin du journal a pu se perdre : une époque neuve s'ouvre."""
    base = Base(reste, cle)
    try:
        with base.ecriture() as connexion:
            index.refaire(connexion)
            _repartir(connexion)
    finally:
        base.fermer()


def sait_plus(copie: Path, sienne: bytes, reste: Path, cle: bytes) -> bool:
    """La copie est plus récente que ce qui se lit du coffre : elle a une saisie de plus, lui aucune, ni document."""
    with nue.ouverte(reste, cle, nue.ECRITURE) as connexion:
        _attacher(connexion, copie, sienne)
        ici, la_bas = "SELECT id FROM main.operation", "SELECT id FROM autre.operation"
        if _ids(connexion, f"{ici} EXCEPT {la_bas}") or not _ids(connexion, f"{la_bas} EXCEPT {ici}"):
            return False
        derniers = "SELECT (SELECT max(modifie_le) FROM autre.dossier) >= (SELECT max(modifie_le) FROM main.dossier)"
        return bool(connexion.execute(derniers).fetchone()[0])


def fondre(neuf: Path, reste: Path, cle: bytes, lu: Reste | None, quand: datetime) -> tuple[int, ARedire]:
    """Pose sur ``neuf``, une copie, ce qui se lisait du coffre ; rend combien de saisies elle n'avait pas.

    ``lu`` : rien si rien ne se lisait, ou si la copie en sait plus.
    """
    versees = _verser(neuf, reste, cle, lu) if lu is not None else _Versees()
    # Une copie peut venir d'un Perron plus ancien : elle se met à jour d'abord.
    base = ouvrir_base(neuf, cle)
    try:
        with base.ecriture() as connexion:
            sans_creation = _tenir_debout(connexion, versees, quand)
            montrait = _comparer(connexion, versees, sans_creation)
            index.refaire(connexion)
            _repartir(connexion)
    finally:
        base.fermer()
    return len(versees.saisies), ARedire(montrait, frozenset(sans_creation))


@dataclass(frozen=True, slots=True)
class _Versees:
    """Ce qui s'est posé sur la copie : les saisies qu'elle n'avait pas, les dossiers qui y disaient autre chose.

    ``suspects`` : ceux d'entre eux dont une saisie a pu se perdre. ``lus`` : les dossiers dont la ligne se lisait.
    """

    saisies: frozenset[str] = frozenset()
    lus: frozenset[str] = frozenset()
    suspects: frozenset[str] = frozenset()


def _attacher(connexion: Any, autre: Path, cle: bytes) -> None:
    connexion.execute("ATTACH ? AS autre KEY ?", (str(autre), f"x'{cle.hex()}'"))


def _verser(neuf: Path, reste: Path, cle: bytes, lu: Reste) -> _Versees:
    """Les tables lues entières remplacent celles de la copie ; les autres s'y ajoutent, ligne par ligne."""
    with nue.ouverte(neuf, cle, nue.ECRITURE) as connexion:
        _attacher(connexion, reste, cle)
        saisies = _ids(connexion, "SELECT id FROM autre.operation WHERE id NOT IN (SELECT id FROM main.operation)")
        lus = _ids(connexion, "SELECT id FROM autre.dossier")
        changes = _ids(connexion, "SELECT id, document FROM autre.dossier EXCEPT SELECT id, document FROM main.dossier")
        connexion.execute("BEGIN")
        with _sans_garde(connexion.execute):
            for table in TABLES:
                _verser_la_table(connexion, table, entiere=table.name in lu.entieres)
        connexion.execute("COMMIT")
    return _Versees(saisies, lus, changes if _DISENT - lu.entieres else frozenset())


def _verser_la_table(connexion: Any, table: Table, *, entiere: bool) -> None:
    noms = colonnes(table)
    if entiere:
        connexion.execute(f"DELETE FROM main.{table.name}")
        connexion.execute(f"INSERT INTO main.{table.name}(rowid, {noms}) SELECT rowid, {noms} FROM autre.{table.name}")
        return
    poser = ", ".join(f'"{une.name}" = excluded."{une.name}"' for une in table.columns)
    # Mise à jour sur place : l'ordre des lignes est celui des saisies.
    connexion.execute(
        f"INSERT INTO main.{table.name}({noms}) SELECT {noms} FROM autre.{table.name} WHERE true ORDER BY rowid "
        f"ON CONFLICT DO UPDATE SET {poser}"
    )


@contextmanager
def _sans_garde(executer: Callable[[str], Any]) -> Iterator[None]:
    """Les tables en ajout seul se refont ici : leurs gardes se lèvent, puis se reposent, dans la même transaction."""
    gardes = [tuple(ligne) for ligne in executer("SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'")]
    for nom, _ in gardes:
        executer(f"DROP TRIGGER main.{nom}")
    yield
    for _, cree in gardes:
        executer(cree)


def _ids(connexion: Any, requete: str) -> frozenset[str]:
    return frozenset(ligne[0] for ligne in connexion.execute(requete))


def _tenir_debout(connexion: Connection, versees: _Versees, quand: datetime) -> set[str]:
    """Ce qui se tient : chaque saisie a son dossier, chaque ligne sa saisie, chaque saisie neuve son envoi.

    Rend les dossiers dont la saisie qui les a créés manque.
    """
    _refaire_les_dossiers(connexion)
    reunions.refaire(connexion)
    _couper_ce_qui_pend(connexion)
    _renvoyer(connexion, versees, quand)
    nees = select(_OPERATION.id)
    sans = select(_DOSSIER.id).where(_DOSSIER.etat == OUVERT, _DOSSIER.creation != "", _DOSSIER.creation.not_in(nees))
    return set(connexion.scalars(sans.where(_DOSSIER.id.not_in(select(schema.miroir.c.dossier)))))


def _refaire_les_dossiers(connexion: Connection) -> None:
    """Un dossier dont la ligne ne se lisait plus, et que la copie n'a pas : refait de ses saisies, ou de son miroir."""
    orphelines = select(schema.operation).where(_OPERATION.dossier.not_in(select(_DOSSIER.id)))
    des_miroirs = select(schema.miroir.c.dossier).where(schema.miroir.c.dossier.not_in(select(_DOSSIER.id)))
    vues.montrer(connexion, miroirs.etats_des_miroirs(connexion, list(connexion.scalars(des_miroirs))), "")
    par_dossier: dict[str, list[Operation]] = {}
    for ligne in connexion.execute(orphelines.order_by(schema.ordre_des_operations)):
        par_dossier.setdefault(ligne.dossier, []).append(operation_de(ligne))
    for nees in par_dossier.values():
        if "id" in nees[0].champs:
            premiere, derniere = nees[0].entete, nees[-1].entete
            neuve = ligne_neuve(
                rejouer(nees), premiere.genre, derniere.par.nom, derniere.fait_le.utc, premiere.id, premiere.fait_le.utc
            )
            connexion.execute(insert(schema.dossier), neuve)
            rattaches.accorder(connexion, [neuve["id"]])


def _couper_ce_qui_pend(connexion: Connection) -> None:
    """Une ligne dont le dossier ou la saisie n'est plus n'a plus de sens ; la clé étrangère la refuserait."""
    # Une saisie qui s'en va emporte ce qui la cite, plus bas : la clé étrangère se juge à la fin.
    connexion.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    with _sans_garde(connexion.exec_driver_sql):
        for table in TABLES:
            for cle in table.foreign_keys:
                connexion.execute(delete(table).where(cle.parent.not_in(select(cle.column))))


def _renvoyer(connexion: Connection, versees: _Versees, quand: datetime) -> None:
    """Une saisie que la copie n'avait pas, sans reçu ni refus : elle est à envoyer, peut-être de nouveau."""
    repondues = (schema.envoi, schema.recu, schema.quarantaine)
    requete = select(schema.operation).where(
        *(_OPERATION.id.not_in(select(table.c.operation)) for table in repondues),
        _OPERATION.dossier.in_(select(_DOSSIER.id).where(_DOSSIER.etat.in_((OUVERT, ABSORBE)))),
        _OPERATION.contenu.is_not(None),
    )
    lignes = connexion.execute(requete.order_by(schema.ordre_des_operations)).all()
    neuves = [operation_de(ligne) for ligne in lignes if ligne.id in versees.saisies]
    if neuves:
        envois.deposer(connexion, neuves, quand)


def _comparer(connexion: Connection, versees: _Versees, sans_creation: Collection[str]) -> dict[str, Document]:
    """Refait les dossiers que les saisies neuves touchent ; rend ce que montraient ceux qui ne disent plus pareil."""
    touches = select(_OPERATION.dossier).where(_OPERATION.id.in_(versees.saisies)).distinct()
    a_refaire = (set(connexion.scalars(touches)) - versees.lus | versees.suspects) - set(sans_creation)
    documents = select(_DOSSIER.id, _DOSSIER.document).where(_DOSSIER.etat == OUVERT)
    avant = {ligne.id: decoder(ligne.document) for ligne in connexion.execute(documents) if ligne.id in a_refaire}
    vues.recomposer(connexion, list(avant), "")
    apres = {ligne.id: decoder(ligne.document) for ligne in connexion.execute(documents) if ligne.id in a_refaire}
    return {un: avant[un] for un in sorted(versees.suspects & avant.keys()) if avant[un] != apres[un]}


def _repartir(connexion: Connection) -> None:
    """Ce qui attend part dans une époque neuve, et le registre se relit du début : il rend ce qu'il a reçu."""
    rompues = chaines.epoques_rompues(connexion)
    envois.rechainer_l_attente(connexion)
    for epoque in rompues:
        journaux.regler(connexion, f"{chaines.FERMEE}{epoque}", "oui")
    receptions.relire(connexion, chaines.chaine_du_poste(connexion).territoire)
