"""Le bilan annuel de R441-5-1 : proposés et attribués, croisés comme le texte le demande ; et ce qui s'en publie.

Le croisement complet est presque partout d'un logement ou deux : hors des habilités, chaque réservataire n'est dit que
par une dimension à la fois, sous le seul masque des petits effectifs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from modele.attributions.compteurs import compter_par
from modele.attributions.droit import droit
from modele.attributions.noms import reunir_les_noms
from modele.attributions.preparation import LUES, Preparees, classer, preparer
from modele.chiffres import Diffusion, Tableau, masquer, seuil_de

if TYPE_CHECKING:
    import polars as pl

DIMENSIONS: Final = ("typologie", "financement", "en_qpv", "code_insee", "periode")
"""Celles de R441-5-1, dans l'ordre."""
_QUI: Final = ("siren_bailleur", "categorie", "reservataire")
CLES: Final = (*_QUI, *DIMENSIONS)
COMPTES: Final = ("proposes", "attribues", "baux")
"""Ce qui s'en publie, dans l'ordre d'une ligne."""
_TOTAL: Final = "total"


@dataclass(frozen=True, slots=True)
class LignePubliee:
    """Une ligne publiée : un réservataire, au total (``dimension`` vide) ou selon une dimension. ``None`` : tu."""

    categorie: str
    dimension: str
    valeur: str
    proposes: int | None
    attribues: int | None
    baux: int | None


def bilan_annuel(
    attributions: pl.DataFrame, logements: pl.DataFrame, annee: int, le: date | None = None
) -> pl.DataFrame:
    """Une ligne par bailleur, réservataire et croisement de R441-5-1 ; ``le`` : un autre jour que le 31 décembre.

    Colonnes : ``CLES``, puis ``proposes``, ``presentes``, ``attribues``, ``baux``, ``refus``.
    """
    jour = le or date(annee, 12, 31)
    lues, offertes = reunir_les_noms(attributions.select(LUES), logements)
    preparees = Preparees(*(table.with_columns(_periode()) for table in preparer(lues, jour)))
    return compter_par(preparees, classer(offertes).with_columns(_periode()), CLES)


def _periode() -> pl.Expr:
    """La période de construction ; vide si l'année n'est pas dite."""
    import polars as pl

    *avant, derniere = droit().periodes
    annee = pl.col("annee_construction")
    rangee = pl.lit(derniere.id)
    for une in reversed(avant):
        rangee = pl.when(annee <= une.jusqu_a).then(pl.lit(une.id)).otherwise(rangee)
    return pl.when(annee.is_not_null()).then(rangee).alias("periode")


def publier(bilan: pl.DataFrame, diffusion: Diffusion | None) -> tuple[LignePubliee, ...]:
    """Ce qui s'en publie, réservataire par réservataire ; ``None`` : à des habilités, rien n'est tu."""
    import polars as pl

    seuils = _seuils(diffusion)
    comptes = bilan.group_by("categorie").agg(pl.col(COMPTES).sum())
    lus = {ligne["categorie"]: ligne for ligne in comptes.iter_rows(named=True)}
    totaux = {un: lus[un] for un in droit().reservataires if un in lus}
    tus = _tus_des_totaux(totaux, seuils)
    return tuple(
        ligne
        for categorie in totaux
        for ligne in _Publication(
            categorie, bilan.filter(pl.col("categorie") == categorie), seuils, tus[categorie]
        ).lignes()
    )


def _seuils(diffusion: Diffusion | None) -> tuple[int, ...]:
    """Ceux de cette diffusion et des plus proches : ce qu'une plus proche tait reste tu."""
    if diffusion is None:
        return ()
    toutes = list(Diffusion)
    return tuple(seuil_de(une) for une in toutes[: toutes.index(diffusion) + 1])


def masquer_pour(tableau: Tableau, diffusion: Diffusion) -> frozenset[str]:
    """Ce qui se tait à ces lecteurs, et à de plus proches."""
    return _masquer(tableau, _seuils(diffusion))


def _masquer(tableau: Tableau, seuils: Sequence[int], deja: Collection[str] = ()) -> frozenset[str]:
    tues = frozenset(deja)
    for seuil in seuils:
        tues = masquer(tableau, seuil, tues)
    return tues


