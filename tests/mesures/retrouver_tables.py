"""Les tables publiques dont se tirent les gens et leurs altérations : ``donnees/retrouver``, source et date par ligne.

Aucune ne vient du rapprocheur : ce qu'il sait et ce qui l'éprouve ne sont pas écrits par la même main.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Final

DONNEES: Final = Path(__file__).parent / "donnees" / "retrouver"
Ligne = dict[str, str]


@dataclass(frozen=True, slots=True)
class Tirage:
    """Des valeurs et leurs poids, cumulés."""

    valeurs: tuple[str, ...]
    cumuls: tuple[float, ...]

    def tirer(self, hasard: random.Random) -> str:
        """Une valeur, selon son poids."""
        return hasard.choices(self.valeurs, cum_weights=self.cumuls)[0]


def tirage(couples: Sequence[tuple[str, float]]) -> Tirage:
    """Le tirage de ces valeurs pesées."""
    return Tirage(tuple(valeur for valeur, _ in couples), tuple(accumulate(poids for _, poids in couples)))


def lignes(table: str) -> Iterator[Ligne]:
    """Les lignes d'une table ; chacune a une source et une date."""
    with (DONNEES / f"{table}.tsv").open(encoding="utf-8", newline="") as fichier:
        yield from csv.DictReader(fichier, delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def noms(sorte: str, origine: str) -> Tirage:
    """Les ``nom`` ou ``prenom`` d'une origine, selon leur fréquence."""
    choisis = [ligne for ligne in _noms() if (ligne["sorte"], ligne["origine"]) == (sorte, origine)]
    return tirage([(ligne["ecriture"], float(ligne["poids"])) for ligne in choisis])


@cache
def familles() -> dict[str, tuple[str, ...]]:
    """Les écritures attestées d'un même nom, par chacune d'elles en minuscules."""
    par_forme: dict[str, tuple[str, ...]] = {}
    for ligne in lignes("familles"):
        formes = tuple(ligne["formes"].split("|"))
        par_forme |= {forme.lower(): formes for forme in formes}
    return par_forme


@cache
def arabe() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Des noms en lettres arabes, et leurs écritures latines attestées."""
    return tuple((ligne["ecriture"], tuple(ligne["formes"].split("|"))) for ligne in lignes("arabe"))


@cache
def lettres(alphabet: str) -> dict[str, dict[str, str]]:
    """Par table de translittération, ce que vaut chaque lettre (ou suite de lettres) d'un alphabet."""
    par_table: dict[str, dict[str, str]] = defaultdict(dict)
    for ligne in lignes("lettres"):
        if ligne["alphabet"] == alphabet:
            par_table[ligne["table"]][ligne["lettre"]] = ligne["latin"]
    return dict(par_table)


@cache
def alterations(sorte: str) -> tuple[tuple[str, str, float], ...]:
    """Les altérations d'une sorte : de, vers, part."""
    return tuple((un["de"], un["vers"], float(un["part"])) for un in lignes("alterations") if un["sorte"] == sorte)


@cache
def mesuree(quoi: str) -> float:
    """Une part publiée (0 à 1)."""
    return next(part for de, _, part in alterations("mesure") if de == quoi)


@cache
def telephones() -> tuple[Ligne, ...]:
    """Les plans de numérotation : indicatif, préfixe national, débuts, longueur."""
    return tuple(lignes("telephones"))


@cache
def _noms() -> tuple[Ligne, ...]:
    return tuple(lignes("noms"))
