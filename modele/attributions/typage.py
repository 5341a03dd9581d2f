"""Le texte d'une case en ce qu'elle veut dire, colonne entière à la fois : une case fautive devient vide, et se compte.

D'abord la forme attendue ; les autres formes (espaces, date d'un classeur) ne s'essaient que sur ce qui reste.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from modele.attributions.colonnes import OUI_NON, Colonne, Nature
from modele.regles.lecture import hors_liste
from modele.regles.tableaux import SIGNE_PERDU, SIGNES_PERDUS

if TYPE_CHECKING:
    import polars as pl

_ANNEES: Final = (1900, 2200)
_ESPACES: Final = r"[\s\u00a0\u202f€]"
_OUI: Final = {
    "O": "OUI",
    "N": "NON",
    "TRUE": "OUI",
    "FALSE": "NON",
    "VRAI": "OUI",
    "FAUX": "NON",
    "1": "OUI",
    "0": "NON",
}
_PERDUS: Final = SIGNES_PERDUS.replace(r"\ufffd\ud800-\udfff", r"\x{fffd}")
"""Les mêmes que pour tout tableau, dans l'écriture de polars, qui n'a pas de moitié de signe."""
_MONTRES: Final = 40


def typer(case: pl.Expr, colonne: Colonne) -> pl.Expr:
    """La case typée, dans la forme attendue ; vide si elle n'y est pas."""
    return _PREMIERES[colonne.nature](case, colonne)


def reprendre(case: pl.Expr, colonne: Colonne) -> pl.Expr:
    """La même, dans les autres formes qu'on accepte : plus lente, pour ce que la première n'a pas lu."""
    autre = _SECONDES.get(colonne.nature)
    return typer(case, colonne) if autre is None else autre(case, colonne)


def dire(case: str, colonne: Colonne) -> str:
    """Pourquoi cette case n'est pas lue."""
    dite = f"« {case[:_MONTRES]} »"
    if colonne.nature is Nature.DATE:
        return f"{dite} n'est pas une date (JJ/MM/AAAA)"
    if colonne.nature is Nature.NOMBRE:
        return f"{dite} n'est pas un nombre"
    if colonne.nature is Nature.ENTIER:
        return f"{dite} n'est pas un nombre entier"
    if colonne.nature is Nature.CHIFFRES:
        return f"{dite} n'a pas {colonne.longueur} signes"
    if colonne.nature is Nature.OUI_NON:
        return f"{dite} : écrivez {', '.join(OUI_NON[:-1])} ou {OUI_NON[-1]}"
    return hors_liste(case[:_MONTRES], colonne.valeurs) if colonne.valeurs else SIGNE_PERDU


def _date(case: pl.Expr, _: Colonne) -> pl.Expr:
    return _datable(case.str.to_date("%d/%m/%Y", strict=False))


def _date_de_classeur(case: pl.Expr, colonne: Colonne) -> pl.Expr:
    import polars as pl

    iso = case.str.slice(0, len("AAAA-MM-JJ")).str.to_date("%Y-%m-%d", strict=False)
    minuit = case.str.len_chars().is_in([len("AAAA-MM-JJ"), len("AAAA-MM-JJ HH:MM:SS")])
    return pl.coalesce(_date(case, colonne), pl.when(minuit).then(_datable(iso)))


def _datable(jour: pl.Expr) -> pl.Expr:
    """Sans les années en deux chiffres, qui se liraient au premier siècle."""
    import polars as pl

    return pl.when(jour.dt.year().is_between(*_ANNEES)).then(jour)


def _nombre(case: pl.Expr, _: Colonne) -> pl.Expr:
    import polars as pl

    lu = case.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return pl.when(lu.is_finite()).then(lu)


def _nombre_espace(case: pl.Expr, colonne: Colonne) -> pl.Expr:
    return _nombre(case.str.replace_all(_ESPACES, ""), colonne)


def _entier(case: pl.Expr, _: Colonne) -> pl.Expr:
    import polars as pl

    return case.cast(pl.Int64, strict=False)


def _entier_espace(case: pl.Expr, colonne: Colonne) -> pl.Expr:
    import polars as pl

    lu = _nombre_espace(case, colonne)
    return pl.when((lu == lu.round()) & (lu.abs() < 1e15)).then(lu).cast(pl.Int64, strict=False)


def _chiffres(case: pl.Expr, colonne: Colonne) -> pl.Expr:
    import polars as pl

    return pl.when(case.str.len_bytes() == colonne.longueur).then(case)


def _zeros_rendus(case: pl.Expr, colonne: Colonne) -> pl.Expr:
    """Un tableur qui prend un code pour un nombre en perd les zéros de tête : il ne manque qu'eux."""
    import polars as pl

    serree = case.str.replace_all(_ESPACES, "").str.strip_suffix(".0")
    rendue = pl.when(serree.str.contains(r"^\d+$")).then(serree.str.zfill(colonne.longueur)).otherwise(serree)
    return _chiffres(rendue, colonne)


def _code(case: pl.Expr, colonne: Colonne) -> pl.Expr:
    return _parmi(case, colonne.valeurs) if colonne.valeurs else _texte(case, colonne)


def _oui_non(case: pl.Expr, _: Colonne) -> pl.Expr:
    return _parmi(case, OUI_NON)


def _parmi(case: pl.Expr, valeurs: tuple[str, ...]) -> pl.Expr:
    import polars as pl

    return pl.when(case.is_in(list(valeurs))).then(case)


def _code_plie(case: pl.Expr, colonne: Colonne) -> pl.Expr:
    return _code(case.str.to_uppercase(), colonne)


def _oui_non_plie(case: pl.Expr, colonne: Colonne) -> pl.Expr:
    return _oui_non(case.str.to_uppercase().replace(_OUI), colonne)


def _texte(case: pl.Expr, _: Colonne) -> pl.Expr:
    """Un signe perdu ne se garde pas : un nom mal lu ne se retrouverait plus."""
    import polars as pl

    return pl.when(~case.str.contains(_PERDUS)).then(case)


_Lecture = Callable[["pl.Expr", Colonne], "pl.Expr"]
_PREMIERES: Final[Mapping[Nature, _Lecture]] = {
    Nature.TEXTE: _texte,
    Nature.CODE: _code,
    Nature.DATE: _date,
    Nature.NOMBRE: _nombre,
    Nature.ENTIER: _entier,
    Nature.CHIFFRES: _chiffres,
    Nature.OUI_NON: _oui_non,
}
_SECONDES: Final[Mapping[Nature, _Lecture]] = {
    Nature.CODE: _code_plie,
    Nature.DATE: _date_de_classeur,
    Nature.NOMBRE: _nombre_espace,
    Nature.ENTIER: _entier_espace,
    Nature.CHIFFRES: _zeros_rendus,
    Nature.OUI_NON: _oui_non_plie,
}
