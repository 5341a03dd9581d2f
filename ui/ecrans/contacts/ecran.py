"""L'écran « Contacts d'ici ». Ce qu'il écrit vit au coffre, dans la couche de la structure (décision 0009)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Couche, Fichier
from modele.territoire.ecriture_contacts import FICHIER, NATURE, remplacer
from ui.composants import (
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    ListePropositions,
    Proposition,
    annoncer,
    colonne,
    etiquette_aide,
    rangee,
    texte,
)
from ui.ecrans.base import Ecran
from ui.ecrans.contacts.formulaire import Formulaire
from ui.ecrans.contacts.logo import CarteLogo
from ui.etat.session import Session
from ui.mots.contacts import ContactMontre, constat, contacts_montres

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.territoire.modele import ContactLocal

ENREGISTRE: Final = "Contact enregistré pour toute la structure."
REVENU: Final = "Les contacts livrés ou publiés servent de nouveau."


class EcranContacts(Ecran):
    """La liste, ce qui manque d'abord, et le contact choisi à saisir."""

    def __init__(self, session: Session) -> None:
        super().__init__("Contacts d'ici", session)
        self.montres: tuple[ContactMontre, ...] = ()
        self._dit = ""
        self.constat = etiquette_aide("")
        self.liste = ListePropositions("Contacts d'ici", au_plus=7)
        self.formulaire = Formulaire()
        self.logo = CarteLogo(session)
        self.original = Bouton("Revenir à l'original", self._revenir_a_l_original, icone="rotate-ccw")
        self.retour = Bouton("Retour", lambda: self.aller.emit("accueil", {}), icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        self.liste.currentRowChanged.connect(self._choisir)
        self.formulaire.enregistrer.connect(self._enregistrer)
        session.regles_chargees.connect(self._recharger)

    def _disposer(self) -> None:
        gauche, droite = QWidget(), QWidget()
        carte = Carte("À saisir d'abord, puis ce qui est dit", icone="list-checks")
        carte.ajouter(self.liste, rangee(self.original, 1))
        gauche.setLayout(colonne(carte, 1))
        droite.setLayout(colonne(self.formulaire, self.logo, 1, ecart=3))
        titre = rangee(texte("Contacts d'ici", "titre", coupe=False), 1, self.retour)
        page = colonne(
            titre, self.constat, Colonnes([(gauche, 1, 430), (droite, 1, 430)], ecart=4), 1, ecart=3, marges=8
        )
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)

    def paraitre(self, **_arguments: Any) -> None:
        self._dit = ""
        self._page.verticalScrollBar().setValue(0)
        self.montrer()
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)

    def disparaitre(self) -> None:
        self.formulaire.echec.taire()
        self.logo.echec.taire()

    def montrer(self) -> None:
        """Relit ce que le territoire dit."""
        regles = self.session.regles
        self.montres = () if regles is None else contacts_montres(regles)
        self.constat.setText(" ".join(filter(None, (self._dit, constat(self.montres)))))
        self.liste.montrer([self._proposition(un) for un in self.montres])
        self.formulaire.setVisible(bool(self.montres))
        self._choisir(self.liste.currentRow())
        self.logo.montrer()

    def _proposition(self, un: ContactMontre) -> Proposition:
        manque = un.dit is None
        return Proposition(
            un.libelle,
            self._saisir,
            un.detail,
            "à saisir" if manque else "",
            icone="circle-alert" if manque else "circle-check",
        )

    def _saisir(self) -> None:
        self.formulaire.numero.setFocus(Qt.FocusReason.TabFocusReason)

    def _recharger(self) -> None:
        if self.isVisible():
            self.montrer()

    def _choisir(self, rang: int) -> None:
        if 0 <= rang < len(self.montres):
            self.formulaire.montrer(self.montres[rang])

    # Écrire.

    def _enregistrer(self, contact: ContactLocal) -> None:
        territoire, auteur = self.session.preferences.territoire, self.session.auteur

        def ecrire(coffre: Coffre) -> str:
            try:
                contenu = remplacer(_deja_ecrit(coffre, territoire), contact)
                coffre.modifier_fichier(NATURE, territoire, FICHIER, contenu, auteur)
            except ErreurUtilisateur as faute:
                return str(faute)
            return ""

        self.session.avec_coffre(ecrire, lambda faute: self._rendre(faute, ENREGISTRE), pour=self, remplace="contacts")

    def _revenir_a_l_original(self) -> None:
        territoire, auteur = self.session.preferences.territoire, self.session.auteur

        def revenir(coffre: Coffre) -> str:
            try:
                coffre.revenir_a_l_original(NATURE, territoire, FICHIER, auteur)
            except ErreurUtilisateur as faute:
                return str(faute)
            return ""

        self.session.avec_coffre(revenir, lambda faute: self._rendre(faute, REVENU), pour=self, remplace="contacts")

    def _rendre(self, faute: str, dit: str) -> None:
        if faute:
            self.formulaire.dire_echec(faute)
            return
        self._dit = dit
        self.constat.setText(dit)
        annoncer(self.constat, dit)
        self.session.relire_les_sources()


def _deja_ecrit(coffre: Coffre, territoire: str) -> Fichier | None:
    """Ce que la structure a déjà écrit de ses contacts."""
    siennes = [un for un in coffre.modifications() if (un.nature, un.id, un.fichier) == (NATURE, territoire, FICHIER)]
    return Fichier(FICHIER, Couche.STRUCTURE, octets=siennes[-1].contenu) if siennes else None
