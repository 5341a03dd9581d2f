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


def publier(bilan: pl.DataFrame, diffusion: Diffusion | None, *, logements: bool = True) -> tuple[LignePubliee, ...]:
    """Ce qui s'en publie, réservataire par réservataire ; ``None`` : à des habilités, rien n'est tu.

    ``logements`` faux : sans les proposés, pour qui ne lit que ce qui touche des personnes.
    """
    import polars as pl

    seuils = _seuils(diffusion)
    comptes = bilan.group_by("categorie").agg(pl.col("proposes", "attribues", "baux").sum())
    lus = {ligne["categorie"]: ligne for ligne in comptes.iter_rows(named=True)}
    totaux = {un: lus[un] for un in droit().reservataires if un in lus}
    tus = _tus_des_totaux(totaux, seuils)
    return tuple(
        ligne
        for categorie in totaux
        for ligne in _Publication(categorie, bilan.filter(pl.col("categorie") == categorie), seuils, tus).lignes(
            logements=logements
        )
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


def _tus_des_totaux(totaux: Mapping[str, Mapping[str, int]], seuils: Sequence[int]) -> frozenset[str]:
    """Les totaux de réservataires à taire : leur somme se publie aussi."""
    tus: set[str] = set()
    for compte in ("attribues", "proposes"):
        tableau = Tableau()
        tableau.poser(_TOTAL, sum(un[compte] for un in totaux.values()))
        for un, lu in totaux.items():
            tableau.poser(un, lu[compte])
        if totaux:
            tableau.sommer(_TOTAL, list(totaux))
        tus |= _masquer(tableau, seuils)
    return frozenset(tus)


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
        self._deja = {_TOTAL} if categorie in totaux_tus else frozenset[str]()
        self._cases = dict(self._lire())

    def _lire(self) -> Iterator[tuple[tuple[str, str], dict[str, int]]]:
        import polars as pl

        sommes_ = pl.col("proposes", "attribues", "baux").sum()
        yield ("", ""), self._siennes.select(sommes_).row(0, named=True)
        for dimension in DIMENSIONS:
            for ligne in self._siennes.group_by(dimension).agg(sommes_).sort(dimension).iter_rows(named=True):
                yield (dimension, ligne.pop(dimension) or ""), ligne

    def lignes(self, *, logements: bool) -> Iterator[LignePubliee]:
        """Chacune, ses comptes tus à ``None``."""
        personnes = self._tus("attribues", self._deja, "baux")
        proposes = {un for un in personnes if not un.startswith("baux ")}
        tus = self._tus("proposes", proposes) if logements else frozenset(_nom(*cle) for cle in self._cases)
        for (dimension, valeur), lu in self._cases.items():
            nom = _nom(dimension, valeur)
            yield LignePubliee(
                self._categorie,
                dimension,
                valeur,
                None if nom in tus else lu["proposes"],
                None if nom in personnes else lu["attribues"],
                None if nom in personnes or f"baux {nom}" in personnes else lu["baux"],
            )

    def _tus(self, compte: str, deja: Collection[str], part: str = "") -> frozenset[str]:
        tableau = Tableau()
        for cle, lu in self._cases.items():
            nom = _nom(*cle)
            tableau.poser(nom, lu[compte])
            if part:
                tableau.poser(f"{part} {nom}", lu[part])
                tableau.partager(nom, f"{part} {nom}")
        for dimension in DIMENSIONS:
            siennes = [_nom(*cle) for cle in self._cases if cle[0] == dimension]
            tableau.sommer(_TOTAL, siennes)
            if part:
                tableau.sommer(f"{part} {_TOTAL}", [f"{part} {nom}" for nom in siennes])
        return _masquer(tableau, self._seuils, deja)


def _nom(dimension: str, valeur: str) -> str:
    return f"{dimension} {valeur}" if dimension else _TOTAL
