"""Tout ce qu'on sait du flux un jour donné : une fonction pure, de deux tables, de conventions et d'une date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from modele.attributions.compteurs import Compteurs, compter, par_public, revenus
from modele.attributions.conventions import Convention, Prevision
from modele.attributions.droit import droit
from modele.attributions.dus import Annee, Croisement, Dus, LigneDue, flux_prevus
from modele.attributions.noms import nommes, reunir_les_noms
from modele.attributions.parts import Depassement, Part, depassements, parts_du_flux
from modele.attributions.preparation import LUES, classer, de_l_annee, preparer
from modele.attributions.quart import LigneQuart, quart_detaille, quart_prioritaire

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Totaux:
    """Ce que font les attributions de l'année ; ``hors_flux`` : par valeur, celles qui n'y comptent pas."""

    attributions: int
    acceptees: int
    baux: int
    refusees: int
    sans_reponse: int
    en_cours: int
    flux_attributions: int
    flux_baux: int
    hors_flux: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LimiteDepassee:
    """Un logement dont le réservataire n'a désigné personne à temps : d'après le fichier, qui ne le dit qu'offert."""

    ref_bailleur: str
    siren_bailleur: str
    reservataire: str
    limite: date


@dataclass(frozen=True, slots=True)
class Projection:
    """Où le même rythme mènerait une catégorie au 31 décembre."""

    categorie: str
    attributions: int
    projetees: int


@dataclass(frozen=True, slots=True)
class EtatDuFlux:
    """L'état du flux à ``le``. ``non_nommees`` : les conventions dont aucune ligne ne nomme le réservataire."""

    le: date
    totaux: Totaux
    limites: tuple[LimiteDepassee, ...]
    quart: tuple[LigneQuart, ...]
    quart_detaille: tuple[LigneQuart, ...]
    parts: tuple[Part, ...]
    depassements: tuple[Depassement, ...]
    compteurs: tuple[Compteurs, ...]
    dus: tuple[LigneDue, ...]
    projections: tuple[Projection, ...]
    non_nommees: tuple[Convention, ...]
    croisements: tuple[Croisement, ...]


def etat_du_flux(
    attributions: pl.DataFrame,
    logements: pl.DataFrame,
    le: date,
    conventions: Sequence[Convention] = (),
    previsions: Sequence[Prevision] = (),
) -> EtatDuFlux:
    """L'état ce jour-là : ce qui a été décidé après ne compte pas encore."""
    lues, offertes = reunir_les_noms(attributions.select(LUES), logements)
    preparees, offerts = preparer(lues, le), classer(offertes)
    lignes = preparees.attribuees
    flux = lignes.filter("dans_le_flux")
    parts, compteurs, annee = parts_du_flux(flux), compter(preparees, offerts), Annee(le)
    dites = nommes([de_l_annee(lues, le), offertes])
    calcul = Dus(annee, conventions, previsions, compteurs, par_public(flux), revenus(flux), dites)
    tous = [une for une in parts if not une.siren_bailleur]
    return EtatDuFlux(
        le,
        _totaux(lignes, flux),
        _limites(offerts, lignes, le),
        quart_prioritaire(flux),
        quart_detaille(flux),
        parts,
        depassements(parts, close=annee.close, prevus=flux_prevus(previsions, le.year)),
        compteurs,
        calcul.lignes(),
        tuple(Projection(une.categorie.id, une.attributions, annee.projeter(une.attributions)) for une in tous),
        calcul.non_nommees(),
        calcul.croisements(),
    )


def _totaux(lignes: pl.DataFrame, flux: pl.DataFrame) -> Totaux:
    import polars as pl

    dites = dict(lignes.group_by("reponse").len().iter_rows())
    hors = dict(lignes.filter(~pl.col("dans_le_flux")).group_by("hors_flux").len().sort("hors_flux").iter_rows())
    codes = droit().decisions
    return Totaux(
        lignes.height,
        dites.get(codes.acceptee, 0),
        int(lignes["bail"].sum()),
        dites.get(codes.refusee, 0),
        dites.get(codes.sans_reponse, 0),
        dites.get(codes.en_cours, 0),
        flux.height,
        int(flux["bail"].sum()),
        hors,
    )


def _limites(offerts: pl.DataFrame, decides: pl.DataFrame, le: date) -> tuple[LimiteDepassee, ...]:
    """Ceux dont la limite est passée, et que rien n'a attribués depuis que le réservataire en est informé."""
    import polars as pl

    cle = ["siren_bailleur", "ref_bailleur"]
    derniere = decides.group_by(cle).agg(pl.col("date_caleol").max().alias("decide_le"))
    passes = offerts.filter(pl.col("date_limite_designation") < le).join(derniere, on=cle, how="left")
    attribues = (pl.col("decide_le") >= pl.col("date_information_reservataire")).fill_null(value=False)
    restent = passes.filter(~attribues).sort("date_limite_designation", *cle)
    return tuple(
        LimiteDepassee(*ligne)
        for ligne in restent.select(
            "ref_bailleur", "siren_bailleur", "reservataire", "date_limite_designation"
        ).iter_rows()
    )
