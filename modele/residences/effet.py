"""Avant une décision, ce que la venue d'un ménage ferait à la part du premier quartile de CETTE résidence, cette année.

Ne range personne, n'écarte personne : le quartile n'est ni un droit ni un refus.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from modele.residences.calcul import Annee, Sens

_SENS: Final = {1: Sens.MONTE, 0: Sens.EGALE, -1: Sens.BAISSE}


@dataclass(frozen=True, slots=True)
class Effet:
    """« 7 sur 12 en premier quartile, ce serait 8 sur 13 » : ``avant`` sur ``sur``, ``apres`` sur ``sur`` plus un.

    Chaque nombre est une fourchette : un quartile inconnu, d'ici ou du ménage, y est pris dans les deux sens.
    """

    avant: tuple[int, int]
    apres: tuple[int, int]
    sur: int
    premier: bool | None
    peut_etre: int

    @property
    def sens(self) -> Sens:
        """Où irait la part ; ``INCONNU`` si le quartile l'est, ou si rien ne s'est encore attribué là."""
        if self.premier is None or not self.sur:
            return Sens.INCONNU
        venu = int(self.premier)
        ecarts = [Fraction(un + venu, self.sur + 1) - Fraction(un, self.sur) for un in self.avant]
        signes = {(un > 0) - (un < 0) for un in ecarts}
        return _SENS[signes.pop()] if len(signes) == 1 else Sens.INCONNU


def effet(annee: Annee, premier: bool | None) -> Effet:
    """L'effet d'un ménage de plus. ``premier`` : il est du premier quartile, non, ou on ne le sait pas (``None``)."""
    bas, haut = annee.premiers, annee.premiers + annee.sans_quartile
    apres = bas + (premier is True), haut + (premier is not False)
    return Effet((bas, haut), apres, annee.total, premier, annee.peut_etre)
