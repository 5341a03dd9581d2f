"""Une ligne serrée en colonnes de texte, pour se garder par dizaines de milliers et se relire d'un trait.

Une colonne de signes par sorte de fait, dans l'ordre des noms : polars la déplie sans un objet par demande. Du secteur,
seule la commune du logement se déplie. Toute demande a les mêmes colonnes, aux mêmes formes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from modele.attributions.classement.expressions import AU_MOINS, AU_PLUS
from modele.attributions.classement.regles import regles
from modele.attributions.classement.tenue import (
    AILLEURS,
    DEMANDE,
    MAXIMUM,
    MINIMUM,
    POINTS,
    RAISONS,
    RECUE,
    SECTEUR_DE,
    Ligne,
)
from modele.regles.faits import TypeFait

if TYPE_CHECKING:
    import polars as pl

FAITS, NOMBRES, SECTEURS = "faits", "nombres", "secteurs"
COLONNES: Final = ("dossier", "points", "minimum", "maximum", "recue", FAITS, NOMBRES, SECTEURS, "raisons")
"""Ce qui se garde d'une ligne, dans cet ordre."""
_SIGNES: Final[Mapping[bool | None, str]] = {True: "1", False: "0", None: "?"}
_ENTRE, _JUSQU_A, _FIN = ";", ":", "\n"


def serrer(ligne: Ligne) -> dict[str, str | float | None]:
    """Ce qui se garde de cette ligne. D'une commune qui se lit comme toute autre, rien : ``AILLEURS`` la dit."""
    autre = ligne.secteurs.get(AILLEURS)
    dites = [f"{code}{_SIGNES[dit]}" for code, dit in sorted(ligne.secteurs.items()) if code and dit is not autre]
    bornes = [ligne.nombres.get(nom, (None, None)) for nom in noms(TypeFait.ENTIER)]
    return {
        "dossier": ligne.dossier,
        "points": ligne.points,
        "minimum": ligne.minimum,
        "maximum": ligne.maximum,
        "recue": ligne.recue.isoformat() if ligne.recue else None,
        FAITS: "".join(_SIGNES[ligne.faits.get(nom)] for nom in noms(TypeFait.BOOLEEN)),
        NOMBRES: _ENTRE.join(f"{_ecrit(bas)}{_JUSQU_A}{_ecrit(haut)}" for bas, haut in bornes),
        SECTEURS: _ENTRE.join([_SIGNES[autre], *dites]) + _ENTRE,
        "raisons": _FIN.join(ligne.raisons),
    }


def desserrer(gardees: Iterable[Sequence[str | float | None]], commune: str) -> pl.DataFrame:
    """Les colonnes du classement d'un logement de cette commune, de ce qui a été gardé (``COLONNES``)."""
    import polars as pl

    lues = list(gardees)
    types = {nom: pl.Float64 if nom in ("points", "minimum", "maximum") else pl.String for nom in COLONNES}
    table = pl.DataFrame(lues, schema=types, orient="row").lazy()
    secteur = pl.col(SECTEURS).str.extract(f"{_ENTRE}{_en_motif(commune)}([01?]){_ENTRE}")
    autre = pl.col(SECTEURS).str.slice(0, 1)
    return table.select(
        pl.col("dossier").alias(DEMANDE),
        pl.col("points").alias(POINTS),
        pl.col("minimum").alias(MINIMUM),
        pl.col("maximum").alias(MAXIMUM),
        pl.col("recue").str.to_date("%Y-%m-%d").alias(RECUE),
        *(_booleen(pl.col(FAITS).str.slice(rang, 1)).alias(nom) for rang, nom in enumerate(noms(TypeFait.BOOLEEN))),
        *(une for rang, nom in enumerate(noms(TypeFait.ENTIER)) for une in _bornes(rang, nom)),
        _booleen(autre).alias(f"{SECTEUR_DE}{AILLEURS}"),
        _booleen(pl.coalesce(secteur, autre)).alias(f"{SECTEUR_DE}{commune}"),
        _raisons(pl.col("raisons")).alias(RAISONS),
    ).collect()


def noms(sorte: TypeFait) -> list[str]:
    """Les faits de cette sorte qu'une commission lit d'une demande, dans l'ordre où ils se gardent."""
    return sorted(nom for nom, fait in regles().demande.items() if fait.type is sorte)


def _ecrit(nombre: int | None) -> str:
    return "" if nombre is None else str(nombre)


def _en_motif(commune: str) -> str:
    """Un code de commune n'a que des chiffres et des lettres : rien d'autre n'entre dans un motif de recherche."""
    return "".join(signe for signe in commune if signe.isalnum()) or "-"


def _booleen(signe: pl.Expr) -> pl.Expr:
    import polars as pl

    return pl.when(signe == "1").then(statement=True).when(signe == "0").then(statement=False)


def _raisons(ecrites: pl.Expr) -> pl.Expr:
    return ecrites.str.split(_FIN).list.filter(_element() != "")


def _element() -> pl.Expr:
    import polars as pl

    return pl.element()


def _bornes(rang: int, nom: str) -> tuple[pl.Expr, pl.Expr]:
    import polars as pl

    dites = pl.col(NOMBRES).str.split(_ENTRE).list.get(rang, null_on_oob=True).str.split(_JUSQU_A)
    bas, haut = (dites.list.get(place, null_on_oob=True).cast(pl.Int64, strict=False) for place in (0, 1))
    return bas.alias(f"{nom}{AU_MOINS}"), haut.alias(f"{nom}{AU_PLUS}")
