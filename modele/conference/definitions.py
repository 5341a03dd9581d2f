"""Ce que mesure chaque indicateur : ``ressources/national/conference.toml``. Rien n'en est écrit en Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance
from ressources import RESSOURCES

_FICHIER: Final = RESSOURCES / "national" / "conference.toml"
_EXIGEES: Final = (*COMPLETE, "fondement")


class Nature(StrEnum):
    """Ce qu'est une valeur : un effectif, une part ou un rapport (numérateur sur dénominateur), un délai en jours."""

    NOMBRE = "nombre"
    PART = "part"
    RAPPORT = "rapport"
    DELAI = "delai"


@dataclass(frozen=True, slots=True)
class Definition:
    """Un indicateur. ``objectif`` : pour cent au moins, si la loi en donne un. ``detient`` : qui a la donnée.

    ``denominateur`` d'un délai : ce qui s'y compte (« demandes ») ; vide, des baux.
    """

    id: str
    libelle: str
    nature: Nature
    definition: str
    numerateur: str
    denominateur: str
    manquant: str
    detient: str
    objectif: Decimal | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Attendu:
    """Ce que la conférence examine et que ces fichiers ne donnent pas. ``detient`` : qui l'a.

    ``donne_par`` : l'indicateur qui le dit, quand un fichier de plus le donne ; vide, aucun.
    """

    id: str
    libelle: str
    detient: str
    provenance: Provenance
    donne_par: str = ""


@dataclass(frozen=True, slots=True)
class Conference:
    """Tout ce que le fichier dit. ``situations``, ``publics``, ``motifs`` : le libellé d'un code.

    ``groupes`` : les codes de situation que chaque groupe réunit.
    """

    definitions: Mapping[str, Definition]
    attendus: tuple[Attendu, ...]
    situations: Mapping[str, str]
    perimetres: Mapping[str, str]
    publics: Mapping[str, str]
    motifs: Mapping[str, str]
    groupes: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def conference() -> Conference:
    """Celle qui est livrée. Lève ``FichierFautif`` avec toutes les fautes."""
    return lire_conference(lire_toml(_FICHIER))


def lire_conference(lecteur: Lecteur) -> Conference:
    """Lit et vérifie : chaque indicateur a sa définition, son article, sa source. Lève ``FichierFautif``."""
    lecteur.exiger_format()
    vus: set[str] = set()
    definitions = [_definition(table, vus) for table in lecteur.tables("indicateur", obligatoire=True)]
    attendus = tuple(_attendu(table, vus) for table in lecteur.tables("attendu", obligatoire=True))
    cles = ("situation", "perimetre", "public", "motif_refus")
    situations, perimetres, publics, motifs = (_dits(lecteur, cle) for cle in cles)
    groupes = _groupes(lecteur, situations)
    lecteur.finir()
    return Conference({une.id: une for une in definitions}, attendus, situations, perimetres, publics, motifs, groupes)


def _definition(table: Lecteur, vus: set[str]) -> Definition:
    nature = Nature(table.texte("nature", obligatoire=True, permis=list(Nature)) or Nature.NOMBRE)
    est_part = nature in (Nature.PART, Nature.RAPPORT)
    lue = Definition(
        table.identifiant(vus),
        table.texte("libelle", obligatoire=True),
        nature,
        table.texte("definition", obligatoire=True),
        table.texte("numerateur", obligatoire=est_part),
        table.texte("denominateur", obligatoire=est_part),
        table.texte("manquant"),
        table.texte("detient", obligatoire=True),
        _objectif(table),
        lire_provenance(table, _EXIGEES),
    )
    table.clore()
    return lue


def _objectif(table: Lecteur) -> Decimal | None:
    lu = table.nombre("objectif")
    if lu is not None and not 0 < lu <= 100:
        table.signaler("objectif", "attendu : pour cent, plus de 0 et 100 au plus")
    return lu


def _attendu(table: Lecteur, vus: set[str]) -> Attendu:
    lu = Attendu(
        table.identifiant(vus),
        table.texte("libelle", obligatoire=True),
        table.texte("detient", obligatoire=True),
        lire_provenance(table, _EXIGEES),
        table.texte("donne_par"),
    )
    table.clore()
    return lu


def _dits(lecteur: Lecteur, cle: str) -> dict[str, str]:
    table = lecteur.table(cle, obligatoire=True)
    if table is None:
        return {}
    dits = {code: table.texte(code, obligatoire=True) for code in table.cles}
    table.clore()
    return dits


def _groupes(lecteur: Lecteur, situations: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Chaque code de situation connu, dans un groupe et un seul."""
    table = lecteur.table("groupe_de_situations", obligatoire=True)
    if table is None:
        return {}
    lus = {cle: table.textes(cle, obligatoire=True) for cle in table.cles}
    rangees = sorted(code for codes in lus.values() for code in codes)
    if rangees != sorted(situations):
        table.signaler("", f"chaque code de [situation] y est une fois : {', '.join(sorted(situations))}")
    table.clore()
    return lus
