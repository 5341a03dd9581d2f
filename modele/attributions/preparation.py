"""Les lignes d'une année telles qu'elles comptent un jour donné : qui a réservé, dans le flux ou non, quel public."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from modele.attributions.droit import droit

if TYPE_CHECKING:
    import polars as pl

DALO, PRIORITAIRES, AUTRES = "dalo", "prioritaires", "autres"
LUES: Final = (
    "siren_bailleur", "bailleur", "ref_bailleur", "code_insee", "en_qpv", "typologie", "annee_construction",
    "financement", "hors_flux", "type_reservataire", "reservataire", "origine_designation", "date_caleol",
    "nb_candidats", "decision", "rang", "reponse", "date_reponse", "date_bail", "dalo", "priorite_l441_1", "emploi",
)  # fmt: skip
"""Les colonnes dont le flux se calcule : le reste d'une ligne n'a pas à suivre."""
_ENTRE: Final = "\x1f"
"""Ce qu'aucune case ne porte (``modele/regles/tableaux.py``) : deux noms ne se confondent pas."""
_MEME_LOGEMENT: Final = ["siren_bailleur", "ref_bailleur", "date_caleol", "categorie", "reservataire"]


class Preparees(NamedTuple):
    """``attribuees`` : ce que la commission a attribué. ``proposees`` : ce qui était proposé sans l'être."""

    attribuees: pl.DataFrame
    proposees: pl.DataFrame


def preparer(attributions: pl.DataFrame, le: date) -> Preparees:
    """Les décisions de l'année de ``le``, prises ce jour-là ou avant, et ce que chacune compte.

    Colonnes ajoutées aux attribuées : ``categorie``, ``revenu`` et à qui il était (``reserve_a``), ``dans_le_flux``,
    ``public``, ``prioritaire``, ``emploi_inconnu``, ``bail``, ``presentes`` ; ``reponse`` telle qu'elle était à cette
    date.
    """
    import polars as pl

    lues = _presentes(_classer(de_l_annee(attributions, le)))
    decidees = pl.col("decision").is_in(list(droit().decisions.favorables))
    prets = lues.filter(decidees).with_columns(_reponse(le), *_comptes(le))
    return Preparees(_un_par_logement(prets), _sans_attribution(lues, decidees))


def _presentes(lignes: pl.DataFrame) -> pl.DataFrame:
    """Combien de candidats une commission a vus pour un logement : chacune de ses lignes le redit."""
    import polars as pl

    dit = pl.col("nb_candidats")
    return lignes.with_columns(presentes=dit if _seuls(lignes) else dit.max().over(_MEME_LOGEMENT))


def _sans_attribution(lignes: pl.DataFrame, decidees: pl.Expr) -> pl.DataFrame:
    """Aucun candidat retenu, ou un logement revenu au bailleur : le réservataire en a eu la proposition (R441-5-1)."""
    import polars as pl

    non_retenues = lignes.filter(~decidees.any().over(_MEME_LOGEMENT))
    revenues = lignes.filter("revenu").with_columns(
        categorie="reserve_a", presentes=pl.lit(0, lignes.schema["presentes"])
    )
    uniques = non_retenues.unique(subset=_MEME_LOGEMENT, keep="first", maintain_order=True)
    return pl.concat([uniques, revenues]).with_columns(_dans_le_flux())


def _seuls(lignes: pl.DataFrame) -> bool:
    """Vrai si aucune commission n'a deux lignes pour un logement : le plus souvent."""
    import polars as pl

    return bool(lignes.select(pl.struct(_MEME_LOGEMENT).n_unique()).item() == lignes.height)


def de_l_annee(attributions: pl.DataFrame, le: date) -> pl.DataFrame:
    """Ce que la commission a décidé dans l'année de ``le``, ce jour-là ou avant."""
    import polars as pl

    return attributions.filter(pl.col("date_caleol").is_between(date(le.year, 1, 1), le))


