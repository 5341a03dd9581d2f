"""Les heures d'un lieu, en mots : en français ici, dans une autre langue avec les jours de Babel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import groupby
from typing import Any, Final

from modele.lieux.heures import MINUIT, Heures, Plage, Plages
from modele.lieux.heures_ecrites import JOURS, ecrire_plage, memes_heures
from modele.regles.langues import FRANCAIS
from modele.regles.langues import langue as langue_de

_TIRET: Final = "–"
_VIRGULES: Final = {"Arab": "، "}
"""Celle de l'écriture ; ailleurs, la nôtre."""


def dire_heures(heures: Heures, langue: str = FRANCAIS) -> tuple[str, ...]:
    """« lundi au vendredi, 9 h à 12 h et 13 h 30 à 17 h », une ligne pour les jours de mêmes heures."""
    francais = langue == FRANCAIS or langue_de(langue).francaise
    noms = JOURS if francais else _jours(langue)
    virgule = "" if francais else _VIRGULES.get(langue_de(langue).ecriture, ", ")
    return tuple(_ligne(rangs, plages, noms, virgule) for plages, rangs in memes_heures(heures.semaine).items())


def _ligne(rangs: Sequence[int], plages: Plages, noms: Sequence[str], virgule: str) -> str:
    """``virgule`` : celle d'une autre écriture ; vide, la ligne est en français."""
    suites = [[rang for _, rang in suite] for _, suite in groupby(enumerate(rangs), key=lambda un: un[1] - un[0])]
    if virgule:
        jours = virgule.join(_TIRET.join(dict.fromkeys((noms[une[0]], noms[une[-1]]))) for une in suites)
        return f"{jours} {virgule.join(ecrire_plage(une).replace('-', _TIRET) for une in plages)}"
    return f"{_et([_suite(une, noms) for une in suites])}, {_et(list(map(_dire_plage, plages)))}"


def _suite(rangs: Sequence[int], noms: Sequence[str]) -> str:
    if len(rangs) < 3:
        return " et ".join(noms[rang] for rang in rangs)
    return f"{noms[rangs[0]]} au {noms[rangs[-1]]}"


def _et(morceaux: Sequence[str]) -> str:
    return " et ".join(filter(None, (", ".join(morceaux[:-1]), morceaux[-1])))


def _dire_plage(plage: Plage) -> str:
    if plage == (0, MINUIT):
        return "jour et nuit"
    return f"{dire_heure(plage.de)} à {dire_heure(plage.a)}"


def dire_heure(minutes: int) -> str:
    """« 9 h », « 13 h 30 », « minuit »."""
    heure, reste = divmod(minutes, 60)
    if heure in (0, 24) and not reste:
        return "minuit"
    return f"{heure} h {reste:02d}" if reste else f"{heure} h"


def _jours(langue: str) -> tuple[str, ...]:
    return tuple(_noms_de_babel(langue))


def _noms_de_babel(langue: str) -> Iterator[str]:
    from babel import Locale
    from babel.localedata import LocaleDataDict, load

    # Une copie : lire une langue qui emprunte ses jours les écrit, dans Babel, chez toutes celles qui empruntent aussi.
    jours: dict[str | int | None, Any] = {"days": deepcopy(load(str(Locale.parse(langue_de(langue).babel)))["days"])}
    # La forme qui se dit seule, non celle d'une date : « le lundi » se décline dans plusieurs de ces langues.
    noms = LocaleDataDict(jours)["days"]["stand-alone"]["wide"]
    return (str(noms[rang]) for rang in range(len(JOURS)))
