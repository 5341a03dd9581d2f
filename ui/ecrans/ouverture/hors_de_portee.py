"""Hors de portée du registre : pourquoi rien ne s'ouvre, et les gestes qui restent, sans montrer aucun dossier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ui.composants import Bouton, annoncer, intertitre, rangee, texte
from ui.composants.fichiers import choisir_ou_ecrire, choisir_un_fichier
from ui.ecrans.envois.fichier import ENVELOPPES, NOM_DE_L_ENVELOPPE, RECUS
from ui.ecrans.ouverture.etape import Etape, champ_code
from ui.etat.serrure import sans_ouvrir
from ui.etat.session import Session
from ui.mots.envois import compter
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.synchro import Synchro

_ECRIT: Final = (
    "Écrit dans {} : {}, avec les comptes de ce poste. Tout reste aussi ici. Faites-le transmettre par un poste "
    "relié, puis lisez ici son reçu."
)
SANS_REPONSE: Final = (
    "Le registre ne répond pas à ce poste : rien n'est ouvert. Vérifiez le réseau et réessayez, ou prenez un des "
    "gestes qui suivent."
)
_RECU: Final = "Ce reçu est lu, mais il est trop ancien pour rouvrir ce poste : faites transmettre un nouveau fichier."
_SANS_CODE: Final = "Recopiez le code de secours imprimé."


class HorsDePortee(Etape):
    """Joindre le registre ; sans réseau, le fichier scellé et son reçu ; sinon, un administrateur et le code."""

    def __init__(self, session: Session, phrase: str, agent: str, mot_de_passe: str) -> None:
        super().__init__("Ce poste est resté trop longtemps loin du registre", "", session)
        self._agent, self._mot_de_passe = agent, mot_de_passe
        self._loin = phrase
        self.phrase = texte(phrase)
        self.ecrire = Bouton("Écrire le fichier scellé", self._ecrire, icone="usb")
        self.lire = Bouton("Lire un reçu", self._lire, icone="file-text")
        self.code = champ_code()
        self.rouvrir = Bouton("Rouvrir avec ce code", self._rouvrir)
        self.ajouter(
            self.phrase,
            intertitre("Sans réseau"),
            texte("Le fichier ne se lit qu'au registre. Un poste relié le transmet et rend un reçu.", "doux"),
            rangee(self.ecrire, self.lire, 1, ecart=2),
            intertitre("Administrateur de ce poste"),
            texte("Sous votre nom, avec le code de secours. Cela s'écrit au journal des comptes.", "doux"),
            self.code,
            rangee(self.rouvrir, 1),
        )
        self.reessayer = Bouton("Joindre le registre", self._reessayer, genre="principal", montre="Return")
        self.boutons(Bouton("Retour", self.retour.emit), suite=self.reessayer)
        self.code.entree.connect(self._rouvrir)

    def paraitre(self) -> None:
        self.reessayer.setFocus()

    def oublier(self) -> None:
        """On quitte cette étape : le mot de passe se retape."""
        self._mot_de_passe = ""

    def attendre(self, attente: bool, mot: str = "") -> None:
        super().attendre(attente, mot)
        for bouton in (self.ecrire, self.lire, self.rouvrir):
            bouton.setEnabled(not attente)

    def dire_echec(self, phrase: str) -> None:
        # Ce qui est déjà écrit sur la page ne se redit pas : ce qui est neuf, c'est que l'appel n'a rien donné.
        super().dire_echec(SANS_REPONSE if phrase == self._loin else phrase)
        self.attendre(False, "Joindre le registre")

    def _reessayer(self) -> None:
        self.echec.taire()
        self.attendre(True, "Appel du registre…")
        self.session.ouvrir(self._mot_de_passe, self.dire_echec, self._agent)

    def _ecrire(self) -> None:
        chemin = choisir_ou_ecrire(self, "Où écrire le fichier scellé", NOM_DE_L_ENVELOPPE, ENVELOPPES)
        if chemin is not None:
            self.ecrire_dans(chemin)

    def ecrire_dans(self, chemin: Path) -> None:
        """Écrit le fichier scellé là."""

        def rendre(nombre: int) -> None:
            saisies = compter(nombre, "saisie", "saisies") if nombre else "aucune saisie, rien n'attendait"
            self._dire(_ECRIT.format(chemin.name, saisies))

        self._sans_ouvrir(lambda synchro: synchro.paquets.ecrire(chemin), rendre)

    def _lire(self) -> None:
        chemin = choisir_un_fichier(self, "Quel fichier", RECUS)
        if chemin is not None:
            self.lire_le_recu(chemin)

    def lire_le_recu(self, chemin: Path) -> None:
        """Lit ce reçu, puis entre s'il suffit."""

        def rendre(_: int) -> None:
            self.session.ouvrir(self._mot_de_passe, lambda _: self.dire_echec(_RECU), self._agent)

        self._sans_ouvrir(lambda synchro: synchro.paquets.lire_recu(chemin), rendre)

    def _sans_ouvrir(self, geste: Callable[[Synchro], int], rendre: Callable[[int], None]) -> None:
        self.echec.taire()
        self.attendre(True)
        ou = (self.session.chemin, self._mot_de_passe, self._agent)
        self.session.travaux.lancer(lambda: sans_ouvrir(*ou, geste), rendre, self.dire_echec)

    def _rouvrir(self) -> None:
        if not self.code.contenu.strip():
            self.code.dire_faute(_SANS_CODE)
            return
        self.echec.taire()
        self.attendre(True)
        self.session.ouvrir(self._mot_de_passe, self.dire_echec, self._agent, self.code.contenu)

    def _dire(self, phrase: str) -> None:
        self.attendre(False)
        self.echec.dire(phrase, Ton.COURANT)
        annoncer(self, phrase)
