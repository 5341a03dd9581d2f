"""Ce que l'agent qui a ouvert ce coffre n'y voit jamais : les dossiers dont il est écarté, ou dont ce lieu l'est.

Une seule porte, à la connexion : chaque lecture d'un agent passe par des vues qui portent le nom des tables et n'ont
pas ces dossiers ; une requête écrite demain n'a rien à savoir. Ce qui s'écrit passe par ``lignes.ouvert``, qui ne les
connaît pas. L'envoi, la réception et la chaîne lisent tout (``Base.lecture(entiere=True)``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, MetaData, String, Table, select

from modele.coffre import schema
from modele.dossier.documents import decoder
from modele.genres import livres
from modele.protection.ecarts import ecarte

# De cette connexion seulement : les objets que personne, par elle, ne voit. ``ligne`` : leur place dans la table, que
# tout index porte ; filtrer par elle ne fait pas lire les documents.
HORS_DE_VUE: Final = Table("hors_de_vue", MetaData(), Column("dossier", String, primary_key=True), schema="temp")
_CREER: Final = "CREATE TEMP TABLE hors_de_vue (dossier TEXT PRIMARY KEY NOT NULL, ligne INTEGER NOT NULL UNIQUE)"
_LIEUX: Final = ("poste.nom", "registre.guichet")
"""Les réglages qui disent comment ce lieu s'appelle."""
_NOMS: Final = "SELECT valeur FROM main.reglage WHERE cle IN (SELECT value FROM json_each(?)) AND valeur <> ''"
_ECARTS: Final = (
    "SELECT rattache, document FROM main.dossier "
    "WHERE rattache IS NOT NULL AND genre IN (SELECT value FROM json_each(?))"
)
# Le dossier, ceux qui s'y sont fondus, et tout ce qui les suit.
_CACHER: Final = (
    "WITH RECURSIVE tous(id) AS (SELECT value FROM json_each(?) UNION "
    "SELECT fondu.id FROM tous CROSS JOIN main.dossier AS fondu ON fondu.absorbe_par = tous.id) "
    "INSERT OR IGNORE INTO temp.hors_de_vue(dossier, ligne) "
    "SELECT objet.id, objet.rowid FROM tous CROSS JOIN main.dossier AS objet ON objet.id = tous.id UNION "
    "SELECT objet.id, objet.rowid FROM tous CROSS JOIN main.dossier AS objet ON objet.rattache = tous.id"
)
_VU: Final = "regard"


def preparer(nue: Any, vues: bool) -> None:
    """Donne à une connexion neuve de quoi cacher ; ``vues`` : elle ne lit que ce que l'agent voit."""
    nue.execute(_CREER)
    for vue in _vues() if vues else ():
        nue.execute(vue)


def situer(connexion: Connection, agent: str | None) -> bool:
    """Cache de cette connexion ce dont cet agent est écarté (``None`` : personne, rien) ; faux si c'est rien.

    Dans la transaction qui va lire : ce qui s'écrit pendant ce temps n'y est pas encore, l'écart non plus.
    """
    # Le curseur nu : cela précède chaque lecture.
    curseur = connexion.connection.cursor()
    [(version,)] = curseur.execute("PRAGMA main.data_version").fetchall()
    deja = connexion.info.get(_VU)
    if deja is not None and deja[:2] == (agent, version):
        return bool(deja[2])
    connexion.info.pop(_VU, None)
    curseur.execute("DELETE FROM temp.hors_de_vue")
    caches = [] if agent is None else sorted(_ecartes(curseur, agent))
    if caches:
        curseur.execute(_CACHER, (json.dumps(caches),))
    connexion.info[_VU] = (agent, version, bool(caches))
    return bool(caches)


def oublier(connexion: Connection) -> None:
    """Ce que cette connexion savait ne vaut plus : elle vient d'écrire, ou sa transaction s'est défaite."""
    connexion.info.pop(_VU, None)


def visible(objet: ColumnElement[str]) -> ColumnElement[bool]:
    """Vrai d'un objet que l'agent voit : ce qu'une écriture, qui lit tout, doit exiger de ce qu'elle va rendre."""
    return objet.not_in(select(HORS_DE_VUE.c.dossier))


def voit(connexion: Connection, objet: str) -> bool:
    """L'agent voit cet objet, ou il n'y en a pas de ce nom."""
    return connexion.scalar(select(HORS_DE_VUE.c.dossier).where(HORS_DE_VUE.c.dossier == objet)) is None


def _ecartes(curseur: Any, agent: str) -> set[str]:
    genres = [un.id for un in livres().par_id.values() if un.ecarte]
    ecarts = curseur.execute(_ECARTS, (json.dumps(genres),)).fetchall()
    if not ecarts:
        return set()
    lieux = _lieux(curseur)
    return {dossier for dossier, document in ecarts if ecarte(decoder(document), agent, lieux)}


def lieux_d_ici(connexion: Connection) -> list[str]:
    """Comment ce lieu s'appelle : le nom du poste, celui de son guichet."""
    return _lieux(connexion.connection.cursor())


def _lieux(curseur: Any) -> list[str]:
    return [nom for (nom,) in curseur.execute(_NOMS, (json.dumps(_LIEUX),)).fetchall()]


def _vues() -> Iterator[str]:
    """Une vue par table qui nomme un objet, sous le nom de cette table."""
    for table in schema.metadonnees.tables.values():
        voulus = [_condition(colonne) for colonne in table.columns if nomme_un_objet(colonne)]
        if table is schema.dossier:
            voulus = ["rowid NOT IN (SELECT ligne FROM temp.hors_de_vue)"]
        if voulus:
            rang = "rowid AS rowid, " if table.dialect_options["sqlite"]["with_rowid"] else ""
            yield f"CREATE TEMP VIEW {table.name} AS SELECT {rang}* FROM main.{table.name} WHERE {' AND '.join(voulus)}"


def nomme_un_objet(colonne: Column[Any]) -> bool:
    """Vrai d'une colonne dont la valeur est l'identifiant d'un objet."""
    return colonne.name in ("dossier", "autre") or any(
        cle.column is schema.dossier.c.id for cle in colonne.foreign_keys
    )


def _condition(colonne: Column[Any]) -> str:
    cachee = f"{colonne.name} NOT IN (SELECT dossier FROM temp.hors_de_vue)"
    return f"({colonne.name} IS NULL OR {cachee})" if colonne.nullable else cachee
