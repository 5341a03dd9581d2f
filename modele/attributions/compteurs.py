"""Les quatre compteurs d'une convention : proposés, présentés, attribués, baux ; la convention dit lequel décompte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from modele.attributions.conventions import UniteDeDecompte
from modele.attributions.droit import droit

if TYPE_CHECKING:
    import polars as pl

    from modele.attributions.preparation import Preparees

_QUI: Final = ("categorie", "reservataire", "siren_bailleur", "code_insee")


@dataclass(frozen=True, slots=True)
class DuReservataire:
    """Un réservataire, chez un bailleur, dans une commune."""

    categorie: str
    reservataire: str
    siren_bailleur: str
    code_insee: str


@dataclass(frozen=True, slots=True)
class Compteurs(DuReservataire):
    """Ce qu'il en a eu. ``refus`` : par les demandeurs, silence compris."""

    proposes: int = 0
    presentes: int = 0
    attribues: int = 0
    baux: int = 0
    refus: int = 0

    def decomptes(self, unite: UniteDeDecompte) -> int:
        """Celui que la convention a choisi."""
        return {
            UniteDeDecompte.PROPOSE: self.proposes,
            UniteDeDecompte.PRESENTE: self.presentes,
            UniteDeDecompte.ATTRIBUE: self.attribues,
            UniteDeDecompte.BAIL: self.baux,
        }[unite]


@dataclass(frozen=True, slots=True)
class FaitsDuPublic(DuReservataire):
    """Ce qu'un public en a eu."""

    public: str
    attribues: int
    baux: int


@dataclass(frozen=True, slots=True)
class Revenus(DuReservataire):
    """Combien des logements qui lui étaient réservés sont revenus au bailleur."""

    combien: int


def par_public(flux: pl.DataFrame) -> tuple[FaitsDuPublic, ...]:
    """Attribués et baux de chaque public."""
    import polars as pl

    comptes = flux.group_by(*_QUI, "public").agg(pl.len().alias("attribues"), pl.col("bail").sum().alias("baux"))
    return tuple(FaitsDuPublic(**ligne) for ligne in comptes.iter_rows(named=True))


def revenus(flux: pl.DataFrame) -> tuple[Revenus, ...]:
    """Ceux que le bailleur a attribués pour lui-même, au réservataire qui les avait."""
    import polars as pl

    siens = flux.filter("revenu").with_columns(categorie="reserve_a")
    comptes = siens.group_by(_QUI).agg(pl.len().alias("combien"))
    return tuple(Revenus(**ligne) for ligne in comptes.iter_rows(named=True))


def compter(preparees: Preparees, logements: pl.DataFrame) -> tuple[Compteurs, ...]:
    """Par réservataire, bailleur et commune. ``logements`` : ceux qui sont offerts, classés.

    Un logement est proposé une fois, qu'il soit encore offert, déjà attribué, ou qu'aucun candidat n'ait été retenu.
    """
    return tuple(Compteurs(**ligne) for ligne in compter_par(preparees, logements, _QUI).iter_rows(named=True))


def compter_par(preparees: Preparees, logements: pl.DataFrame, par: Sequence[str]) -> pl.DataFrame:
    """Les quatre compteurs et les refus, par ces colonnes, dont le bailleur ; triés."""
    import polars as pl

    refus = pl.col("reponse").is_in([droit().decisions.refusee, droit().decisions.sans_reponse])
    zero = pl.lit(0, pl.Int64)
    attribues = preparees.attribuees.filter("dans_le_flux").select(
        *par,
        "ref_bailleur",
        presentes="presentes",
        attribues=zero + 1,
        baux=pl.col("bail").cast(pl.Int64),
        refus=refus.cast(pl.Int64),
    )
    rien = {"attribues": zero, "baux": zero, "refus": zero}
    proposes = preparees.proposees.filter("dans_le_flux").select(*par, "ref_bailleur", "presentes", **rien)
    offerts = logements.filter("dans_le_flux").select(*par, "ref_bailleur", presentes=zero, **rien)
    # Une référence est celle d'un logement chez son bailleur : chacune une fois par groupe, ce sont les proposés.
    comptes = pl.col("presentes", "attribues", "baux", "refus").sum()
    tous = (
        pl.concat([attribues, proposes, offerts])
        .group_by(par)
        .agg(pl.col("ref_bailleur").n_unique().alias("proposes"), comptes)
    )
    return tous.sort(par)
