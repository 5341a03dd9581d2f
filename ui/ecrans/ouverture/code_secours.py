"""Le code de secours : montré, imprimé, puis ressaisi avant de continuer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from modele.regles.fautes import ErreurUtilisateur
from ui.composants import Bouton, Carte, rangee, texte
from ui.ecrans.ouverture.etape import Etape, champ_code
from ui.etat.session import Session
from ui.theme import Ton
from ui.theme.icones import Icone


class MontrerCode(Etape):
    """Le code, en grand, à imprimer ou recopier."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            "Gardez ce code de secours",
            "Si le mot de passe est oublié, ce code est le seul moyen d'ouvrir le coffre. Gardez-le sous clé, "
            "loin de ce poste. Il n'est enregistré nulle part.",
            session,
        )
        self.code = texte("", "code")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setAccessibleName("Code de secours")
        self.code.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.ajouter(self.code)
        self.boutons(
            Bouton("Imprimer", self._imprimer, icone="printer", raccourci="Ctrl+P"),
            suite=Bouton("Je l'ai gardé : le retaper", self.finie.emit, genre="principal"),
        )

    def montrer(self, code: str) -> None:
        """Le code à garder."""
        groupes = code.split("-")
        self.code.setText("   ".join(groupes[:3]) + "\n" + "   ".join(groupes[3:]))
        self.code.setAccessibleDescription(" ".join(code.replace("-", ",")))
        self._code = code

    def paraitre(self) -> None:
        self._suite.setFocus(Qt.FocusReason.OtherFocusReason)

    def _imprimer(self) -> None:
        from ui.ecrans.ouverture.impression_code import imprimer_code

        if phrase := imprimer_code(self, self._code):
            self.echec.dire(phrase, Ton.JOUR)


class RetaperCode(Etape):
    """Le code n'est plus à l'écran : on le retape depuis le papier."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            "Retapez le code de secours",
            "Depuis le papier. Majuscules, espaces et tirets ne comptent pas.",
            session,
        )
        self._attendu = ""
        self.code = champ_code()
        self.ajouter(self.code)
        self.boutons(
            Bouton("Revoir le code", self.retour.emit),
            suite=Bouton("Vérifier", self._verifier, genre="principal", montre="Return"),
        )
        self.code.entree.connect(self._verifier)

    def attendre_code(self, code: str) -> None:
        """Le code attendu."""
        self._attendu = code

    def paraitre(self) -> None:
        self.code.poser(None)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _verifier(self) -> None:
        from modele.dossier.codes import relire_code_secours

        try:
            relu = relire_code_secours(self.code.contenu)
        except ErreurUtilisateur as faute:
            self.code.dire_faute(str(faute))
            return
        if relu != self._attendu:
            self.code.dire_faute("Ce code est bien formé, mais ce n'est pas celui de ce coffre. Revoyez le code.")
            return
        self._attendu = ""
        self.session.secours_garde()
        self.finie.emit()


class Exemples(Etape):
    """Proposer des dossiers d'exemple, fictifs, pour apprendre sans risque. ``vide`` : pour de vraies personnes."""

    vide = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(
            "Commencer avec des exemples ?",
            "Une douzaine de dossiers fictifs, pour essayer Perron avant de recevoir quelqu'un. "
            "Aucun ne décrit une personne réelle.",
            session,
        )
        carte = Carte(nom="Les exemples", ton=Ton.JOUR)
        conseil = texte("Sur un poste d'accueil en service, commencez avec un coffre vide.", ton=Ton.JOUR)
        ligne = rangee(Icone("info", Ton.JOUR), conseil, ecart=3)
        ligne.setStretch(1, 1)
        carte.ajouter(ligne)
        self.ajouter(carte)
        self.boutons(
            Bouton("Ajouter les exemples", self._ajouter),
            suite=Bouton("Commencer avec un coffre vide", self.vide.emit, genre="principal"),
        )

    def paraitre(self) -> None:
        self._suite.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ajouter(self) -> None:
        self.attendre(True)
        self.session.ajouter_exemples(lambda _: self.finie.emit(), pour=self)
