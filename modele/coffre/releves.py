"""Compter une année et un lieu, en SQL, dans la transaction qu'on donne. Rien de personne n'en sort : des nombres.

Une personne est reçue à un lieu, une année, quand une écriture au moins y est faite dans son dossier. Les écritures
d'ici sont au journal ; celles des autres postes, dans l'état que le registre a rendu.

Tout le monde lit les mêmes nombres : à lire d'une transaction entière, sans quoi la différence entre deux agents dirait
de quel dossier l'un d'eux est écarté. De même, un dossier discret ne compte dans aucun chiffre d'un lieu : un poste qui
ne le tient pas tirerait sinon un nombre de moins, et les deux rapports, côte à côte, diraient qu'il existe.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Connection, select, text

from modele.chiffres.declaration import NON_DIT, Chiffre, Compte, Declares, Perimetre
from modele.chiffres.rapport import NOMBRE, Effectif, Releve
from modele.coffre import schema
from modele.coffre.lignes import OUVERT
from modele.coffre.regard import lieux_d_ici
from modele.dossier.operations import DOSSIER

ICI: Final = ""
"""Le poste qui compte, quel que soit le nom que le registre lui donne."""

# Le jour se lit à l'heure de qui écrivait : le 31 décembre au soir est de cette année-là.
_ECRITURES: Final = """
WITH ecriture(dossier, jour, poste) AS (
  SELECT o.dossier, date(substr(o.utc, 1, 19), o.decalage || ' minutes'), :ici FROM (
    SELECT dossier, json_extract(CAST(entete AS TEXT), '$.fait_le.utc') AS utc,
           json_extract(CAST(entete AS TEXT), '$.fait_le.decalage') AS decalage FROM operation
  ) AS o
  UNION ALL
  SELECT m.dossier,
         date(substr(json_extract(a.value, '$.fait_le'), 1, 19), json_extract(a.value, '$.decalage') || ' minutes'),
         json_extract(a.value, '$.poste')
  FROM miroir AS m, json_each(CAST(m.etat AS TEXT), '$.auteurs') AS a
  WHERE NOT EXISTS (SELECT 1 FROM operation WHERE operation.id = a.key)
)
SELECT COALESCE(d.absorbe_par, d.id) AS dossier, e.poste AS poste, COUNT(*) AS nombre, tenu.discret AS discret
FROM ecriture AS e
JOIN dossier AS d ON d.id = e.dossier
JOIN dossier AS tenu ON tenu.id = COALESCE(d.absorbe_par, d.id)
WHERE e.jour BETWEEN :du AND :au AND tenu.genre = :genre AND tenu.etat = :ouvert
GROUP BY 1, 2
"""
# Chaque dossier reçu, et le nombre de ses écritures.
_RECUES: Final = "FROM json_each(:recues) AS recue JOIN dossier AS d ON d.id = recue.key"
_SUITES: Final = (
    f"{_RECUES} JOIN json_each(d.document, '$.suites.elements') AS s "
    "WHERE json_extract(s.value, '$.faite_le') BETWEEN :du AND :au"
)
_DITE: Final = "json_extract(s.value, '$.orientation') IN (SELECT value FROM json_each(:voies))"
# De chaque ligne, combien de personnes (une seule fois chacune) et combien d'écritures dans leurs dossiers.
_PAR_LIGNE: Final = (
    "SELECT ligne, COUNT(*), SUM(nombre) FROM "
    "(SELECT DISTINCT {} AS ligne, recue.key, recue.value AS nombre {}) GROUP BY 1"
)
_REPONDUES: Final = (
    f"{_SUITES} AND {_DITE} AND julianday(json_extract(s.value, '$.issue_le')) "
    ">= julianday(json_extract(s.value, '$.faite_le'))"
)
_DUREES: Final = (
    "SELECT CAST(julianday(json_extract(s.value, '$.issue_le')) - julianday(json_extract(s.value, '$.faite_le')) "
    f"AS INTEGER) {_REPONDUES}"
)

_SQL: Final[Mapping[Compte, str]] = {
    Compte.PERSONNES: _PAR_LIGNE.format("''", _RECUES),
    Compte.CODES: _PAR_LIGNE.format(
        "coche.value", f"{_RECUES} JOIN json_each(d.document, '$.' || :chemin || '.coches') AS coche"
    ),
    Compte.UN_DE: _PAR_LIGNE.format(
        "''",
        f"{_RECUES} JOIN json_each(d.document, '$.' || :chemin || '.coches') AS coche "
        "WHERE coche.value IN (SELECT value FROM json_each(:codes))",
    ),
    # Une réponse incertaine (« ne sait pas », un refus) n'est pas un code.
    Compte.VALEURS: _PAR_LIGNE.format(
        "CASE json_type(d.document, '$.' || :chemin) WHEN 'text' THEN json_extract(d.document, '$.' || :chemin) "
        "ELSE :non_dit END",
        _RECUES,
    ),
    Compte.ORIENTEES: _PAR_LIGNE.format("''", f"{_SUITES} AND {_DITE}"),
    Compte.VOIES: _PAR_LIGNE.format("json_extract(s.value, '$.orientation')", f"{_SUITES} AND {_DITE}"),
    # Toute voie qui n'est pas connue pour se dire : une voie publiée demain ne se dira pas par lieu par oubli.
    Compte.A_PART: _PAR_LIGNE.format("''", f"{_SUITES} AND NOT {_DITE}"),
    Compte.ISSUES: _PAR_LIGNE.format(
        "json_extract(s.value, '$.issue')", f"{_SUITES} AND {_DITE} AND json_extract(s.value, '$.issue') IS NOT NULL"
    ),
    Compte.DELAI: _PAR_LIGNE.format(":nombre", _REPONDUES),
    # Ni personne, ni dossier : un numéro est une venue, et toutes celles que ce poste tient sont de son lieu.
    Compte.VENUES: (
        "SELECT CASE WHEN :chemin = '' THEN '' ELSE COALESCE(json_extract(document, '$.' || :chemin), :non_dit) END, "
        "COUNT(*), COUNT(*) FROM dossier WHERE genre = :objet AND etat = :ouvert "
        "AND json_extract(document, '$.' || :quand) BETWEEN :du AND :au GROUP BY 1"
    ),
    Compte.OBJETS: _PAR_LIGNE.format(
        "json_extract(o.document, '$.' || :chemin)",
        f"{_RECUES} JOIN dossier AS o ON o.rattache = d.id WHERE o.genre = :objet AND o.etat = :ouvert "
        "AND substr(json_extract(o.document, '$.' || :quand), 1, 10) BETWEEN :du AND :au "
        "AND json_type(o.document, '$.' || :chemin) = 'text'",
    ),
}


def lieux(connexion: Connection) -> dict[str, frozenset[str]]:
    """Les lieux qui se nomment d'ici, et les postes de chacun ; celui de ce poste d'abord."""
    trouves: dict[str, set[str]] = {nom: {ICI} for nom in lieux_d_ici(connexion)}
    connus = select(schema.poste_connu).where(schema.poste_connu.c.guichet != "").order_by(schema.poste_connu.c.guichet)
    for ligne in connexion.execute(connus):
        trouves.setdefault(ligne.guichet, set()).add(ligne.id)
    return {nom: frozenset(eux) for nom, eux in trouves.items()}


def relever(
    connexion: Connection, declares: Declares, postes: Collection[str], annee: int, voies: Collection[str]
) -> Releve:
    """Les comptes de cette année, au lieu de ces postes et au territoire. ``voies`` : celles qui se disent par lieu.

    Les venues ne se comptent que du lieu de ce poste : la file d'un lieu ne sort pas de lui.
    """
    bornes = {"du": f"{annee:04}-01-01", "au": f"{annee:04}-12-31", "ouvert": OUVERT, "nombre": NOMBRE}
    ecrites = connexion.execute(text(_ECRITURES), {**bornes, "ici": ICI, "genre": DOSSIER}).all()
    recues: dict[Perimetre, dict[str, int]] = {perimetre: {} for perimetre in Perimetre}
    for dossier, poste, nombre, discret in ecrites:
        for perimetre in (Perimetre.TERRITOIRE, *([Perimetre.LIEU] if poste in postes and not discret else [])):
            recues[perimetre][dossier] = recues[perimetre].get(dossier, 0) + nombre
    dites = json.dumps(sorted(set(voies) - declares.a_part))
    comptes: dict[str, Mapping[str, Effectif]] = {}
    durees = {}
    for chiffre in filter(lambda un: un.suivi, declares.chiffres):
        if chiffre.compte is Compte.VENUES and ICI not in postes:
            continue
        valeurs = bornes | _valeurs(chiffre) | {"recues": json.dumps(recues[chiffre.perimetre]), "voies": dites}
        comptes[chiffre.id] = _lignes(connexion, _SQL[chiffre.compte], valeurs)
        if chiffre.compte is Compte.DELAI:
            durees[chiffre.id] = tuple(connexion.scalars(text(_DUREES), valeurs))
    return Releve(comptes, durees)


def _valeurs(chiffre: Chiffre) -> dict[str, str]:
    return {
        "chemin": chiffre.chemin,
        "codes": json.dumps(chiffre.codes),
        "non_dit": NON_DIT,
        "objet": chiffre.genre,
        "quand": chiffre.quand,
    }


def _lignes(connexion: Connection, sql: str, valeurs: Mapping[str, Any]) -> dict[str, Effectif]:
    return {
        ligne: Effectif(personnes, operations) for ligne, personnes, operations in connexion.execute(text(sql), valeurs)
    }