def _tus_des_totaux(totaux: Mapping[str, Mapping[str, int]], seuils: Sequence[int]) -> dict[str, frozenset[str]]:
    """Par réservataire, les comptes de son total à taire : leur somme se publie aussi."""
    tableau = Tableau()
    lus = {"": {compte: sum(un[compte] for un in totaux.values()) for compte in COMPTES}, **totaux}
    for un, lu in lus.items():
        _poser(tableau, un, lu)
    for compte in COMPTES if totaux else ():
        tableau.sommer(_case(compte, ""), [_case(compte, un) for un in totaux])
    tus = _masquer(tableau, seuils)
    return {un: frozenset(compte for compte in COMPTES if _case(compte, un) in tus) for un in totaux}


def _poser(tableau: Tableau, nom: str, lu: Mapping[str, int]) -> None:
    """Les trois comptes d'une ligne, et ce que deux d'entre eux rendent ensemble : sans bail, et sans attribution."""
    for compte in COMPTES:
        tableau.poser(_case(compte, nom), lu[compte])
    tableau.partager(_case("attribues", nom), _case("baux", nom))
    _differer(tableau, nom, lu)


def _differer(tableau: Tableau, nom: str, lu: Mapping[str, int]) -> None:
    """Proposés moins attribués ; l'inverse quand un logement, attribué deux fois l'an, n'est proposé qu'une."""
    plus, moins = sorted(("proposes", "attribues"), key=lambda compte: -lu[compte])
    tableau.partager(_case(plus, nom), _case(moins, nom))


def _case(compte: str, nom: str) -> str:
    return f"{compte} {nom}"


def publier_hors_flux(hors_flux: Mapping[str, int], diffusion: Diffusion | None) -> dict[str, int | None]:
    """Les attributions soustraites du flux, par motif, que R441-5 demande ; « » : leur total. ``None`` : tu."""
    if not hors_flux:
        return {}
    tableau = Tableau()
    tableau.poser(_TOTAL, sum(hors_flux.values()))
    for motif, combien in hors_flux.items():
        tableau.poser(f"motif {motif}", combien)
    tableau.sommer(_TOTAL, [f"motif {motif}" for motif in hors_flux])
    tus = _masquer(tableau, _seuils(diffusion))
    dits = {"": (_TOTAL, sum(hors_flux.values()))} | {un: (f"motif {un}", n) for un, n in hors_flux.items()}
    return {motif: None if case in tus else combien for motif, (case, combien) in dits.items()}


class _Publication:
    """Les lignes d'un réservataire : ses cases, leurs sommes, ce qui s'en tait."""

    def __init__(
        self, categorie: str, siennes: pl.DataFrame, seuils: Sequence[int], totaux_tus: frozenset[str]
    ) -> None:
        self._categorie, self._siennes, self._seuils = categorie, siennes, seuils
        self._deja = {_case(compte, _TOTAL) for compte in totaux_tus}
        self._cases = dict(self._lire())

    def _lire(self) -> Iterator[tuple[tuple[str, str], dict[str, int]]]:
        import polars as pl

        sommes_ = pl.col(COMPTES).sum()
        yield ("", ""), self._siennes.select(sommes_).row(0, named=True)
        for dimension in DIMENSIONS:
            for ligne in self._siennes.group_by(dimension).agg(sommes_).sort(dimension).iter_rows(named=True):
                yield (dimension, ligne.pop(dimension) or ""), ligne

    def lignes(self) -> Iterator[LignePubliee]:
        """Chacune, ses comptes tus à ``None`` ; sans ses attribués, une ligne ne dit ni baux ni proposés."""
        tus = self._tus()
        for (dimension, valeur), lu in self._cases.items():
            tues = {compte for compte in COMPTES if _case(compte, _nom(dimension, valeur)) in tus}
            dits = {compte: None if "attribues" in tues or compte in tues else lu[compte] for compte in COMPTES}
            yield LignePubliee(self._categorie, dimension, valeur, *(dits[compte] for compte in COMPTES))

    def _tus(self) -> frozenset[str]:
        tableau = Tableau()
        for cle, lu in self._cases.items():
            _poser(tableau, _nom(*cle), lu)
        for dimension in DIMENSIONS:
            siennes = [_nom(*cle) for cle in self._cases if cle[0] == dimension]
            for compte in COMPTES:
                tableau.sommer(_case(compte, _TOTAL), [_case(compte, nom) for nom in siennes])
        return _masquer(tableau, self._seuils, self._deja)


def _nom(dimension: str, valeur: str) -> str:
    return f"{dimension} {valeur}" if dimension else _TOTAL
