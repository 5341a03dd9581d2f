"""Déverrouiller : le mot de passe de l'agent."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.composants import Bouton, ChampSecret
from ui.ecrans.ouverture.choix_agent import ChoixAgent, NomAbsent
from ui.ecrans.ouverture.etape import Etape
from ui.etat.session import Session


class Deverrouiller(Etape):
    """Le mot de passe de l'agent. ``oublie`` : passer par le code de secours."""

    oublie = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("Bonjour.", "Le coffre de ce poste est verrouillé. Il s'ouvre sans réseau.", session)
        self.choix = ChoixAgent()
        self.mot_de_passe = ChampSecret("Votre mot de passe")
        self.ouvrir = Bouton("Ouvrir", self._ouvrir, genre="principal", montre="Return")
        self.absent = NomAbsent()
        self.ajouter(self.choix, self.mot_de_passe)
        self.boutons(Bouton("Mot de passe oublié", self.oublie.emit, genre="discret"), suite=self.ouvrir)
        self.sous_les_boutons(self.absent)
        self.mot_de_passe.entree.connect(self._ouvrir)

    def paraitre(self) -> None:
        if self.absent.deplie:
            self.absent.basculer()
        self.choix.proposer(self.session.agents())
        self._attendre_la_frappe()
        (self.mot_de_passe if self.choix.isHidden() else self.choix).setFocus()

    def _attendre_la_frappe(self) -> None:
        self.mot_de_passe.vider()
        self.attendre(False, "Ouvrir")
        self.mot_de_passe.setFocus()

    def _ouvrir(self) -> None:
        if self.choix.manque():
            return
        if not self.mot_de_passe.contenu:
            self.mot_de_passe.dire_faute("Tapez votre mot de passe.")
            return
        if self.ouvrir.isEnabled():
            self.echec.taire()
            self.attendre(True, "Ouverture…")
            self.session.ouvrir(self.mot_de_passe.contenu, self.dire_echec, self.choix.agent)

    def dire_echec(self, phrase: str) -> None:
        super().dire_echec(phrase)
        self._attendre_la_frappe()
