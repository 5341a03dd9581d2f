"""Les colonnes tenues d'avance : d'une demande, ce que le classement lira, le même pour tous les logements.

Une ligne se calcule quand le bilan du dossier l'est (``modele.commission.ligne``), et se garde. Le secteur demandé est
une colonne par commune : nul n'y lit pourquoi une commune n'est pas demandée.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from modele.attributions.classement.expressions import AU_MOINS, AU_PLUS
from modele.attributions.classement.regles import regles
from modele.regles.faits import TypeFait

if TYPE_CHECKING:
    import polars as pl

DEMANDE: Final = "dossier"
POINTS: Final = "points"
MINIMUM, MAXIMUM = "points.min", "points.max"
RECUE: Final = "recue"
RAISONS: Final = "raisons"
SECTEUR_DE: Final = "secteur:"
AILLEURS: Final = ""
"""Une commune que rien ne nomme : demandée si la recherche s'élargit, et seulement alors."""
Bornes = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Ligne:
    """Une demande. ``dossier`` : sa référence neutre, de la même sorte pour toutes.

    ``points`` : ce qui est acquis, un critère qu'on ne sait pas ne donnant ni n'ôtant rien ; ``minimum`` et
    ``maximum`` : entre quoi la note peut encore aller ; vides sans grille. ``recue`` : la première réception, gardée au
    renouvellement. ``faits`` : vrai, faux ou ``None``. ``secteurs`` : par commune, et ``AILLEURS``.
    """

    dossier: str
    points: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    recue: date | None = None
    faits: Mapping[str, bool | None] = field(default_factory=dict)
    nombres: Mapping[str, Bornes] = field(default_factory=dict)
    secteurs: Mapping[str, bool | None] = field(default_factory=dict)
    raisons: tuple[str, ...] = ()


def en_table(lignes: Iterable[Ligne]) -> pl.DataFrame:
    """Les colonnes de ces demandes. Une commune qu'une demande ne nomme pas est pour elle comme ``AILLEURS``."""
    import polars as pl

    toutes = list(lignes)
    communes = sorted({AILLEURS, *(code for une in toutes for code in une.secteurs)})
    colonnes: list[pl.Series] = [
        pl.Series(DEMANDE, [une.dossier for une in toutes], pl.String),
        pl.Series(POINTS, [une.points for une in toutes], pl.Float64),
        pl.Series(MINIMUM, [une.minimum for une in toutes], pl.Float64),
        pl.Series(MAXIMUM, [une.maximum for une in toutes], pl.Float64),
        pl.Series(RECUE, [une.recue for une in toutes], pl.Date),
    ]
    for nom, fait in regles().demande.items():
        if fait.type is TypeFait.BOOLEEN:
            colonnes.append(pl.Series(nom, [une.faits.get(nom) for une in toutes], pl.Boolean))
            continue
        bornes = [une.nombres.get(nom, (None, None)) for une in toutes]
        colonnes.append(pl.Series(f"{nom}{AU_MOINS}", [bas for bas, _ in bornes], pl.Int64))
        colonnes.append(pl.Series(f"{nom}{AU_PLUS}", [haut for _, haut in bornes], pl.Int64))
    for code in communes:
        dits = [une.secteurs.get(code, une.secteurs.get(AILLEURS)) for une in toutes]
        colonnes.append(pl.Series(f"{SECTEUR_DE}{code}", dits, pl.Boolean))
    colonnes.append(pl.Series(RAISONS, [list(une.raisons) for une in toutes], pl.List(pl.String)))
    return pl.DataFrame(colonnes)
