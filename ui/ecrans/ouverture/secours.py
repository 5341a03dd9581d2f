"""Le mot de passe oublié : le code de secours, puis un nouveau mot de passe et un nouveau code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from ui.composants import Bouton, nommer, texte
from ui.ecrans.ouverture.choix_agent import ListeNoms
from ui.ecrans.ouverture.etape import Etape, champ_code
from ui.ecrans.ouverture.mot_de_passe import DoubleSaisie
from ui.etat.session import Session


class Secours(Etape):
    """Le code de secours imprimé au premier lancement. ``agents_connus`` : les agents de ce coffre, une fois ouvert."""

    agents_connus = Signal(list)

    def __init__(self, session: Session) -> None:
        super().__init__(
            "Ouvrir avec le code de secours",
            "Six groupes de quatre signes, imprimés au premier lancement. Majuscules et tirets ne comptent pas. "
            "Vous choisirez ensuite un nouveau mot de passe, et un nouveau code remplacera celui-ci.",
            session,
        )
        self.code = champ_code()
        self.ajouter(self.code)
        self.boutons(
            Bouton("Retour", self.retour.emit),
            suite=Bouton("Ouvrir", self._ouvrir, genre="principal", montre="Return"),
        )
        self.code.entree.connect(self._ouvrir)

    def paraitre(self) -> None:
        self.code.poser(None)
        self.echec.taire()
        self.attendre(False, "Ouvrir")
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ouvrir(self) -> None:
        if not self.code.contenu.strip():
            self.code.dire_faute("Recopiez le code imprimé.")
            return
        self.echec.taire()
        self.attendre(True, "Ouverture…")
        self.session.ouvrir_par_secours(self.code.contenu, self._recevoir, self.dire_echec)

    def dire_echec(self, phrase: str) -> None:
        super().dire_echec(phrase)
        self.attendre(False, "Ouvrir")

    def _recevoir(self, agents: list[str]) -> None:
        self.agents_connus.emit(agents)
        self.finie.emit()


class NouveauMotDePasse(Etape):
    """Après le secours : quel agent, et son nouveau mot de passe. Rend un nouveau code de secours (``code``)."""

    def __init__(self, session: Session) -> None:
        super().__init__("Choisir un nouveau mot de passe", "L'ancien n'ouvrira plus le coffre.", session)
        self.code = ""
        self.agent = ListeNoms()
        nommer(self.agent, "Votre nom")
        libelle = texte("Votre nom", "gras")
        libelle.setBuddy(self.agent)
        self.saisie = DoubleSaisie()
        self.ajouter(libelle, self.agent, self.saisie)
        self.boutons(suite=Bouton("Enregistrer", self._enregistrer, genre="principal", montre="Return"))
        self.saisie.entree.connect(self._enregistrer)

    def montrer_agents(self, agents: list[str]) -> None:
        """Les agents parmi lesquels choisir."""
        self.agent.clear()
        self.agent.addItems(agents)

    def paraitre(self) -> None:
        self.saisie.vider()
        self.attendre(False, "Enregistrer")
        self.agent.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enregistrer(self) -> None:
        if self.saisie.verifier():
            self.attendre(True, "Enregistrement…")
            self.session.changer_mot_de_passe(
                self.agent.currentText(), self.saisie.contenu, self._recevoir, self.dire_echec
            )

    def _recevoir(self, code: str) -> None:
        self.code = code
        self.finie.emit()
