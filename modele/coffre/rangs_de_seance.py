"""Les rangs qu'une séance fige : ceux que ce coffre calcule, ce jour, sous ces règles. Dans la transaction donnée."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from modele.coffre import candidats


@dataclass(frozen=True, slots=True)
class Rangees:
    """``rangs`` : de chaque demande candidate ; ``ecartees`` : les règles qui écartent chaque autre.

    ``entier`` : chaque demande de ce poste y a sa ligne ; faux, la première n'est peut-être pas la première.
    """

    rangs: Mapping[str, int]
    ecartees: Mapping[str, tuple[str, ...]]
    entier: bool

    def oublie(self, proposes: Collection[str]) -> int | None:
        """Le meilleur rang d'une demande qui n'est pas proposée ; rien s'il n'y en a pas d'autre."""
        return min((rang for dossier, rang in self.rangs.items() if dossier not in proposes), default=None)


def ranger(connexion: Connection, sous: str, jour: date, colonnes: Mapping[str, Any]) -> Rangees:
    """Les demandes de ce poste, rangées pour ce logement."""
    lu, entier = candidats.classement(connexion, sous, jour, colonnes)
    ranges = lu.candidats.select("dossier", "rang").iter_rows()
    return Rangees(dict(ranges), {un.dossier: un.regles for un in lu.dire_ecartes()}, entier)
