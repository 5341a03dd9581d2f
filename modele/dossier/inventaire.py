"""L'inventaire des champs du dossier, lu une fois sur les types : chemin, genre, documentation.

Les faits bruts, la situation, la validation, le schéma publié et la règle des violences le parcourent tous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

from msgspec import Struct

from modele.dossier.nomenclatures import EXTERIEURES
from modele.dossier.types import Champ, Coches, Dossier, Incertain, Liste


class Genre(StrEnum):
    """Ce qu'un champ contient."""

    BOOLEEN = "booleen"
    ENTIER = "entier"
    DECIMAL = "decimal"
    DATE = "date"
    CHOIX = "choix"
    COCHES = "coches"
    TEXTE = "texte"
    TEXTES = "textes"


@dataclass(frozen=True, slots=True)
class ChampDossier:
    """Un champ : son chemin pointé (relatif à l'élément, dans une liste), son genre et sa documentation."""

    chemin: str
    genre: Genre
    champ: Champ


@dataclass(frozen=True, slots=True)
class ListeDossier:
    """Une liste du dossier : son chemin, le préfixe de ses champs (``personne``), et ce que contient un élément."""

    chemin: str
    prefixe: str
    champs: tuple[ChampDossier, ...]


@dataclass(frozen=True, slots=True)
class Inventaire:
    """Tous les champs hors listes, et toutes les listes, par chemin."""

    champs: dict[str, ChampDossier]
    listes: dict[str, ListeDossier]
    groupes: frozenset[str]


PERSONNES: Final = "foyer.personnes"
DEMANDEUR: Final = "demandeur"
CODEMANDEUR: Final = "codemandeur"
_TYPES: Final[dict[Any, Genre]] = {
    bool: Genre.BOOLEEN,
    int: Genre.ENTIER,
    Decimal: Genre.DECIMAL,
    date: Genre.DATE,
    str: Genre.TEXTE,
    list[str]: Genre.TEXTES,
    Coches: Genre.COCHES,
}


@lru_cache(maxsize=1)
def inventaire() -> Inventaire:
    """L'inventaire du dossier."""
    champs: dict[str, ChampDossier] = {}
    listes: dict[str, ListeDossier] = {}
    groupes: set[str] = set()
    for trouve in parcourir(Dossier):
        if isinstance(trouve, ListeDossier):
            listes[trouve.chemin] = trouve
        else:
            champs[trouve.chemin] = trouve
        groupes.update(_au_dessus(trouve.chemin))
    return Inventaire(champs, listes, frozenset(groupes))


def parcourir(type_: type[Struct], prefixe: str = "") -> Iterator[ChampDossier | ListeDossier]:
    """Les champs documentés et les listes d'un type, dans l'ordre de déclaration."""
    for nom, annotation in get_type_hints(type_, include_extras=True).items():
        chemin = f"{prefixe}{nom}"
        champ, valeur = lire_annotation(annotation)
        if champ is not None:
            yield ChampDossier(chemin, genre_du_champ(champ, valeur), champ)
        elif get_origin(valeur) is Liste:
            yield _liste(chemin, get_args(valeur)[0])
        elif isinstance(valeur, type) and issubclass(valeur, Struct):
            yield from parcourir(valeur, f"{chemin}.")


def lire_annotation(annotation: Any) -> tuple[Champ | None, Any]:
    """Le ``Champ`` d'une annotation (``None`` si elle n'en a pas) et le type de sa valeur, nu."""
    if get_origin(annotation) is Annotated:
        dessous, *extras = get_args(annotation)
        champ = next((extra for extra in extras if isinstance(extra, Champ)), None)
        return champ, lire_annotation(dessous)[1]
    if get_args(annotation) and get_origin(annotation) not in (list, dict, Liste):
        return next(
            (lu for lu in map(lire_annotation, get_args(annotation)) if _porte(lu)),
            (None, annotation),
        )
    return None, annotation


def _porte(lu: tuple[Champ | None, Any]) -> bool:
    """Vrai si cette branche d'une union est la valeur, et non « inconnu » ou « absent »."""
    champ, valeur = lu
    structure = isinstance(valeur, type) and issubclass(valeur, Struct) and valeur is not Incertain
    return champ is not None or structure or get_origin(valeur) is Liste


def genre_du_champ(champ: Champ, valeur: Any) -> Genre:
    """Le genre d'un champ : son type, et pour un texte, s'il se choisit dans une liste livrée."""
    genre = _TYPES[valeur]
    if genre is Genre.TEXTE and champ.nomenclature and champ.nomenclature not in EXTERIEURES:
        return Genre.CHOIX
    return genre


def _liste(chemin: str, element: type[Struct]) -> ListeDossier:
    prefixe = re.sub(r"(?<!^)(?=[A-Z])", "_", element.__name__).lower()
    champs = tuple(c for c in parcourir(element) if isinstance(c, ChampDossier))
    return ListeDossier(chemin, prefixe, champs)


def _au_dessus(chemin: str) -> Iterator[str]:
    morceaux = chemin.split(".")
    for rang in range(1, len(morceaux)):
        yield ".".join(morceaux[:rang])
