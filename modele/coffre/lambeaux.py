"""Ce qui se lit encore d'un coffre abîmé, ligne après ligne, sans jamais y écrire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2
from sqlalchemy import Table

from modele.coffre import nue, schema

# Ce que l'index tient se refait depuis les documents.
INDEX: Final = frozenset({"personne", "frequence", "porte_discrete", "echeance", "rappel", "candidature"})
TABLES: Final[Sequence[Table]] = [table for table in schema.metadonnees.sorted_tables if table.name not in INDEX]
_LOT: Final = 256
_RATES_AU_PLUS: Final = 4000
"""Au-delà, une table se lit par lots entiers ou pas du tout : une page du haut de l'arbre en cache des milliers."""
_LOTS_PERDUS: Final = 3
"""Après autant de lots qui se refusent d'affilée, la fin de la table est perdue."""


@dataclass(frozen=True, slots=True)
class Reste:
    """Les tables lues tout entières, et le nombre de lignes de celles qui ne le sont pas."""

    entieres: frozenset[str]

    @property
    def entier(self) -> bool:
        """Tout se lit, l'index mis à part."""
        return len(self.entieres) == len(TABLES)


def colonnes(table: Table) -> str:
    """Les colonnes d'une table, comme une requête les nomme."""
    return ", ".join(f'"{colonne.name}"' for colonne in table.columns)


def schema_lu(coffre: Path, cle: bytes) -> int | None:
    """Le schéma du coffre abîmé ; ``None`` si même cela ne se lit pas."""
    lecteur = _Lecteur(coffre, cle)
    lignes = lecteur.lire("SELECT version_num FROM alembic_version", ())
    lecteur.fermer()
    return int(lignes[0][0]) if lignes else None


def recueillir(coffre: Path, cle: bytes, dans: Path) -> Reste:
    """Verse ce qui se lit de ``coffre`` dans ``dans``, une base vide du même schéma. Lève ``ErreurUtilisateur``."""
    entieres = set()
    with nue.ouverte(dans, cle, nue.ECRITURE) as cible:
        cible.execute("PRAGMA synchronous = OFF")
        cible.execute("BEGIN")
        for table in TABLES:
            lecture = _Table(_Lecteur(coffre, cle), table)
            cible.execute(f"DELETE FROM {table.name}")
            marques = ", ".join("?" * (len(table.columns) + 1))
            verser = f"INSERT OR IGNORE INTO {table.name}(rowid, {colonnes(table)}) VALUES ({marques})"
            for lignes in lecture.lots():
                cible.executemany(verser, lignes)
            if lecture.entiere:
                entieres.add(table.name)
        cible.execute("COMMIT")
    return Reste(frozenset(entieres))


class _Lecteur:
    """Une page abîmée rend sa connexion inutilisable : la lecture continue par une autre."""

    def __init__(self, coffre: Path, cle: bytes) -> None:
        self._coffre, self._cle, self._mode = coffre, cle, nue.pour_lire(coffre)
        self._connexion: Any = None

    def lire(self, requete: str, valeurs: Sequence[int]) -> list[Any] | None:
        """Les lignes ; ``None`` si elles ne se lisent pas."""
        try:
            if self._connexion is None:
                self._connexion = nue.ouvrir(self._coffre, self._cle, self._mode)
            return list(self._connexion.execute(requete, valeurs))
        except sqlcipher3.dbapi2.Error:
            self.fermer()
            return None

    def fermer(self) -> None:
        """Rend la connexion."""
        if self._connexion is not None:
            self._connexion.close()
            self._connexion = None


class _Table:
    """La lecture d'une table : ``lots()``, puis ``entiere``."""

    def __init__(self, lecteur: _Lecteur, table: Table) -> None:
        self._lecteur, self._table = lecteur, table
        self._rates = 0
        self.entiere = True

    def lots(self) -> Iterator[list[Any]]:
        """Les lignes qui se lisent, par lots, dans leur ordre."""
        bornes = self._lecteur.lire(f"SELECT max(rowid) FROM {self._table.name}", ())
        fin = (bornes[0][0] or 0) if bornes else None
        self.entiere, bas, perdus = fin is not None, 1, 0
        while perdus < _LOTS_PERDUS if fin is None else bas <= fin:
            lues = False
            for lignes in self._entre(bas, bas + _LOT - 1):
                lues = True
                yield lignes
            perdus, bas = (0 if lues else perdus + 1), bas + _LOT
        self._lecteur.fermer()

    def _entre(self, bas: int, haut: int) -> Iterator[list[Any]]:
        """Coupe en deux ce qui se refuse, jusqu'à la ligne."""
        requete = f"SELECT rowid, {colonnes(self._table)} FROM {self._table.name} WHERE rowid BETWEEN ? AND ?"
        a_lire = [(bas, haut)]
        while a_lire:
            bas, haut = a_lire.pop()
            lignes = self._lecteur.lire(f"{requete} ORDER BY rowid", (bas, haut))
            if lignes is not None:
                yield from [lignes] if lignes else []
                continue
            self.entiere = False
            self._rates += 1
            if bas < haut and self._rates < _RATES_AU_PLUS:
                milieu = (bas + haut) // 2
                a_lire += [(milieu + 1, haut), (bas, milieu)]
