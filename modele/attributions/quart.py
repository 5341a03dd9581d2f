"""Le quart prioritaire, réservataire par réservataire : sa base, son minimum, ce qui manque ; avec et sans bail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from modele.attributions.droit import droit
from modele.attributions.etapes import Etape
from modele.attributions.notions import Quart, Reservataire

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Compte:
    """Réalisées sur attributions ; ``minimum`` et ``manque`` sont ``None`` quand le texte n'en donne pas."""

    realisees: int
    attributions: int
    minimum: int | None
    manque: int | None

    @property
    def etapes(self) -> tuple[Etape, ...]:
        """Comment se calcule ce qui manque."""
        if self.minimum is None or self.manque is None:
            return ()
        return (
            Etape("Minimum", f"{self.attributions} attributions, arrondi au logement supérieur", str(self.minimum)),
            Etape("Manque", f"{self.minimum} − {self.realisees}, jamais moins de zéro", str(self.manque)),
        )


@dataclass(frozen=True, slots=True)
class LigneQuart:
    """Le quart d'une catégorie, ou d'un de ses réservataires (``nom``) ; d'un bailleur, son SIREN.

    ``emploi_inconnu`` : parmi les réalisées, celles dont le fichier ne dit pas l'emploi, quand l'article l'exige.
    """

    categorie: Reservataire
    attributions: Compte
    baux: Compte
    nom: str = ""
    siren_bailleur: str = ""
    emploi_inconnu: int | None = None


def compter(realisees: int, attributions: int, regle: Quart) -> Compte:
    """Le compte d'un réservataire, selon ce qu'il doit."""
    if regle in (Quart.AUCUN, Quart.INCONNU):
        return Compte(realisees, attributions, None, None)
    minimum = attributions if regle is Quart.ENTIER else ceil(attributions * droit().quart.part)
    return Compte(realisees, attributions, minimum, max(0, minimum - realisees))


def quart_prioritaire(flux: pl.DataFrame) -> tuple[LigneQuart, ...]:
    """Une ligne par catégorie qui a des attributions dans le flux, dans l'ordre du droit, sauf celles hors du quart."""
    return tuple(_lignes(flux, []))


def quart_detaille(flux: pl.DataFrame) -> tuple[LigneQuart, ...]:
    """Chaque collectivité, et chaque bailleur pour ce qui n'est pas réservé : l'obligation est à chacun."""
    import polars as pl

    du_bailleur = [un.id for un in droit().reservataires.values() if un.non_reserve]
    bailleur = pl.col("categorie").is_in(du_bailleur)
    # Le nom d'une ligne non réservée est celui du bailleur ; le SIREN d'une ligne réservée ne la partage pas.
    siens = flux.with_columns(
        nom=pl.when(bailleur).then(pl.coalesce("bailleur", "siren_bailleur")).otherwise("reservataire"),
        siren=pl.when(bailleur).then("siren_bailleur").otherwise(pl.lit("")),
    )
    return tuple(_lignes(siens, ["nom", "siren"]))


def _lignes(flux: pl.DataFrame, par: list[str]) -> Iterator[LigneQuart]:
    import polars as pl

    comptes = (
        flux.group_by("categorie", *par)
        .agg(
            pl.len().alias("attributions"),
            pl.col("prioritaire").sum().alias("realisees"),
            pl.col("bail").sum().alias("baux"),
            (pl.col("prioritaire") & pl.col("bail")).sum().alias("realisees_baux"),
            (pl.col("emploi_inconnu") & pl.col("prioritaire")).sum().alias("emploi_inconnu"),
        )
        .sort("categorie", *par)
    )
    for un in droit().reservataires.values():
        if un.quart is Quart.AUCUN:
            continue
        for lu in comptes.filter(pl.col("categorie") == un.id).iter_rows(named=True):
            yield LigneQuart(
                un,
                compter(lu["realisees"], lu["attributions"], un.quart),
                compter(lu["realisees_baux"], lu["baux"], un.quart),
                lu.get("nom") or "",
                lu.get("siren") or "",
                lu["emploi_inconnu"] if un.emploi else None,
            )
