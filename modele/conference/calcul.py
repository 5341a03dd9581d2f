"""Une année en cours de compte : ses lignes, et le tableau que ses indicateurs remplissent.

Chaque nombre montré y est une case, et toute somme qui en lie deux y est dite : le masque ne protège que de ce qu'il
connaît.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from modele.chiffres.tableau import Tableau
from modele.conference.definitions import conference
from modele.conference.lignes import TERRITOIRE, Indicateur

if TYPE_CHECKING:
    import polars as pl


class Calcul:
    """``lignes`` : les attributions préparées ; ``baux``, ``flux`` : les leurs."""

    def __init__(self, lignes: pl.DataFrame, tableau: Tableau) -> None:
        self.lignes, self.tableau = lignes, tableau
        self.baux, self.flux = lignes.filter("bail"), lignes.filter("dans_le_flux")
        self.textes = conference().definitions

    def nombre(
        self, ident: str, valeur: int, perimetre: str = TERRITOIRE, inconnus: int | None = None, ou: str = ""
    ) -> Indicateur:
        case = f"{ident} {perimetre}"
        self.tableau.poser(case, valeur)
        return Indicateur(self.textes[ident], perimetre, valeur, non_renseignes=inconnus, cases=(case,), inconnus=ou)

    def part(
        self, ident: str, perimetre: str, cases: tuple[str, str], inconnus: int | None = None, case_inconnus: str = ""
    ) -> Indicateur:
        haut, bas = (self.tableau.cases[une].valeur for une in cases)
        return Indicateur(
            self.textes[ident],
            perimetre,
            float(Fraction(haut, bas)) if bas else None,
            haut,
            bas,
            inconnus,
            cases=cases,
            inconnus=case_inconnus or f"{cases[1]} inconnus",
        )

    def reste(self, total: str, parts: Sequence[str], dit: str = "", *, publiee: bool = False) -> None:
        """Le total est leur somme, et ce qu'aucune ne dit : ce reste aussi se déduirait."""
        reste = f"{total} : reste {dit or parts[0]}"
        cases = self.tableau.cases
        combien = cases[total].valeur - sum(cases[un].valeur for un in parts)
        self.tableau.poser(reste, combien, impossible=not combien, publiee=publiee)
        self.tableau.sommer(total, [*parts, reste])

    def couple(
        self, ident: str, perimetre: str, lignes: pl.DataFrame, oui: str, *, publiee: bool = True
    ) -> tuple[str, str]:
        """Le numérateur et le dénominateur d'un taux, posés avec leur différence."""
        cases = (f"{ident} {perimetre} numérateur", f"{ident} {perimetre} dénominateur")
        self.tableau.poser(cases[0], int(lignes[oui].sum()), publiee=publiee)
        self.tableau.poser(cases[1], lignes.height, publiee=publiee)
        self.tableau.partager(cases[1], cases[0])
        return cases

    def contenir(self, total: str, part: str) -> None:
        """L'une est dans l'autre, et les deux se montrent : leur différence aussi ; de rien, rien ne reste."""
        if not self.tableau.cases[total].impossible:
            self.tableau.partager(total, part)
