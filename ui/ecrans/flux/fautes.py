"""Les lignes d'un fichier refusées ou à vérifier, deux cents à la fois."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.composants import Bloc, Bouton, Colonnes, ListePropositions, Proposition, annoncer, etiquette_aide, rangee
from ui.composants.mise_en_page import colonne
from ui.mots import fichiers_bailleurs as mots

if TYPE_CHECKING:
    from modele.attributions.import_bailleur import EssaiBailleur
    from modele.regles.tableaux import LigneRefusee


class ListeDesFautes(Bloc):
    """Ce qu'un essai relève : ce qui est refusé d'abord, puis ce qui est à vérifier avec le bailleur."""

    def __init__(self) -> None:
        self._fautes: Sequence[tuple[LigneRefusee, str]] = ()
        self._debut = 0
        self.constat = etiquette_aide("")
        self.liste = ListePropositions("Lignes refusées ou à vérifier", au_plus=4)
        self.avant = Bouton(f"Les {mots.MONTREES} précédentes", lambda: self._aller(-mots.MONTREES))
        self.apres = Bouton(f"Les {mots.MONTREES} suivantes", lambda: self._aller(mots.MONTREES))
        pages = Colonnes([(self.avant, 0, 0), (self.apres, 0, 0)], ecart=2)
        super().__init__(colonne(self.constat, self.liste, rangee(pages, 1), ecart=2))

    def montrer(self, essai: EssaiBailleur) -> None:
        """La première page."""
        refusees = [(une, "refusée") for une in essai.refusees]
        self._fautes = [*refusees, *((une, "à vérifier") for une in essai.avertissements)]
        self._debut = 0
        self._page()

    def oublier(self) -> None:
        """Rien n'en reste à l'écran."""
        self._fautes, self._debut = (), 0
        self._page()

    def _aller(self, pas: int) -> None:
        self._debut += pas
        self._page()
        self.liste.setFocus()
        annoncer(self, self.constat.text())

    def _page(self) -> None:
        fin = min(len(self._fautes), self._debut + mots.MONTREES)
        self.liste.montrer(
            [
                Proposition(f"Ligne {une.ligne}, {une.colonne}", None, une.message, dit)
                for une, dit in self._fautes[self._debut : fin]
            ]
        )
        plusieurs = len(self._fautes) > mots.MONTREES
        self.constat.setText(f"De la {self._debut + 1}e à la {fin}e, sur {len(self._fautes)}." if plusieurs else "")
        self.constat.setVisible(plusieurs)
        self.avant.setVisible(self._debut > 0)
        self.apres.setVisible(fin < len(self._fautes))
        self.setVisible(bool(self._fautes))
