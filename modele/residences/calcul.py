"""Les attributions de chaque résidence et quartier, par année et par quartile, et leur dérive.

Même base que les taux de mixité : les décisions favorables, mutations comprises (``modele.attributions.preparation``),
moins ce qui n'installe personne. Ce qui n'est pas reconnu se compte à côté, jamais dehors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from modele.attributions.droit import droit
from modele.attributions.preparation import preparer
from modele.residences.listes import Lieu
from modele.residences.rapprochement import Rapprochement, rapprocher

if TYPE_CHECKING:
    import polars as pl

QUARTILES: Final = ("Q1", "Q2", "Q3", "Q4")
SANS_QUARTILE: Final = "sans"
PARTS: Final = (*QUARTILES, SANS_QUARTILE)
_LUES: Final = ("siren_bailleur", "ref_bailleur", "code_insee", "code_qpv", "en_qpv", "residence", "quartile", "bail")
_NON: Final = "NON"
Comptes = Mapping[str, int]
"""Par quartile, et ``SANS_QUARTILE``."""


class Sens(StrEnum):
    """Où va la part du premier quartile, d'une année à l'autre, des attributions reconnues."""

    MONTE = "monte"
    BAISSE = "baisse"
    EGALE = "egale"
    INCONNU = "inconnu"


@dataclass(frozen=True, slots=True)
class Annee:
    """Ce qui s'est attribué là cette année. ``peut_etre`` : ce qui y est peut-être aussi, et que rien ne dit.

    ``baux`` : de celles qui y sont, combien ont un bail.
    """

    annee: int
    comptes: Comptes
    baux: int = 0
    peut_etre: int = 0

    @property
    def total(self) -> int:
        """Les attributions reconnues."""
        return sum(self.comptes.values())

    @property
    def premiers(self) -> int:
        """Celles du premier quartile, connu."""
        return self.comptes.get("Q1", 0)

    @property
    def sans_quartile(self) -> int:
        """Celles dont le quartile manque."""
        return self.comptes.get(SANS_QUARTILE, 0)

    @property
    def part(self) -> tuple[Fraction, Fraction] | None:
        """Entre quoi et quoi est la part du premier quartile ; rien si rien ne s'y est attribué."""
        if not self.total:
            return None
        return Fraction(self.premiers, self.total), Fraction(self.premiers + self.sans_quartile, self.total)


@dataclass(frozen=True, slots=True)
class Derive:
    """De ``avant`` à ``apres`` : l'écart des parts, entre deux bornes. ``entiere`` : tout était reconnu."""

    avant: Annee
    apres: Annee
    bas: Fraction
    haut: Fraction

    @property
    def sens(self) -> Sens:
        """Ce que les bornes permettent d'affirmer."""
        if self.bas > 0:
            return Sens.MONTE
        if self.haut < 0:
            return Sens.BAISSE
        return Sens.EGALE if self.bas == self.haut else Sens.INCONNU

    @property
    def entiere(self) -> bool:
        """Vrai si aucune attribution de la commune ne pouvait y être sans qu'on le sache."""
        return not (self.avant.peut_etre or self.apres.peut_etre)


@dataclass(frozen=True, slots=True)
class Suivi:
    """Un lieu et ses années, dans l'ordre."""

    lieu: Lieu
    annees: tuple[Annee, ...]

    def de(self, annee: int) -> Annee:
        """Cette année-là ; vide si les fichiers n'en disent rien."""
        return next((une for une in self.annees if une.annee == annee), Annee(annee, {}))

    @property
    def derive(self) -> Derive | None:
        """Entre les deux dernières années qui ont une part ; rien avant."""
        dites = [une for une in self.annees if une.part is not None]
        if len(dites) < 2:
            return None
        avant, apres = dites[-2:]
        assert avant.part is not None
        assert apres.part is not None
        return Derive(avant, apres, apres.part[0] - avant.part[1], apres.part[1] - avant.part[0])


@dataclass(frozen=True, slots=True)
class Etat:
    """Tous les lieux suivis. ``ensembles`` : par année, tout ce que les fichiers attribuent.

    ``communs`` : par année et par deux lieux, ce qui est dans l'un et dans l'autre : qui lit les deux le soustrait.
    """

    suivis: tuple[Suivi, ...]
    ensembles: Mapping[int, Comptes]
    communs: Mapping[tuple[int, str, str], Comptes]

    def suivi(self, lieu: str) -> Suivi:
        """Celui de ce lieu. Lève ``KeyError``."""
        return {un.lieu.id: un for un in self.suivis}[lieu]


