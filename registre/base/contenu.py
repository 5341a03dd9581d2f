"""Ce que tient un registre, en quelques nombres : une base, ou une sauvegarde qu'on relit en entier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, inspect, select, text

from modele.dossier.operations import DOSSIER
from registre.base.programmes import Programmes

_RIEN: Final = r"\N"
_COPIE: Final = b"COPY public."
_FIN: Final = b"\\.\n"


@dataclass(frozen=True, slots=True)
class Contenu:
    """``dossiers`` : ceux que rien n'a effacés. ``derniere`` : la réception la plus récente, s'il y en a une."""

    territoires: tuple[str, ...] = ()
    dossiers: int = 0
    operations: int = 0
    derniere: datetime | None = None

    def __str__(self) -> str:
        derniere = f", la dernière le {self.derniere.astimezone(UTC):%d/%m/%Y à %H:%M} UTC" if self.derniere else ""
        return (
            f"territoires : {', '.join(self.territoires) or 'aucun'} ; dossiers : {self.dossiers} ; "
            f"opérations : {self.operations}{derniere}"
        )


def contenu_de_la_base(connexion: Connection) -> Contenu:
    """Ce que tient la base, à cet instant ; rien si elle n'a pas encore de tables."""
    if not inspect(connexion).has_table("operation", schema="public"):
        return Contenu()
    noms = connexion.execute(text("SELECT territoire FROM territoire ORDER BY territoire")).scalars()
    # Avant le quatrième schéma, il n'y avait que des dossiers.
    genres = {colonne["name"] for colonne in inspect(connexion).get_columns("dossier", schema="public")}
    seuls = "AND genre = :genre" if "genre" in genres else ""
    dossiers = text(f"SELECT count(*) FROM dossier WHERE tombe IS NULL {seuls}")
    recues = select(func.count(), func.max(text("recue_le"))).select_from(text("operation"))
    nombre, derniere = connexion.execute(recues).one()
    compte = connexion.execute(dossiers, {"genre": DOSSIER} if seuls else {}).scalar_one()
    return Contenu(tuple(noms), compte, nombre, derniere)


def contenu_du_fichier(outils: Programmes, fichier: Path) -> Contenu:
    """Ce que tient une sauvegarde, relue jusqu'au bout. Lève ``ErreurUtilisateur`` si elle est abîmée."""
    return _compter(outils.lignes("pg_restore", "--file=-", str(fichier.absolute())))


@dataclass(slots=True)
class _Compte:
    territoires: list[str] = field(default_factory=list)
    dossiers: int = 0
    operations: int = 0
    derniere: datetime | None = None

    def prendre(self, table: str, ligne: Mapping[str, str]) -> None:
        if table == "territoire":
            self.territoires.append(ligne["territoire"])
        elif table == "dossier":
            self.dossiers += ligne["tombe"] == _RIEN and ligne.get("genre", DOSSIER) == DOSSIER
        else:
            self.operations += 1
            recue = datetime.fromisoformat(ligne["recue_le"])
            self.derniere = recue if self.derniere is None else max(self.derniere, recue)


def _compter(lignes: Iterable[bytes]) -> Contenu:
    compte = _Compte()
    suite = iter(lignes)
    for ligne in suite:
        if ligne.startswith(_COPIE):
            table, _, reste = ligne.decode()[len(_COPIE) :].partition(" ")
            if table in ("territoire", "dossier", "operation"):
                colonnes = reste[reste.index("(") + 1 : reste.index(")")].split(", ")
                for valeurs in _valeurs(suite):
                    compte.prendre(table, dict(zip(colonnes, valeurs, strict=True)))
    return Contenu(tuple(sorted(compte.territoires)), compte.dossiers, compte.operations, compte.derniere)


def _valeurs(suite: Iterator[bytes]) -> Iterator[list[str]]:
    """Les lignes d'une table ; PostgreSQL y échappe fins de ligne et tabulations."""
    for ligne in suite:
        if ligne == _FIN:
            return
        yield ligne.rstrip(b"\n").decode().split("\t")
