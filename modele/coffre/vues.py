"""Ce que montre un dossier : l'état convenu, et par-dessus ce qui attend l'envoi. Dans la transaction qu'on donne."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update
from uuid_utils import UUID

from modele.coffre import envois, histoires, miroirs, poses, rattaches, schema
from modele.coffre.etats_d_ici import etat_d_ici, fondus_dans, operations_d_ici
from modele.coffre.index import indexer, reindexer
from modele.coffre.lignes import OUVERT, ligne_changee, ligne_neuve
from modele.dossier.chemins import Document
from modele.dossier.documents import decoder
from modele.dossier.operations import Operation, rejouer
from modele.dossier.types import SCHEMA
from modele.fusion import EtatDossier, document

_UUID_V7: Final = 7
# Ce que l'état fusionné ne dit pas, et que l'opération de création dit.
_NES_AVEC: Final = ("schema", "cree_le")
_JAMAIS: Final = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class _Vue:
    """Un document, son genre, qui l'a changé en dernier, quand."""

    document: Document
    genre: str
    agent: str
    quand: datetime


def montrer(connexion: Connection, etats: Mapping[str, EtatDossier], poste: str) -> None:
    """Refait document, index, poses et divergences de ces dossiers. ``poste`` : celui-ci, au registre."""
    attente = envois.en_attente(connexion, {un for etat in etats.values() for un in miroirs.concernes(etat)})
    connues = _lignes(connexion, etats)
    neuves, projetes, vues = [], [], []
    for dossier, etat in etats.items():
        en_plus = miroirs.attente_de(etat, attente)
        vue = _vue_du_miroir(etat, en_plus)
        vues.append(vue.document)
        if dossier in connues:
            _changer(connexion, connues[dossier], vue)
            poses.refaire(connexion, dossier, en_plus)
        else:
            neuves.append(vue)
        projetes.append(miroirs.projeter(etat, en_plus, poste))
    _ajouter(connexion, neuves)
    rattaches.accorder(connexion, etats)
    miroirs.noter_divergences(connexion, projetes)
    histoires.retenir_les_vues(connexion, vues, projetes)


def recomposer(connexion: Connection, dossiers: Collection[str], poste: str) -> None:
    """Refait ce que montrent ces dossiers : quelque chose n'attend plus."""
    ouverts = [ligne for ligne in _lignes(connexion, dossiers).values() if ligne.etat == OUVERT]
    etats = miroirs.etats_des_miroirs(connexion, [ligne.id for ligne in ouverts])
    montrer(connexion, etats, poste)
    for ligne in ouverts:
        if ligne.id not in etats:
            _refaire_sans_miroir(connexion, ligne)


def jamais_pris(connexion: Connection, dossier: str) -> bool:
    """Le registre a refusé la création même de ce dossier."""
    creation = select(schema.dossier.c.creation).where(schema.dossier.c.id == dossier).scalar_subquery()
    refusee = select(schema.quarantaine.c.operation).where(schema.quarantaine.c.operation == creation)
    return connexion.scalar(refusee) is not None and miroirs.etat_du_miroir(connexion, dossier) is None


def _refaire_sans_miroir(connexion: Connection, ligne: Row[*tuple[Any, ...]]) -> None:
    """Pas encore reçu : ce qui est né ici, moins ce que le registre a refusé ; un dossier jamais pris reste entier."""
    if jamais_pris(connexion, ligne.id):
        return
    nees = operations_d_ici(connexion, ligne.id)
    if fondus_dans(connexion, ligne.id):
        montrer_fondu(connexion, ligne)
    else:
        _changer(connexion, ligne, _vue(rejouer(nees), ligne.genre, [], nees))
        poses.refaire(connexion, ligne.id, nees[1:])
    rattaches.accorder(connexion, [ligne.id])


def montrer_fondu(connexion: Connection, ligne: Row[*tuple[Any, ...]]) -> None:
    """Refait un dossier, que le registre n'a pas rendu, où ce poste en a fondu un autre ; ce qui diverge se note."""
    nees, etat = operations_d_ici(connexion, ligne.id), etat_d_ici(connexion, ligne.id)
    nee = rejouer(nees[:1])
    auteurs = [(auteur.fait_le, auteur.agent) for auteur in etat.auteurs.values()]
    _changer(
        connexion, ligne, _vue(document(etat) | {nom: nee[nom] for nom in _NES_AVEC}, ligne.genre, auteurs, nees[-1:])
    )
    # Ce que cite la suite est l'état, où sont les têtes des deux.
    poses.refaire(connexion, ligne.id, ())
    miroirs.noter_divergences(connexion, [etat])
    histoires.retenir_les_vues(connexion, [], [etat])


def _lignes(connexion: Connection, dossiers: Iterable[str]) -> dict[str, Row[*tuple[Any, ...]]]:
    table = schema.dossier.c
    requete = select(table.id, table.genre, table.etat, table.document).where(table.id.in_(list(dossiers)))
    return {ligne.id: ligne for ligne in connexion.execute(requete)}


def _changer(connexion: Connection, ligne: Row[*tuple[Any, ...]], vue: _Vue) -> None:
    valeurs = ligne_changee(vue.document, vue.genre, vue.agent, vue.quand) | {"absorbe_par": None}
    connexion.execute(update(schema.dossier).where(schema.dossier.c.id == ligne.id).values(valeurs))
    reindexer(connexion, vue.genre, decoder(ligne.document), vue.document)


def _ajouter(connexion: Connection, neuves: Sequence[_Vue]) -> None:
    if neuves:
        lignes = [
            ligne_neuve(vue.document, vue.genre, vue.agent, vue.quand, "", _naissance(vue.document["id"], vue.quand))
            for vue in neuves
        ]
        connexion.execute(insert(schema.dossier), lignes)
        indexer(connexion, [(vue.genre, vue.document) for vue in neuves])


def _vue_du_miroir(etat: EtatDossier, en_plus: Sequence[Operation]) -> _Vue:
    auteurs = [(auteur.fait_le, auteur.agent) for auteur in etat.auteurs.values()]
    convenu = document(etat)
    nee = _naissance(etat.dossier, max(auteurs, default=(_JAMAIS, ""))[0])
    projete = rejouer(en_plus, convenu | {"schema": SCHEMA, "cree_le": nee.isoformat()})
    return _vue(projete, etat.genre, auteurs, en_plus)


def _vue(lu: Document, genre: str, auteurs: list[tuple[datetime, str]], operations: Sequence[Operation]) -> _Vue:
    entetes = [operation.entete for operation in operations]
    quand, agent = max([*auteurs, *((un.fait_le.utc, un.par.nom) for un in entetes)], default=(_JAMAIS, ""))
    return _Vue(lu, genre, agent, quand)


def _naissance(dossier: str, defaut: datetime) -> datetime:
    """L'instant que porte un identifiant UUIDv7 : le même pour tous les postes."""
    try:
        lu = UUID(dossier)
    except ValueError:
        return defaut
    return datetime.fromtimestamp(lu.timestamp / 1000, UTC) if lu.version == _UUID_V7 else defaut
