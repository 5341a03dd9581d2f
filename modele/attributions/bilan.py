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
from modele.chiffres import Diffusion, Tableau, masquer_pour

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
    lues, offertes = reunir_les_noms(attributions.select(LUES), logements)
    return bilan_des(preparer(lues, le or date(annee, 12, 31)), offertes)


def bilan_des(preparees: Preparees, logements: pl.DataFrame) -> pl.DataFrame:
    """Le même, de lignes déjà préparées ; les réservataires y ont un seul nom, et ceux des logements sont les leurs."""
    datees = Preparees(*(table.with_columns(_periode()) for table in preparees))
    return compter_par(datees, classer(logements).with_columns(_periode()), CLES)


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

    comptes = bilan.group_by("categorie").agg(pl.col(COMPTES).sum())
    lus = {ligne["categorie"]: ligne for ligne in comptes.iter_rows(named=True)}
    totaux = {un: lus[un] for un in droit().reservataires if un in lus}
    personnes, proposes = _tus_des_totaux(totaux, diffusion)
    return tuple(
        ligne
        for categorie in totaux
        for ligne in _Publication(
            categorie, bilan.filter(pl.col("categorie") == categorie), diffusion, categorie in personnes
        ).lignes(total_tu=categorie in proposes, logements=logements)
    )


def _masquer(tableau: Tableau, diffusion: Diffusion | None, deja: Collection[str] = ()) -> frozenset[str]:
    """Ce qui se tait à ces lecteurs, et à de plus proches ; à des habilités, rien."""
    return frozenset() if diffusion is None else masquer_pour(tableau, diffusion, deja)


def _tus_des_totaux(
    totaux: Mapping[str, Mapping[str, int]], diffusion: Diffusion | None
) -> tuple[frozenset[str], frozenset[str]]:
    """Les réservataires dont le total se tait, leur somme se publiant aussi : des attribués, puis des proposés."""
    tableau = Tableau()
    lus = {**totaux, _TOTAL: {compte: sum(un[compte] for un in totaux.values()) for compte in COMPTES}}
    for un, lu in lus.items():
        tableau.poser(un, lu["attribues"])
    sommes = [(_TOTAL, list(totaux))] if totaux else []
    for total, parts in sommes:
        tableau.sommer(total, parts)
    personnes = _masquer(tableau, diffusion)
    return personnes, _taire_les_proposes(lus, sommes, personnes, diffusion)


def _taire_les_proposes(
    lus: Mapping[str, Mapping[str, int]],
    sommes: Sequence[tuple[str, Sequence[str]]],
    personnes: Collection[str],
    diffusion: Diffusion | None,
    deja: Collection[str] = (),
) -> frozenset[str]:
    """Les lignes dont les proposés se taisent, de qui a déjà lu les attribués ; ``personnes`` : ceux qui sont tus.

    Proposés moins attribués dit ceux qui n'ont pas eu de logement : un petit reste tait les proposés, jamais l'inverse.
    """
    tableau = Tableau()
    for nom, lu in lus.items():
        tue = nom in personnes
        tableau.poser(f"attribues {nom}", lu["attribues"], publiee=not tue, connue=not tue)
        tableau.poser(nom, lu["proposes"])
        _differer(tableau, nom, lu)
    for total, parts in sommes:
        tableau.sommer(total, parts)
        tableau.sommer(f"attribues {total}", [f"attribues {part}" for part in parts])
    return _masquer(tableau, diffusion, {nom for nom in personnes if nom in lus} | set(deja))


def _differer(tableau: Tableau, nom: str, lu: Mapping[str, int]) -> None:
    """Proposés moins attribués ; l'inverse quand un logement, attribué deux fois l'an, n'est proposé qu'une."""
    if lu["proposes"] >= lu["attribues"]:
        tableau.partager(nom, f"attribues {nom}")
    else:
        tableau.partager(f"attribues {nom}", nom)


def publier_hors_flux(hors_flux: Mapping[str, int], diffusion: Diffusion | None) -> dict[str, int | None]:
    """Les attributions soustraites du flux, par motif, que R441-5 demande ; « » : leur total. ``None`` : tu."""
    if not hors_flux:
        return {}
    tableau = Tableau()
    tableau.poser(_TOTAL, sum(hors_flux.values()))
    for motif, combien in hors_flux.items():
        tableau.poser(f"motif {motif}", combien)
    tableau.sommer(_TOTAL, [f"motif {motif}" for motif in hors_flux])
    tus = _masquer(tableau, diffusion)
    dits = {"": (_TOTAL, sum(hors_flux.values()))} | {un: (f"motif {un}", n) for un, n in hors_flux.items()}
    return {motif: None if case in tus else combien for motif, (case, combien) in dits.items()}


class _Publication:
    """Les lignes d'un réservataire : ses cases, leurs sommes, ce qui s'en tait. ``tu`` : son total l'est déjà."""

    def __init__(self, categorie: str, siennes: pl.DataFrame, diffusion: Diffusion | None, tu: bool) -> None:
        self._categorie, self._siennes, self._diffusion = categorie, siennes, diffusion
        self._deja = frozenset([_TOTAL] if tu else ())
        self._lues = dict(self._lire())
        self._cases = {_nom(*cle): lu for cle, lu in self._lues.items()}
        self._sommes = [(_TOTAL, [_nom(*cle) for cle in self._lues if cle[0] == dimension]) for dimension in DIMENSIONS]

    def _lire(self) -> Iterator[tuple[tuple[str, str], dict[str, int]]]:
        import polars as pl

        sommes_ = pl.col(COMPTES).sum()
        yield ("", ""), self._siennes.select(sommes_).row(0, named=True)
        for dimension in DIMENSIONS:
            for ligne in self._siennes.group_by(dimension).agg(sommes_).sort(dimension).iter_rows(named=True):
                yield (dimension, ligne.pop(dimension) or ""), ligne

    def lignes(self, *, total_tu: bool, logements: bool) -> Iterator[LignePubliee]:
        """Chacune, ses comptes tus à ``None``. ``total_tu`` : celui des proposés l'est déjà."""
        personnes = self._tus_des_personnes()
        proposes = frozenset(self._cases)
        if logements:
            deja = [_TOTAL] if total_tu else []
            proposes = _taire_les_proposes(self._cases, self._sommes, personnes, self._diffusion, deja)
        for (dimension, valeur), lu in self._lues.items():
            nom = _nom(dimension, valeur)
            yield LignePubliee(
                self._categorie,
                dimension,
                valeur,
                None if nom in proposes else lu["proposes"],
                None if nom in personnes else lu["attribues"],
                None if nom in personnes or f"baux {nom}" in personnes else lu["baux"],
            )

    def _tus_des_personnes(self) -> frozenset[str]:
        """Les attribués et les baux (« baux … ») : leur différence est ceux qui n'ont pas signé."""
        tableau = Tableau()
        for nom, lu in self._cases.items():
            tableau.poser(nom, lu["attribues"])
            tableau.poser(f"baux {nom}", lu["baux"])
            tableau.partager(nom, f"baux {nom}")
        for total, parts in self._sommes:
            tableau.sommer(total, parts)
            tableau.sommer(f"baux {total}", [f"baux {part}" for part in parts])
        return _masquer(tableau, self._diffusion, self._deja)


def _nom(dimension: str, valeur: str) -> str:
    return f"{dimension} {valeur}" if dimension else _TOTAL
