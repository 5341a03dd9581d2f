"""Les listes de codes du dossier, lues dans ``ressources/national/nomenclatures.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from modele.regles.confiance import CONFIANCES
from modele.regles.lecture import Lecteur, lire_toml

RESSOURCES: Final = Path(__file__).resolve().parents[2] / "ressources"
FICHIER: Final = RESSOURCES / "national" / "nomenclatures.toml"
# Ces listes ne tiennent pas dans le fichier : les communes viennent du territoire.
EXTERIEURES: Final = frozenset({"commune"})


@dataclass(frozen=True, slots=True)
class Code:
    """Un code : son libellé officiel, son code SNE, sa case du Cerfa, et comment le dire.

    ``violence`` : ce code dit une violence subie ; il ne s'écrit jamais dans un dossier partagé.
    """

    code: str
    libelle: str
    sne: str = ""
    cerfa: str = ""
    dire: str = ""
    note: str = ""
    violence: bool = False

    @property
    def a_dire(self) -> str:
        """La formulation à lire à voix haute : ``dire``, à défaut le libellé."""
        return self.dire or self.libelle


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """Une liste de codes, avec sa source, la date du relevé et sa confiance (V, V2, D, M)."""

    id: str
    libelle: str
    source: str
    releve_le: date | None
    confiance: str
    codes: Mapping[str, Code]


Nomenclatures = Mapping[str, Nomenclature]


@lru_cache(maxsize=1)
def nationales() -> Nomenclatures:
    """Les nomenclatures livrées avec Perron."""
    return lire_nomenclatures(FICHIER)


def lire_nomenclatures(chemin: Path) -> Nomenclatures:
    """Lit et vérifie un fichier de nomenclatures.

    Lève ``FichierFautif`` avec toutes les fautes, ``ErreurUtilisateur`` s'il est illisible.
    """
    lecteur = lire_toml(chemin)
    vues: set[str] = set()
    lues = [_lire(table, vues) for table in lecteur.tables("nomenclature", obligatoire=True)]
    lecteur.finir()
    return {nomenclature.id: nomenclature for nomenclature in lues}


def _lire(table: Lecteur, vues: set[str]) -> Nomenclature:
    lue = Nomenclature(
        id=table.identifiant(vues),
        libelle=table.texte("libelle", obligatoire=True),
        source=table.texte("source", obligatoire=True),
        releve_le=table.date("releve_le", obligatoire=True),
        confiance=table.texte("confiance", obligatoire=True, permis=CONFIANCES),
        codes=_codes(table),
    )
    table.clore()
    return lue


def _codes(table: Lecteur) -> Mapping[str, Code]:
    codes: dict[str, Code] = {}
    vus: set[str] = set()
    for ligne in table.tables("code", obligatoire=True):
        code = Code(
            code=ligne.identifiant(vus, "code"),
            libelle=ligne.texte("libelle", obligatoire=True),
            sne=ligne.texte("sne"),
            cerfa=ligne.texte("cerfa"),
            dire=ligne.texte("dire"),
            note=ligne.texte("note"),
            violence=ligne.booleen("violence"),
        )
        codes[code.code] = code
        ligne.clore()
    return codes