def classer(logements: pl.DataFrame) -> pl.DataFrame:
    """Les logements, la catégorie de leur réservataire et s'ils sont dans le flux."""
    return _categories(logements).with_columns(_dans_le_flux())


def _dans_le_flux() -> pl.Expr:
    import polars as pl

    return (pl.col("hors_flux") == droit().flux.dans_le_flux).alias("dans_le_flux")


def _classer(lignes: pl.DataFrame) -> pl.DataFrame:
    """La catégorie de chacune ; un logement réservé que le bailleur attribue pour lui-même est revenu."""
    import polars as pl

    regles = droit()
    du_bailleur = next(un.id for un in regles.reservataires.values() if un.non_reserve)
    revenu = ((pl.col("origine_designation") == regles.flux.revenu) & (pl.col("categorie") != du_bailleur)).fill_null(
        value=False
    )
    return _categories(lignes).with_columns(
        reserve_a="categorie", revenu=revenu, categorie=pl.when(revenu).then(pl.lit(du_bailleur)).otherwise("categorie")
    )


def _categories(lignes: pl.DataFrame) -> pl.DataFrame:
    """Chaque nom de réservataire ne se range qu'une fois : il y en a peu."""
    import polars as pl

    paire = [pl.col("type_reservataire").fill_null(""), pl.col("reservataire").fill_null("")]
    lues = lignes.with_columns(paire)
    connues = lues.select("type_reservataire", "reservataire").unique()
    rangees = {_ENTRE.join(un): droit().categorie(*un) for un in connues.iter_rows()}
    cle = pl.concat_str("type_reservataire", "reservataire", separator=_ENTRE)
    return lues.with_columns(cle.replace_strict(rangees, return_dtype=pl.String).alias("categorie"))


def _comptes(le: date) -> list[pl.Expr]:
    import polars as pl

    regles, quart = droit(), droit().quart
    de_l_emploi = pl.col("categorie").is_in([un.id for un in regles.reservataires.values() if un.emploi])
    exclus = de_l_emploi & (pl.col(quart.colonne_emploi) == quart.pas_d_emploi).fill_null(value=False)
    dalo = (pl.col("dalo") == quart.dalo).fill_null(value=False)
    lettre = pl.col("priorite_l441_1").is_not_null()
    return [
        _dans_le_flux(),
        pl.when(dalo)
        .then(pl.lit(DALO))
        .when(lettre)
        .then(pl.lit(PRIORITAIRES))
        .otherwise(pl.lit(AUTRES))
        .alias("public"),
        ((dalo | lettre) & ~exclus).alias("prioritaire"),
        (
            (dalo | lettre) & de_l_emploi & ~(pl.col(quart.colonne_emploi) == quart.emploi_dit).fill_null(value=False)
        ).alias("emploi_inconnu"),
        (pl.col("date_bail") <= le).fill_null(value=False).alias("bail"),
    ]


def _reponse(le: date) -> pl.Expr:
    """Ce qui n'a été répondu qu'après ``le`` était encore attendu."""
    import polars as pl

    attendue = (pl.col("date_reponse") > le).fill_null(value=False) | pl.col("reponse").is_null()
    return pl.when(attendue).then(pl.lit(droit().decisions.en_cours)).otherwise("reponse").alias("reponse")


def _un_par_logement(lignes: pl.DataFrame) -> pl.DataFrame:
    """Plusieurs classés d'un réservataire comptent une fois : celui qui a le bail, sinon qui accepte, sinon le dernier.

    Un rang qu'on n'a pas appelé, ou qui n'a pas répondu, n'efface pas celui qui a le logement.
    """
    import polars as pl

    if _seuls(lignes):
        return lignes
    acceptee = pl.col("reponse") == droit().decisions.acceptee
    for choix in (pl.col("bail").cast(pl.Int8), acceptee.cast(pl.Int8), pl.col("rang").fill_null(0)):
        lignes = lignes.filter(choix == choix.max().over(_MEME_LOGEMENT))
    return lignes
