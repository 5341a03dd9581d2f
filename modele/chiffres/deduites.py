"""Ce qui se déduit d'un tableau, tenu à mesure que des cases s'y taisent.

Taire une case de plus ne change que ce que des sommes lient à elle, de case cachée en case cachée : le reste du tableau
se déduit comme avant, et ne se recalcule pas.
"""

from __future__ import annotations

from collections.abc import Collection

from modele.chiffres.deductions import LIBRE, bornes, determinees
from modele.chiffres.tableau import Tableau


class Deduites:
    """``rendue`` : cette case cachée se retrouve. ``cacher`` : une de plus se tait."""

    def __init__(self, tableau: Tableau, inconnues: Collection[str]) -> None:
        self._tableau, self._inconnues = tableau, set(inconnues)
        self._rendues = determinees(tableau.sommes, self._inconnues)
        self._entre = bornes(tableau, self._inconnues)
        self._sommes_de: dict[str, list[int]] = {}
        for rang, somme in enumerate(tableau.sommes):
            for nom in dict.fromkeys(somme.cases):
                self._sommes_de.setdefault(nom, []).append(rang)

    def rendue(self, nom: str, seuil: int) -> bool:
        """Vrai si elle se calcule exactement, ou reste entre deux bornes plus proches que ``seuil``."""
        bas, haut = self._entre[nom]
        return nom in self._rendues or haut - bas < seuil

    def cacher(self, nom: str) -> None:
        """Cette case ne se montre plus : ce qui lui est lié se déduit de nouveau."""
        self._inconnues.add(nom)
        noms, rangs = self._liees(nom)
        sommes = [self._tableau.sommes[rang] for rang in sorted(rangs)]
        self._rendues -= noms
        self._rendues |= determinees(sommes, self._inconnues)
        self._entre |= {nom: LIBRE} | bornes(self._tableau, self._inconnues, sommes)

    def _liees(self, nom: str) -> tuple[set[str], set[int]]:
        """Les cases cachées que des sommes lient à celle-ci, de proche en proche, et ces sommes."""
        noms, rangs, ici = {nom}, set[int](), [nom]
        while ici:
            neuves = {rang for un in ici for rang in self._sommes_de.get(un, ())} - rangs
            rangs |= neuves
            cases = {une for rang in neuves for une in self._tableau.sommes[rang].cases}
            ici = [une for une in cases if une in self._inconnues and une not in noms]
            noms |= set(ici)
        return noms, rangs