def etablir(attributions: pl.DataFrame, logements: pl.DataFrame, lieux: Sequence[Lieu], le: date) -> Etat:
    """L'état à ``le``, année par année. ``logements`` : la résidence d'une référence dont la ligne ne la dit pas."""
    annees = {
        annee: [_placer(une, lieux) for une in lignes]
        for annee, lignes in _par_annee(attributions, _residences(logements), le).items()
    }
    suivis = tuple(
        Suivi(lieu, tuple(_compter(annee, placees, lieu) for annee, placees in annees.items())) for lieu in lieux
    )
    ensembles = {annee: _quartiles(placees) for annee, placees in annees.items()}
    return Etat(suivis, ensembles, _communs(annees, lieux))


@dataclass(frozen=True, slots=True)
class _Placee:
    ligne: Mapping[str, Any]
    ou: Rapprochement

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(un.id for un in self.ou.reconnus)


def _placer(ligne: Mapping[str, Any], lieux: Collection[Lieu]) -> _Placee:
    return _Placee(ligne, rapprocher(ligne, lieux))


def _par_annee(
    attributions: pl.DataFrame, residences: Mapping[tuple[str, str], str], le: date
) -> dict[int, list[dict[str, Any]]]:
    import polars as pl

    sans_suite = [droit().decisions.refusee, droit().decisions.sans_reponse]
    annees = sorted(un for un in attributions["date_caleol"].dt.year().unique().drop_nulls() if un <= le.year)
    lues: dict[int, list[dict[str, Any]]] = {}
    for annee in annees:
        table = preparer(attributions, min(le, date(annee, 12, 31))).attribuees
        restent = table.filter(~pl.col("reponse").is_in(sans_suite).fill_null(value=False)).select(_LUES)
        lues[annee] = [_avec_residence(une, residences) for une in restent.iter_rows(named=True)]
    return lues


def _residences(logements: pl.DataFrame) -> dict[tuple[str, str], str]:
    """La résidence que le fichier des logements dit d'une référence ; deux différentes n'en disent aucune."""
    dites: dict[tuple[str, str], set[str]] = {}
    for siren, ref, nom in logements.select("siren_bailleur", "ref_bailleur", "residence").iter_rows():
        if nom:
            dites.setdefault((siren, ref), set()).add(nom)
    return {cle: next(iter(noms)) for cle, noms in dites.items() if len(noms) == 1}


def _avec_residence(ligne: dict[str, Any], residences: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    return ligne | {"residence": ligne["residence"] or residences.get((ligne["siren_bailleur"], ligne["ref_bailleur"]))}


def _quartiles(placees: Collection[_Placee]) -> Comptes:
    dits = Counter(une.ligne["quartile"] if une.ligne["quartile"] in QUARTILES else SANS_QUARTILE for une in placees)
    return {part: dits[part] for part in PARTS}


def _compter(annee: int, placees: Collection[_Placee], lieu: Lieu) -> Annee:
    dedans = [une for une in placees if lieu.id in une.ids]
    peut_etre = sum(lieu.id not in une.ids and _peut_y_etre(une, lieu) for une in placees)
    return Annee(annee, _quartiles(dedans), sum(bool(une.ligne["bail"]) for une in dedans), peut_etre)


def _peut_y_etre(placee: _Placee, lieu: Lieu) -> bool:
    """Rien ne dit que cette attribution n'y est pas : un quartier se nie par son code, une résidence par une autre."""
    ligne = placee.ligne
    if lieu.quartier:
        return not ligne["code_qpv"] and ligne["en_qpv"] != _NON and ligne["code_insee"] == lieu.commune
    ailleurs = any(not un.quartier for un in placee.ou.reconnus)
    return ligne["code_insee"] == lieu.commune and not ailleurs


def _communs(annees: Mapping[int, Collection[_Placee]], lieux: Sequence[Lieu]) -> dict[tuple[int, str, str], Comptes]:
    croises: dict[tuple[int, str, str], Comptes] = {}
    for annee, placees in annees.items():
        for un, autre in combinations([lieu.id for lieu in lieux], 2):
            deux = [une for une in placees if {un, autre} <= une.ids]
            if deux:
                croises[annee, un, autre] = _quartiles(deux)
    return croises
