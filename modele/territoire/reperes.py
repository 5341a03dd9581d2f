"""Les repères d'un territoire : notes et délais observés par le système officiel, tels que le registre les publie.

Ils viennent d'une extraction nommée et datée : Perron n'en calcule aucun, et ses propres dossiers n'en tiennent pas
lieu.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Final

import msgspec
from msgspec import Struct

from modele.dossier.documents import decimal_lu
from modele.dossier.mots import dire_date, dire_nombre
from modele.dossier.nomenclatures import nationales
from modele.regles.fautes import ErreurUtilisateur

NOM: Final = "reperes"
"""Le nom du référentiel."""
POPULATIONS: Final = {"primo": "première demande", "mutation": "demande de mutation"}
LIGNES_AU_PLUS: Final = 4
PAS_UNE_PROMESSE: Final = "Ce qui a été observé n'est ni une place, ni un délai promis."
_MASQUE: Final = "trop peu de cas pour le dire"
_ABSENT: Final = "rien n'a été relevé"
_ILLISIBLE: Final = (
    "Les repères publiés pour ce territoire ne se lisent pas : ils viennent peut-être d'un registre plus récent. "
    "Mettez Perron à jour sur ce poste."
)


class Distribution(Struct, frozen=True, omit_defaults=True):
    """Des quantiles et l'effectif dont ils viennent ; ``masque`` : effectif sous le seuil, rien d'autre n'est dit."""

    effectif: int = 0
    quantiles: dict[str, Decimal] = {}
    masque: bool = False


class Repere(Struct, frozen=True, omit_defaults=True):
    """Ce qui est observé pour une commune (code INSEE), une typologie et une population (``primo``, ``mutation``).

    ``delais`` : en mois.
    """

    commune: str
    typologie: str
    population: str
    notes: Distribution | None = None
    delais: Distribution | None = None


class Reperes(Struct, frozen=True):
    """Le référentiel publié : l'extraction d'où il vient, le seuil appliqué, et les repères."""

    nom: str
    extraction: date
    seuil: int
    reperes: list[Repere]


@dataclass(frozen=True, slots=True)
class Observe:
    """Ce qu'une extraction dit d'une commune, d'un type et d'une population. ``titre`` : lesquels."""

    titre: str
    attente: str
    notes: str


@dataclass(frozen=True, slots=True)
class Observes:
    """Ce qui est observé là où quelqu'un cherche. ``autres`` : combien d'autres lieux et types ne se montrent pas."""

    source: str
    lignes: tuple[Observe, ...]
    autres: int


def lire_reperes(octets: bytes) -> Reperes:
    """Les repères que disent ces octets. Lève ``ErreurUtilisateur``."""
    try:
        return _decodeur().decode(octets)
    except msgspec.DecodeError as cause:
        raise ErreurUtilisateur(_ILLISIBLE) from cause


def observer(
    reperes: Reperes, communes: Mapping[str, str], typologies: Sequence[str], populations: Sequence[str]
) -> Observes:
    """Ce qui est observé là où quelqu'un cherche, commune après commune ; ce qui n'a pas été relevé se dit.

    ``communes`` : code INSEE vers nom, par ordre de préférence.
    """
    source = f"{reperes.nom}, extraction du {dire_date(reperes.extraction)}"
    cherches = list(product(communes, typologies, populations))
    connus = {(un.commune, un.typologie, un.population): un for un in reperes.reperes}
    lignes = tuple(_observe(_nommer(communes, *un), connus.get(un)) for un in cherches[:LIGNES_AU_PLUS])
    return Observes(source, lignes, len(cherches) - len(lignes))


def dire_les_autres(autres: int) -> str:
    """Ce qui ne tient pas dans la liste."""
    if autres == 1:
        return "Une autre commune ou taille souhaitée ne se montre pas ici."
    return f"{autres} autres communes ou tailles souhaitées ne se montrent pas ici."


def _nommer(communes: Mapping[str, str], commune: str, typologie: str, population: str) -> str:
    type_ = nationales()["typologie"].codes.get(typologie)
    return f"{communes[commune]}, {type_.libelle if type_ else typologie}, {POPULATIONS[population]}"


def _observe(titre: str, repere: Repere | None) -> Observe:
    delais, notes = (repere.delais, repere.notes) if repere else (None, None)
    return Observe(titre, f"Attente : {_dire(delais, _mois)}.", f"Notes : {_dire(notes, _points)}.")


def _dire(distribution: Distribution | None, unite: Callable[[Decimal], str]) -> str:
    """« une demande sur deux, 22 mois ou moins ; une sur quatre, plus de 30 mois (80 cas) »."""
    if distribution is None:
        return _ABSENT
    if distribution.masque:
        return _MASQUE
    mediane, haut = (distribution.quantiles.get(nom) for nom in ("p50", "p75"))
    if mediane is None or haut is None:
        return _ABSENT
    cas = f"{dire_nombre(distribution.effectif)} cas"
    return f"une demande sur deux, {unite(mediane)} ou moins ; une sur quatre, plus de {unite(haut)} ({cas})"


def _mois(nombre: Decimal) -> str:
    return f"{dire_nombre(nombre)} mois"


def _points(nombre: Decimal) -> str:
    return f"{dire_nombre(nombre)} point{'s' if abs(nombre) >= 2 else ''}"


@cache
def _decodeur() -> msgspec.json.Decoder[Reperes]:
    return msgspec.json.Decoder(Reperes, float_hook=decimal_lu)
