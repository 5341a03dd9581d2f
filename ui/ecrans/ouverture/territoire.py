"""Premier lancement : le territoire du poste."""

from __future__ import annotations

from ui.composants import Bouton, GroupeChoix, Option
from ui.ecrans.ouverture.etape import Etape
from ui.etat.session import Session
from ui.mots.territoires import offrir


class ChoixTerritoire(Etape):
    """Les territoires livrés, l'exemple d'abord, dit fictif."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            "Où se trouve ce poste ?",
            "Le territoire donne les communes, la grille de cotation et les numéros locaux.",
            session,
        )
        offerts = offrir()
        self.choix = GroupeChoix("Territoire", [Option(t.id, t.libelle, t.detail) for t in offerts])
        self.ajouter(self.choix)
        self.boutons(suite=Bouton("Continuer", self._continuer, genre="principal", montre="Return"))
        self.choix.entree.connect(self._continuer)
        self.choix.poser(session.preferences.territoire or offerts[0].id)

    def paraitre(self) -> None:
        self.choix.focus_initial()

    def _continuer(self) -> None:
        self.session.regler(self.session.preferences._replace(territoire=self.choix.valeur()))
        self.finie.emit()
