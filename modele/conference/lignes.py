"""Un indicateur compté : sa valeur, ce dont elle est faite, les cases du tableau à masquer dont elle dépend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from modele.conference.definitions import Definition

TERRITOIRE: Final = "territoire"


@dataclass(frozen=True, slots=True)
class Indicateur:
    """Une valeur et ce dont elle est faite. ``cases`` : celles du tableau à masquer dont elle dépend.

    ``inconnus`` : celle de ses non renseignés. ``effectif`` : d'un délai, combien de valeurs.
    ``valeur`` ``None`` : rien à compter. ``taux_seul`` : sous le masque, ses deux nombres rendraient une autre case.
    """

    definition: Definition
    perimetre: str
    valeur: int | float | None
    numerateur: int | None = None
    denominateur: int | None = None
    non_renseignes: int | None = None
    minimum: int | None = None
    manque: int | None = None
    effectif: int | None = None
    cases: tuple[str, ...] = ()
    inconnus: str = ""
    taux_seul: bool = False

    @property
    def cle(self) -> tuple[str, str]:
        """Ce qui le distingue : deux versions d'un dossier se comparent par elle."""
        return self.definition.id, self.perimetre
