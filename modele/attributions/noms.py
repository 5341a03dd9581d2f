"""Un réservataire écrit de plusieurs façons est un seul : majuscule, espace, accent ou trait n'en font pas deux."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from modele.attributions.droit import droit
from modele.attributions.notions import plier

if TYPE_CHECKING:
    import polars as pl

_NOM: Final = "reservataire"
Nomme = tuple[str, str, str]
"""La catégorie, le nom plié, le SIREN du bailleur."""


def reunir_les_noms(*tables: pl.DataFrame) -> tuple[pl.DataFrame, ...]:
    """Les mêmes tables, chaque réservataire sous un seul nom : celui qu'elles écrivent le plus."""
    import polars as pl

    lus = pl.concat([table.select(_NOM) for table in tables]).drop_nulls()[_NOM].value_counts().rows()
    retenus: dict[str, str] = {}
    for nom, _ in sorted(lus, key=lambda lu: (-lu[1], lu[0])):
        retenus.setdefault(plier(nom) or nom, nom)
    autres = {nom: retenu for nom, _ in lus if (retenu := retenus[plier(nom) or nom]) != nom}
    if not autres:
        return tables
    return tuple(table.with_columns(pl.col(_NOM).replace(autres)) for table in tables)


def nommes(tables: Iterable[pl.DataFrame]) -> frozenset[Nomme]:
    """Chaque réservataire que ces lignes nomment, chez qui."""
    import polars as pl

    lus = pl.concat([table.select("type_reservataire", _NOM, "siren_bailleur") for table in tables]).unique()
    return frozenset(
        (droit().categorie(genre or "", nom or ""), plier(nom or ""), siren or "") for genre, nom, siren in lus.rows()
    )
