"""La part du flux de chacun, et les plafonds franchis, bailleur par bailleur.

Un plafond porte sur le flux de l'année entière : une part à ce jour ne le franchit que l'année close, ou quand elle
dépasse déjà ce que l'année prévue permet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from modele.attributions.droit import droit
from modele.attributions.notions import Plafond, Reservataire

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Part:
    """Ce qu'une catégorie a eu du flux ; ``siren_bailleur`` vide : tous bailleurs réunis."""

    categorie: Reservataire
    attributions: int
    baux: int
    flux: int
    siren_bailleur: str = ""
    bailleur: str = ""

    @property
    def part(self) -> Fraction:
        """La part, de un."""
        return Fraction(self.attributions, self.flux)


@dataclass(frozen=True, slots=True)
class Depassement:
    """Une part au-dessus d'un plafond à ce jour ; ``siren_bailleur`` vide : tous bailleurs réunis, pour information.

    ``etabli`` : elle le reste quoi que fasse la suite de l'année. Sinon, elle est à surveiller.
    """

    plafond: Plafond
    attributions: int
    flux: int
    siren_bailleur: str = ""
    bailleur: str = ""
    etabli: bool = False

    @property
    def part(self) -> Fraction:
        """La part, de un."""
        return Fraction(self.attributions, self.flux)


def parts_du_flux(flux: pl.DataFrame) -> tuple[Part, ...]:
    """Tous bailleurs réunis, puis chaque bailleur ; dans l'ordre du droit."""
    import polars as pl

    comptes = flux.group_by("siren_bailleur", "categorie").agg(
        pl.len().alias("attributions"), pl.col("bail").sum().alias("baux"), pl.col("bailleur").drop_nulls().first()
    )
    tous = comptes.group_by("categorie").agg(pl.col("attributions", "baux").sum())
    return (*_parts(tous, "", ""), *_par_bailleur(comptes))


def _par_bailleur(comptes: pl.DataFrame) -> Iterator[Part]:
    for (siren,), siens in sorted(comptes.partition_by("siren_bailleur", as_dict=True).items()):
        nom = next((un for un in siens["bailleur"] if un), siren)
        yield from _parts(siens, str(siren), str(nom))


def _parts(comptes: pl.DataFrame, siren: str, bailleur: str) -> Iterator[Part]:
    lus = {ligne["categorie"]: ligne for ligne in comptes.iter_rows(named=True)}
    flux = sum(ligne["attributions"] for ligne in lus.values())
    for un in droit().reservataires.values():
        if un.id in lus:
            yield Part(un, lus[un.id]["attributions"], lus[un.id]["baux"], flux, siren, bailleur)


def depassements(
    parts: tuple[Part, ...], *, close: bool = False, prevus: Mapping[str, int] | None = None
) -> tuple[Depassement, ...]:
    """Les plafonds que ces parts franchissent. ``close`` : l'année est finie. ``prevus`` : par bailleur, son flux."""
    par_bailleur: dict[str, list[Part]] = {}
    for une in parts:
        par_bailleur.setdefault(une.siren_bailleur, []).append(une)
    return tuple(
        franchi
        for siren, siennes in par_bailleur.items()
        for plafond in droit().plafonds
        if (franchi := _franchi(plafond, siennes, close, (prevus or {}).get(siren, 0))) is not None
    )


def _franchi(plafond: Plafond, parts: list[Part], close: bool, prevu: int) -> Depassement | None:
    une = parts[0]
    ensemble = sum(un.attributions for un in parts if un.categorie.id in plafond.reservataires)
    etabli = close or (prevu > 0 and ensemble > plafond.part * prevu)
    vu = Depassement(plafond, ensemble, une.flux, une.siren_bailleur, une.bailleur, etabli)
    return vu if vu.part > plafond.part else None
