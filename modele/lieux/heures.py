"""Les heures d'un lieu : une semaine, des jours à part, les jours fériés. Des heures de pendule, jamais des durées.

Une plage tient dans un jour. Le changement d'heure n'y touche pas : « jusqu'à 17 h » se lit à la pendule du lieu.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from modele.regles.feries import est_ferie

MINUIT: Final = 24 * 60


class Plage(NamedTuple):
    """De ``de`` à ``a``, en minutes depuis le début du jour ; ``a`` n'en est pas (à 17 h, c'est fermé)."""

    de: int
    a: int


Plages = tuple[Plage, ...]


class JoursFeries(StrEnum):
    """Ce qu'un lieu dit des jours fériés ; rien : on ne sait pas, et l'on n'envoie personne à une porte close."""

    FERME = "ferme"
    OUVERT = "ouvert"
    INCONNU = ""


@dataclass(frozen=True, slots=True)
class JourAPart:
    """Du ``du`` au ``au`` compris, ces plages au lieu de celles de la semaine ; aucune : fermé, pour ce ``motif``."""

    du: date
    au: date
    plages: Plages = ()
    motif: str = ""

    def couvre(self, jour: date) -> bool:
        """Vrai si ce jour en est."""
        return self.du <= jour <= self.au


@dataclass(frozen=True, slots=True)
class Heures:
    """``semaine`` : les plages de chaque jour, lundi d'abord ; vide : on ne les connaît pas."""

    semaine: tuple[Plages, ...] = ()
    a_part: tuple[JourAPart, ...] = ()
    feries: JoursFeries = JoursFeries.INCONNU

    @property
    def connues(self) -> bool:
        """Vrai si l'on sait quand ce lieu ouvre d'ordinaire."""
        return bool(self.semaine)

    def du_jour(self, jour: date) -> Plages | None:
        """Les plages de ce jour ; ``None`` si l'on ne sait pas : jamais fermé faute de savoir."""
        if (dit := self.jour_a_part(jour)) is not None:
            return dit.plages
        if not self.connues:
            return None
        ordinaires = self.semaine[jour.weekday()]
        if not ordinaires or self.feries is JoursFeries.OUVERT or not est_ferie(jour):
            return ordinaires
        return () if self.feries is JoursFeries.FERME else None

    def jour_a_part(self, jour: date) -> JourAPart | None:
        """Ce qui est dit de ce jour-là seul."""
        return next((un for un in self.a_part if un.couvre(jour)), None)


def reunies(plages: Iterable[Plage]) -> Plages:
    """Les mêmes, dans l'ordre, celles qui se touchent d'un seul tenant : « jusqu'à » dit alors la vraie fermeture."""
    jointes: list[Plage] = []
    for une in sorted(plages):
        if jointes and jointes[-1].a == une.de:
            jointes[-1] = Plage(jointes[-1].de, une.a)
        else:
            jointes.append(une)
    return tuple(jointes)


def chevauchement(plages: Iterable[Plage]) -> tuple[Plage, Plage] | None:
    """Les deux premières qui se chevauchent ; ``None`` si aucune."""
    return next(((avant, apres) for avant, apres in pairwise(sorted(plages)) if apres.de < avant.a), None)


def deux_fois(jours: Iterable[JourAPart]) -> Iterator[tuple[JourAPart, JourAPart]]:
    """Les jours à part qui disent deux choses d'un même jour."""
    return ((un, autre) for un, autre in combinations(jours, 2) if un.du <= autre.au and autre.du <= un.au)
