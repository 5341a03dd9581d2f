"""Toutes les sommes qu'on peut faire en prenant un apport dans chaque lot : un bit par somme, dans un entier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from modele.cotation.calcul import ZERO

# Au-delà, le calcul ne tiendrait plus dans le temps d'une question : on renonce, et la note le dit.
_BITS = 1 << 22
_TRAVAIL = 1 << 28


@dataclass(frozen=True, slots=True)
class Apports:
    """Les sommes possibles : ``base + rang × pas`` pour chaque bit à 1 de ``bits``."""

    base: Decimal
    pas: Decimal
    bits: int

    def autour(self, repere: Decimal) -> list[Decimal]:
        """La plus grande somme qui ne dépasse pas ``repere``, et la plus petite qui l'atteint (une seule si égales)."""
        rang = int(((repere - self.base) / self.pas).to_integral_value("ROUND_FLOOR"))
        dessous = self.bits & ((1 << (rang + 1)) - 1) if rang >= 0 else 0
        dessus = self.bits >> (rang + 1) if rang >= 0 else self.bits
        rangs = [dessous.bit_length() - 1] if dessous else []
        if dessus:
            rangs.append((dessus & -dessus).bit_length() + max(rang, -1))
        return [self.base + self.pas * r for r in rangs]


def apports_de(lots: Sequence[Sequence[Decimal]]) -> Apports | None:
    """Les sommes d'un apport par lot ; ``None`` s'il y en a trop pour les énumérer. Aucun lot : zéro seul."""
    utiles = [sorted(set(lot)) for lot in lots]
    base = sum((lot[0] for lot in utiles), ZERO)
    ecarts = [[apport - lot[0] for apport in lot] for lot in utiles if len(lot) > 1]
    pas = _pas(ecart for lot in ecarts for ecart in lot)
    largeur = sum((lot[-1] for lot in ecarts), ZERO) / pas
    if largeur > _BITS or largeur * sum(len(lot) for lot in ecarts) > _TRAVAIL:
        return None
    bits = 1
    for lot in ecarts:
        avant, bits = bits, 0
        for ecart in lot:
            bits |= avant << int(ecart / pas)
    return Apports(base, pas, bits)


def _pas(nombres: Iterable[Decimal]) -> Decimal:
    """La plus petite unité décimale qui les mesure tous : 1, 0,1, 0,01…"""
    exposants = [nombre.normalize().as_tuple().exponent for nombre in nombres]
    return Decimal(1).scaleb(min((e for e in exposants if isinstance(e, int) and e < 0), default=0))
