"""Un créneau, ce qui le gêne, ceux qui restent libres. Deux créneaux qui se gênent se gardent tous deux."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from msgspec import Struct

MIDI: Final = 12 * 60
MINUIT: Final = 24 * 60
_HEURE: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


@lru_cache(maxsize=24 * 60)
def lire_heure(ecrite: str) -> int:
    """Les minutes depuis minuit. Lève ``ValueError`` si ce n'est pas une heure « HH:MM »."""
    lue = _HEURE.fullmatch(ecrite)
    if lue is None:
        raise ValueError(f"« {ecrite} » n'est pas une heure. Attendu : HH:MM, par exemple 09:30.")
    return int(lue[1]) * 60 + int(lue[2])


class Creneau(Struct, frozen=True, order=True, gc=False):
    """Tant de minutes un jour, dans un lieu ; ``avec`` : qui de l'accueil, vide si c'est le lieu."""

    jour: date
    debut: int
    duree: int
    lieu: str
    avec: str = ""

    @property
    def fin(self) -> int:
        """Les minutes depuis minuit où il finit."""
        return self.debut + self.duree

    @property
    def heure(self) -> str:
        """Son début, « HH:MM »."""
        return f"{self.debut // 60:02}:{self.debut % 60:02}"

    @property
    def demi_journees(self) -> frozenset[tuple[date, bool]]:
        """Les demi-journées qu'il touche : le jour, et vrai l'après-midi."""
        touchees = {(self.jour, False)} if self.debut < MIDI else set()
        return frozenset(touchees | ({(self.jour, True)} if self.fin > MIDI else set()))


def se_genent(un: Creneau, autre: Creneau) -> bool:
    """Ils se chevauchent, et la même personne de l'accueil (ou, sans personne, le même lieu) tient les deux."""
    if un.jour != autre.jour or un.debut >= autre.fin or autre.debut >= un.fin:
        return False
    return un.avec == autre.avec and bool(un.avec or un.lieu == autre.lieu)


def qui_se_genent(creneaux: Iterable[tuple[Creneau, str]]) -> list[tuple[tuple[Creneau, str], tuple[Creneau, str]]]:
    """Chaque paire de créneaux (chacun avec ce qui le nomme) qui se gêne, dans l'ordre des heures."""
    ouverts: list[tuple[Creneau, str]] = []
    paires = []
    for un in sorted(creneaux):
        ouverts = [autre for autre in ouverts if autre[0].jour == un[0].jour and autre[0].fin > un[0].debut]
        paires += [(autre, un) for autre in ouverts if se_genent(autre[0], un[0])]
        ouverts.append(un)
    return paires
