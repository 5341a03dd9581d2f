"""La lettre de L441-1 telle que les bailleurs l'écrivent : « G », « gbis », « c, k », « a) » en sont."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from modele.attributions.droit import droit

if TYPE_CHECKING:
    import polars as pl

_ENTRE: Final = re.compile("[,;/]")
_SIGNES: Final = re.compile(r"[\W_]")


def portent_une_lettre(cases: pl.Series) -> pl.Series:
    """Vrai où une lettre de la loi se lit, faux où aucune ne s'y lit ; une case vide reste vide."""
    import polars as pl

    lues = {case: _porte_une_lettre(case) for case in cases.unique().drop_nulls()}
    return cases.replace_strict(lues, default=None, return_dtype=pl.Boolean)


def _porte_une_lettre(case: str) -> bool:
    connues = {_plier(une) for une in droit().quart.lettres}
    return any(_plier(partie) in connues for partie in _ENTRE.split(case))


def _plier(lettre: str) -> str:
    return _SIGNES.sub("", lettre).casefold()
