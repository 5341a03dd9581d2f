"""Une condition en une expression de polars : vraie, fausse ou vide, pour toutes les demandes d'un trait.

Le vide de polars suit la logique de Kleene, comme ``modele.regles.kleene`` : faux et vide font faux, vrai ou vide fait
vrai. Ce qui ne parle que du logement se tranche une fois, par ``kleene`` même.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, Final

from modele.attributions.classement.regles import DU_LOGEMENT
from modele.regles.conditions import Comparaison, Condition, Non, Op, Tous, UnDe
from modele.regles.etats import Situation
from modele.regles.faits import TypeFait
from modele.regles.kleene import evaluer

if TYPE_CHECKING:
    import polars as pl

AU_MOINS: Final = ".min"
AU_PLUS: Final = ".max"
"""D'un nombre, les deux bornes entre lesquelles il est : égales s'il est connu, vides si rien ne le borne."""


def expression(condition: Condition, logement: Situation) -> pl.Expr:
    """L'expression de cette condition. ``logement`` : ce qu'on sait du logement."""
    if isinstance(condition, Comparaison):
        return _comparaison(condition, logement)
    if isinstance(condition, Non):
        return ~expression(condition.condition, logement)
    # Le chargeur n'admet pas d'autre forme (``regles``).
    assert isinstance(condition, Tous | UnDe)
    dessous: Sequence[pl.Expr] = [expression(une, logement) for une in condition.de]
    return reduce(and_ if isinstance(condition, Tous) else or_, dessous)


def _comparaison(une: Comparaison, logement: Situation) -> pl.Expr:
    import polars as pl

    if une.fait.nom.startswith(DU_LOGEMENT):
        return pl.lit(evaluer(une, logement), dtype=pl.Boolean)
    if une.fait.type is TypeFait.BOOLEEN:
        colonne = pl.col(une.fait.nom)
        return colonne if une.operande is True else ~colonne
    return _COMPARER[une.op](une.fait.nom, une.operande)


def _moins_de(nom: str, seuil: Any) -> pl.Expr:
    import polars as pl

    bas, haut = pl.col(f"{nom}{AU_MOINS}"), pl.col(f"{nom}{AU_PLUS}")
    return pl.when(haut < seuil).then(statement=True).when(bas >= seuil).then(statement=False)


def _plus_de(nom: str, seuil: Any) -> pl.Expr:
    import polars as pl

    bas, haut = pl.col(f"{nom}{AU_MOINS}"), pl.col(f"{nom}{AU_PLUS}")
    return pl.when(bas > seuil).then(statement=True).when(haut <= seuil).then(statement=False)


def _egal(nom: str, seuil: Any) -> pl.Expr:
    return ~_moins_de(nom, seuil) & ~_plus_de(nom, seuil)


_COMPARER: Final[Mapping[Op, Callable[[str, Any], pl.Expr]]] = {
    Op.MOINS_DE: _moins_de,
    Op.PLUS_DE: _plus_de,
    Op.AU_MOINS: lambda nom, seuil: ~_moins_de(nom, seuil),
    Op.AU_PLUS: lambda nom, seuil: ~_plus_de(nom, seuil),
    Op.EGAL: _egal,
    Op.DIFFERENT: lambda nom, seuil: ~_egal(nom, seuil),
}
