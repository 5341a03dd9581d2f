"""Les fiches à emporter : ce dont cette personne a besoin d'abord, chacune avec sa raison ; les autres d'un geste."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from ui.composants import Carte, GroupeChoix, Option, Pli, texte

if TYPE_CHECKING:
    from impressions.offres import Offre

MOINS: Final = "Montrer moins de fiches"
NOM: Final = "Fiches à imprimer"
LES_AUTRES: Final = "Les autres fiches"


class ChoixFiches(Carte):
    """``change`` : une coche vient de changer."""

    change = Signal()

    def __init__(self) -> None:
        super().__init__("Ce que la personne emporte")
        self._groupes: list[GroupeChoix] = []

    def montrer(self, offres: Sequence[Offre], cochees: Collection[str], rien: str) -> None:
        """Ces fiches, celles-là cochées ; ``rien`` se dit s'il n'y en a pas."""
        self.vider()
        self._groupes = []
        if not offres:
            self.ajouter(texte(rien))
            return
        devant = [une for une in offres if une.proposee or une.id in cochees]
        reste = [une for une in offres if une not in devant]
        if devant:
            self.ajouter(self._groupe(NOM, devant, cochees))
        autres = self._groupe(LES_AUTRES, reste, cochees) if reste else None
        if autres is not None:
            mot = f"{len(reste)} autres fiches" if len(reste) > 1 else "Une autre fiche"
            self.ajouter(Pli(mot, MOINS, autres) if devant else autres)

    def _groupe(self, nom: str, offres: Sequence[Offre], cochees: Collection[str]) -> GroupeChoix:
        options = [Option(une.id, une.titre, une.raison, dense=True) for une in offres]
        groupe = GroupeChoix(nom, options, multiple=True)
        groupe.poser([une.id for une in offres if une.id in cochees])
        groupe.choisi.connect(lambda _: self.change.emit())
        self._groupes.append(groupe)
        return groupe

    def choisies(self) -> list[str]:
        """Les fiches cochées, dans l'ordre montré."""
        return [fiche for groupe in self._groupes for fiche in groupe.valeur()]
