"""Un détour : une réponse à changer ou à donner, et la page d'où l'on vient, où l'on revient d'une touche. Sans Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FIN: Final = "fin"
"""Ce que l'entretien retient de sa place quand il en est à la page de fin."""
_A_LA_FIN: Final = "Revenir à la fin"
_A_LA_PAGE: Final = "Revenir où l'on en était"
A_L_ECRAN: Final = "Garder et revenir"
UN_CHAMP: Final = "Entrée : garder, et revenir. Tab : champ suivant."


@dataclass(frozen=True, slots=True)
class Detour:
    """``vers`` : la page de fin, ou l'étape de cette clé, au champ ``champ``. ``ecran`` : l'écran d'où l'on vient.

    ``vise`` : la seule réponse qu'on est venu changer, Entrée en revient ; vide, on fait d'abord le tour de la page.
    """

    vers: str
    champ: str = ""
    vise: str = ""
    ecran: str = ""

    @property
    def mot(self) -> str:
        """Le bouton qui en revient."""
        if self.ecran:
            return A_L_ECRAN
        return _A_LA_FIN if self.vers == FIN else _A_LA_PAGE


def venu_de(ecran: str, chemin: str) -> Detour | None:
    """De cet écran, pour cette seule réponse ; ``None`` : on ne vient d'aucun."""
    return Detour("", vise=chemin, ecran=ecran) if ecran else None
