"""Un calcul qui se montre : chaque étape, sa formule avec ses nombres, et ce qu'elle donne."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Etape:
    """« Assiette du flux », « 320 − 48 − 22 − 6 », « 244 »."""

    libelle: str
    formule: str
    valeur: str

    def __str__(self) -> str:
        return f"{self.libelle} : {self.formule} = {self.valeur}"


def ecrire(nombre: Fraction | Decimal | int, decimales: int = 2) -> str:
    """Un nombre à la française, sans zéro inutile : « 12,2 », « 244 »."""
    exact = Fraction(nombre)
    arrondi = (Decimal(exact.numerator) / exact.denominator).quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    dit = f"{arrondi:f}"
    return (dit.rstrip("0").rstrip(".") if "." in dit else dit).replace(".", ",")


def pour_cent(part: Fraction, decimales: int = 2) -> str:
    """« 20,08 % »."""
    return f"{ecrire(part * 100, decimales)} %"
