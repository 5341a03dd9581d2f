"""Choisir un mot de passe : deux saisies, les exigences dites et cochées à mesure."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.coffre.enveloppes import LONGUEUR_MINIMALE
from ui.composants import Bouton, ChampSecret, LigneEtat, annoncer, champ, nommer
from ui.ecrans.ouverture.etape import Etape
from ui.etat.session import Session
from ui.theme import Ton, espace

C_EST_BON: Final = "c'est bon"
PAS_ENCORE: Final = "pas encore"


class DoubleSaisie(QWidget):
    """Le mot de passe, deux fois, et ce qu'on lui demande. ``entree`` : Entrée dans la seconde saisie."""

    entree = Signal()

    def __init__(self, nom: str = "Mot de passe") -> None:
        super().__init__()
        nommer(self, "Choisir un mot de passe")
        self.premier = ChampSecret(nom, "Par exemple quatre mots sans lien, faciles à retenir.")
        self.second = ChampSecret("Le même, une seconde fois")
        self.longueur = LigneEtat("longueur", "circle", Ton.NEUTRE)
        self.egaux = LigneEtat("les deux saisies", "circle", Ton.NEUTRE)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.setSpacing(espace(3))
        for widget in (self.premier, self.second, self.longueur, self.egaux):
            boite.addWidget(widget)
        for saisie in (self.premier, self.second):
            saisie.frappe.connect(self._cocher)
        self.premier.entree.connect(self.second.setFocus)
        self.second.entree.connect(self.entree)
        self._cocher()

    @property
    def contenu(self) -> str:
        """Le mot de passe tapé."""
        return self.premier.contenu

    def vider(self) -> None:
        """Efface les deux saisies."""
        self.premier.vider()
        self.second.vider()
        self._cocher()

    def verifier(self) -> bool:
        """Dit au champ ce qui manque ; vrai si le mot de passe convient."""
        long, egal = self._long(), self.premier.contenu == self.second.contenu
        self.premier.dire_faute("" if long else f"Il faut au moins {LONGUEUR_MINIMALE} signes.")
        self.second.dire_faute("" if egal else "Les deux saisies diffèrent : retapez la seconde.")
        fautif = self.premier if not long else self.second if not egal else None
        if fautif is not None:
            fautif.setFocus(Qt.FocusReason.OtherFocusReason)
        return fautif is None

    def _long(self) -> bool:
        return len(self.premier.contenu) >= LONGUEUR_MINIMALE

    def _cocher(self) -> None:
        tapes = len(self.premier.contenu)
        egal = bool(tapes) and self.premier.contenu == self.second.contenu
        compte = f"{LONGUEUR_MINIMALE} signes au moins : {tapes} tapé{'s' if tapes > 1 else ''}"
        for ligne, phrase, rempli in (
            (self.longueur, compte, self._long()),
            (self.egaux, "les deux saisies sont les mêmes", egal),
        ):
            # L'icône et la couleur ne suffisent pas : la règle tenue ou non se lit et se dit.
            dite = f"{phrase}, {C_EST_BON if rempli else PAS_ENCORE}"
            if rempli and not ligne.phrase.endswith(C_EST_BON):
                annoncer(ligne, dite)
            ligne.montrer(dite, "circle-check" if rempli else "circle", Ton.COURANT if rempli else Ton.NEUTRE)


class Vous(Etape):
    """Premier lancement : le nom de l'agent et son mot de passe. Crée le coffre, rend le code de secours (``code``)."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            "Qui ouvrira ce coffre ?",
            "Votre nom signe vos saisies. Le mot de passe chiffre tout ce qui est sur ce poste : "
            "personne ne peut le retrouver à votre place.",
            session,
        )
        self.code = ""
        self.nom = champ("Votre nom", exemple="Prénom Nom")
        self.saisie = DoubleSaisie()
        self.ajouter(self.nom, self.saisie)
        self.boutons(
            Bouton("Retour", self.retour.emit, montre=""),
            suite=Bouton("Créer le coffre", self._creer, genre="principal", montre="Return"),
        )
        self.nom.entree.connect(self.saisie.premier.setFocus)
        self.saisie.entree.connect(self._creer)

    def paraitre(self) -> None:
        self.attendre(False, "Créer le coffre")
        self.nom.setFocus(Qt.FocusReason.OtherFocusReason)

    def dire_echec(self, phrase: str) -> None:
        super().dire_echec(phrase)
        self.attendre(False, "Créer le coffre")

    def _creer(self) -> None:
        nomme = bool(self.nom.contenu.strip())
        self.nom.dire_faute("" if nomme else "Écrivez votre nom.")
        if not self.saisie.verifier() or not nomme:
            return
        self.echec.taire()
        self.attendre(True, "Création…")
        self.session.creer(self.nom.contenu.strip(), self.saisie.contenu, self._recevoir, self.dire_echec)

    def _recevoir(self, code: str) -> None:
        self.code = code
        self.saisie.vider()
        self.finie.emit()
