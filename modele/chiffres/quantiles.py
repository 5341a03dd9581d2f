"""Une durée ne se dit jamais par sa seule moyenne : combien de valeurs, la médiane, les quartiles ; aucun extrême."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

QUARTILES: Final[Mapping[str, Fraction]] = {
    "q1": Fraction(1, 4),
    "mediane": Fraction(1, 2),
    "q3": Fraction(3, 4),
}


def quartiles(valeurs: Sequence[int]) -> dict[str, float]:
    """Les trois, d'au moins une valeur ; d'un nombre pair, la médiane est la moyenne des deux valeurs centrales."""
    rangees = sorted(valeurs)
    return {nom: float(_a(rangees, part)) for nom, part in QUARTILES.items()}


def _a(rangees: Sequence[int], part: Fraction) -> Fraction:
    """La valeur à cette part, entre les deux qui l'entourent s'il n'y en a pas une à cette place."""
    place = part * (len(rangees) - 1)
    bas = place.numerator // place.denominator
    haut = min(bas + 1, len(rangees) - 1)
    return rangees[bas] + (place - bas) * (rangees[haut] - rangees[bas])
