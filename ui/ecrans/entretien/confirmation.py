"""Sur une question dont la réponse est déjà sue : ce qui a été dit, à confirmer d'une touche."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT
from modele.dossier.entretien import QuestionVue
from modele.mots.reponses import Diseur
from ui.composants import Bouton, Carte, raccourcis, rangee, texte
from ui.composants.frappes import posement
from ui.ecrans.entretien.fabrique import su
from ui.ecrans.entretien.volet_champ import CONFIRMER
from ui.theme import Ton

_NOM: Final = "Déjà dit, à confirmer"


class Confirmation(Carte):
    """« D'après ce qui a été dit : un jugement d'expulsion. » ``confirmee`` : la valeur à écrire."""

    confirmee = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(nom=_NOM, ton=Ton.ACTION)
        if parent is not None:
            self.setParent(parent)
        self._valeur: Any = ABSENT
        self.dire = texte("")
        self.bouton = Bouton("Confirmer", self._confirmer, montre=CONFIRMER)
        ligne = rangee(self.dire, self.bouton, ecart=3)
        ligne.setStretch(0, 1)
        self.ajouter(ligne)
        raccourcis.poser(self, {CONFIRMER: posement(self._confirmer)})
        self.hide()

    def montrer(self, vue: QuestionVue, bilan: Bilan) -> None:
        """Montre ce qui est su de cette question ; cachée si elle a sa réponse, ou si rien n'est su."""
        self._valeur = su(vue, vue.chemin, bilan) if vue.reponse is ABSENT else ABSENT
        if self._valeur is not ABSENT:
            dite = Diseur(bilan.regles.vocabulaire, bilan.document).dire(vue.chemin, self._valeur)
            self.dire.setText(f"D'après ce qui a été dit : {dite}. C'est bien cela ?")
        self.setVisible(self._valeur is not ABSENT)

    def _confirmer(self) -> None:
        if self._valeur is not ABSENT:
            self.confirmee.emit(self._valeur)
