"""Dû, fait, en retard : tout, ou selon l'axe qu'on choisit ; commune et public croisés, sous le masque."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from modele.attributions.droit import droit
from ui.composants import Bloc, Carte, ListePropositions, Proposition, annoncer, etiquette_aide, rangee
from ui.ecrans.choix_au_menu import ChoixAuMenu
from ui.mots import fichiers_bailleurs as mots_des_fichiers
from ui.mots import flux as mots
from ui.mots.flux import Axe

if TYPE_CHECKING:
    from ui.etat.contingent import Contingent


class CarteDus(Carte):
    """Une ligne chacun, sa formule dessous ; ce qui est en retard d'abord, deux cents au plus."""

    def __init__(self, contingent: Contingent, communes: Mapping[str, str]) -> None:
        super().__init__(mots_des_fichiers.DUS)
        self._contingent, self._communes = contingent, communes
        self.axe = ChoixAuMenu("Voir", mots.AXES, self._montrer, "Alt+V")
        self.constat = etiquette_aide("")
        self.liste = ListePropositions(mots_des_fichiers.DUS, au_plus=4)
        self.ajouter(etiquette_aide(f"{droit().retard.libelle}{mots.VALIDER}"), Bloc(rangee(self.axe, 1)))
        self.ajouter(self.constat, self.liste)
        self.ajouter(*(etiquette_aide(regle) for regle in mots.dire_regle_du_revenu(contingent.etat.dus)))
        self._montrer(Axe.TOUT, dire=False)

    def _montrer(self, code: str, *, dire: bool = True) -> None:
        axe = Axe(code)
        lignes = [*self._lignes(axe)]
        self.liste.montrer(lignes[: mots_des_fichiers.MONTREES])
        self.liste.setVisible(bool(lignes))
        self.constat.setText(self._constat(axe, len(lignes)))
        self.constat.setVisible(bool(self.constat.text()))
        if dire:
            annoncer(self, f"{len(lignes)} lignes" if len(lignes) > 1 else self.constat.text() or "1 ligne")

    def _lignes(self, axe: Axe) -> Iterator[Proposition]:
        if axe is Axe.CROISEMENT:
            for une in sorted(self._contingent.croisees, key=lambda une: -une.retard):
                yield Proposition(mots.dire_croisee(une, self._communes), None, mots.dire_formule(une.ligne))
        for due in mots.selon_l_axe(self._contingent.etat.dus, axe):
            yield Proposition(mots.dire_du(due, self._communes), None, mots.dire_formule(due))

    def _constat(self, axe: Axe, combien: int) -> str:
        """Ce qui manque, ce qui est tu, ce qui ne tient pas."""
        if not combien:
            return mots.SANS_OBJECTIF if axe is Axe.CROISEMENT else mots.RIEN_SUR_CET_AXE
        tu = mots.dire_diffusion(mots.DIFFUSION_DU_CROISEMENT) if axe is Axe.CROISEMENT else ""
        trop = mots_des_fichiers.dire_premiers(combien) if combien > mots_des_fichiers.MONTREES else ""
        return " ".join(filter(None, (tu, trop)))
