"""Les pays et territoires étrangers du code officiel géographique : le lieu d'une adresse qui n'est pas en France.

Un pays tient la place d'une commune : il a un code (99352, l'Algérie), un nom, d'autres noms ; il n'est d'aucun
territoire, n'a ni code postal ni zone de plafonds. Les villes étrangères ne sont pas listées.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

from modele.regles.disque import Lisible, lire
from modele.territoire.communes import AutresNoms, Commune, Table, nu
from modele.territoire.tables import lignes_csv

FICHIER: Final = "national/pays_etrangers.csv"
COLONNES: Final = ("code_insee", "nom", "autres_noms")


class Etranger:
    """Les pays étrangers, lus par ``lire`` la première fois qu'on en demande un : code, nom, autres noms."""

    def __init__(self, lire: Callable[[], AutresNoms] = tuple) -> None:
        self._lire = lire

    @cached_property
    def _lus(self) -> AutresNoms:
        return self._lire()

    @cached_property
    def pays(self) -> Table:
        """Par code du code officiel géographique (99…) ; à la place de l'intercommunalité, ce qui distingue son nom."""
        return Table(
            (code, Commune(code, nom, (), "", "", _plus(nom, noms), etranger=True)) for code, nom, noms in self._lus
        )

    @cached_property
    def noms(self) -> tuple[tuple[str, Commune], ...]:
        """Chaque pays sous chacun de ses noms, nu, de quoi chercher."""
        autres = ((nu(nom), self.pays[code]._replace(autrement=nom)) for code, _, noms in self._lus for nom in noms)
        return (*self.pays.noms, *autres)


def _plus(nom: str, noms: tuple[str, ...]) -> str:
    """Celui de ses autres noms qui prolonge le sien : « Congo-Brazzaville » pour « Congo » ; vide s'il n'en a pas."""
    return next((autre for autre in noms if nu(autre).startswith(f"{nu(nom)} ")), "")


def lire_etranger(fichier: Lisible) -> AutresNoms:
    """Les pays d'une table : code, nom, autres noms. Lève ``FichierFautif``."""
    lignes = lignes_csv(fichier.name, lire(fichier), COLONNES)
    return tuple((code, nom, tuple(filter(None, autres.split("|")))) for code, nom, autres in lignes)
