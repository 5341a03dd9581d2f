"""Dire ce que le système officiel a observé là où quelqu'un cherche : ni une place, ni une promesse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Final

from modele.dossier.nomenclatures import nationales
from modele.mots.ecriture import dire_date, dire_nombre
from modele.mots.phrases import mots
from modele.territoire.reperes import QUANTILES, Distribution, Repere, Reperes

LIGNES_AU_PLUS: Final = 4
PAS_UNE_PROMESSE: Final = "Ce qui a été observé n'est ni une place, ni un délai promis."
_MASQUE: Final = "trop peu de cas pour le dire"
_ABSENT: Final = "cette extraction n'en dit rien"


@dataclass(frozen=True, slots=True)
class Observe:
    """Ce qu'une extraction dit d'une commune, d'un type et d'une population. ``titre`` : lesquels."""

    titre: str
    delais: str
    notes: str


@dataclass(frozen=True, slots=True)
class Observes:
    """Ce qui est observé là où quelqu'un cherche. ``source`` : l'extraction, ce qu'elle mesure et ne promet pas.

    ``reserves`` : ce qui ne se montre pas, ou ne se compare pas.
    """

    source: tuple[str, ...]
    lignes: tuple[Observe, ...]
    reserves: tuple[str, ...] = ()


def observer(
    reperes: Reperes,
    communes: Mapping[str, str],
    typologies: Sequence[str],
    populations: Sequence[str],
    reserves: Iterable[str] = (),
) -> Observes:
    """Ce qui est observé là où quelqu'un cherche, commune après commune ; ce que l'extraction ne dit pas se dit.

    ``communes`` : code INSEE vers nom, par ordre de préférence ; les premières entières, tant qu'elles tiennent.
    """
    par_commune = max(1, len(typologies) * len(populations))
    montrees = list(communes)[: max(1, LIGNES_AU_PLUS // par_commune)]
    connus = {(un.commune, un.typologie, un.population): un for un in reperes.reperes if un.commune in communes}
    lignes = tuple(
        _observe(_nommer(communes, *un), connus.get(un)) for un in product(montrees, typologies, populations)
    )
    source = (
        f"{reperes.nom}, extraction du {dire_date(reperes.extraction)}.",
        f"Délais : {reperes.delais}. Notes : {reperes.notes}.",
        PAS_UNE_PROMESSE,
    )
    return Observes(source, lignes, (*_les_autres(len(communes) - len(montrees)), *reserves))


def _les_autres(communes: int) -> Iterable[str]:
    if communes == 1:
        yield "Une autre commune souhaitée ne se montre pas ici."
    elif communes > 1:
        yield f"{communes} autres communes souhaitées ne se montrent pas ici."


def _nommer(communes: Mapping[str, str], commune: str, typologie: str, population: str) -> str:
    type_ = nationales()["typologie"].codes.get(typologie)
    qui = mots().nom("population", population, population)
    return f"{communes[commune]}, {type_.libelle if type_ else typologie}, {qui}"


def _observe(titre: str, repere: Repere | None) -> Observe:
    delais, notes = (repere.delais, repere.notes) if repere else (None, None)
    return Observe(titre, f"Délais : {_dire(delais, 'un', _mois)}.", f"Notes : {_dire(notes, 'une', _points)}.")


def _dire(distribution: Distribution | None, un: str, unite: Callable[[Decimal], str]) -> str:
    """« un sur deux, 22 mois ou moins ; un sur quatre, 36 mois ou plus (164 cas) » : vrai aussi des ex aequo."""
    if distribution is None:
        return _ABSENT
    if distribution.masque:
        return _MASQUE
    mediane, haut = (distribution.quantiles.get(nom) for nom in QUANTILES)
    if mediane is None or haut is None:
        return _ABSENT
    cas = f"({dire_nombre(distribution.effectif)} cas)"
    if mediane == haut:
        return f"trois sur quatre, {unite(haut)} ou moins {cas}"
    return f"{un} sur deux, {unite(mediane)} ou moins ; {un} sur quatre, {unite(haut)} ou plus {cas}"


def _mois(nombre: Decimal) -> str:
    return f"{dire_nombre(nombre)} mois"


def _points(nombre: Decimal) -> str:
    return f"{dire_nombre(nombre)} point{'s' if abs(nombre) >= 2 else ''}"
