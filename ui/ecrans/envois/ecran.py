"""L'écran des envois. Il ne connaît du registre que ce que ``ui.etat.synchro`` en rapporte."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from modele.synchro.etats import EtatEnvois, Lien
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    annoncer,
    colonne,
    etiquette_aide,
    rangee,
    retirer,
    texte,
)
from ui.ecrans.base import Ecran
from ui.ecrans.envois.copies import CarteCopies
from ui.ecrans.envois.ecarts import CarteEcarts
from ui.ecrans.envois.fichier import CarteFichier
from ui.ecrans.envois.lien import CarteEffets, CarteLien, CarteRelier
from ui.ecrans.envois.listes import CarteAttente, CarteRecus
from ui.ecrans.envois.quarantaine import CarteRefus
from ui.etat.copies import copieur_de
from ui.etat.session import Session
from ui.etat.synchro import synchroniseur_de
from ui.mots.envois import a_reprendre, compter, pied, precisions, principale
from ui.mots.masques import designer_par_reference
from ui.theme import Ton, espace
from ui.theme.icones import Icone

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.coffre.echanges import Echanges
    from modele.coffre.listes import EnQuarantaine, RecuTenu

_FERMES = (Lien.SANS_REGISTRE, Lien.REVOQUE)


class EcranEnvois(Ecran):
    """Où en sont les envois, et de quoi s'en occuper."""

    def __init__(self, session: Session) -> None:
        super().__init__("Envois", session)
        self.synchro = synchroniseur_de(session)
        self._icone = Icone("cloud-off", Ton.NEUTRE, 28)
        self.phrase = texte("", "sous_titre")
        self._suite = etiquette_aide("")
        self.envoyer = Bouton("Envoyer maintenant", self._envoyer, genre="principal", icone="send", raccourci="F5")
        self.departager = Bouton("Départager", lambda: self.aller.emit("divergences", {}), icone="split")
        self.lien, self.relier, self.effets = CarteLien(), CarteRelier(session.preferences.poste), CarteEffets()
        self.attente = CarteAttente(self._ouvrir)
        self.recus = CarteRecus(self._ouvrir)
        self.fichier = CarteFichier()
        self.ecarts = CarteEcarts()
        self.copies = CarteCopies(copieur_de(session))
        self.refus: list[CarteRefus] = []
        self._refuses: tuple[EnQuarantaine, ...] = ()
        self._quarantaine = QVBoxLayout()
        self._quarantaine.setSpacing(espace(3))
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        self.relier.demande.connect(self._relier)
        self.fichier.ecrire.connect(self._ecrire)
        self.fichier.lire.connect(self._lire_recu)
        self.fichier.transmettre.connect(self._transmettre)
        self.synchro.change.connect(self._changer)
        session.regles_chargees.connect(self._montrer_ecarts)

    def _disposer(self) -> None:
        mots = Bloc(colonne(self.phrase, self._suite, ecart=1))
        dite = rangee(self._icone, mots, ecart=3)
        dite.setStretch(1, 1)
        self._etat = Carte(nom="Où en sont les envois")
        gestes = Bloc(rangee(self.departager, self.envoyer, 1, ecart=2))
        self._etat.ajouter(Colonnes([(Bloc(dite), 1, 420), (gestes, 0, 0)], ecart=4, ecart_pile=2))
        gauche, droite = QWidget(), QWidget()
        quarantaine = colonne(ecart=3)
        quarantaine.addLayout(self._quarantaine)
        gauche.setLayout(colonne(quarantaine, self.ecarts, self.relier, self.attente, self.recus, 1, ecart=3))
        droite.setLayout(colonne(self.lien, self.effets, self.copies, self.fichier, 1, ecart=3))
        page = colonne(
            rangee(texte("Envois", "titre", coupe=False), 1, self.retour),
            self._etat,
            Colonnes([(gauche, 4, 560), (droite, 3, 430)], ecart=4),
            1,
            ecart=4,
            marges=8,
        )
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)

    def disparaitre(self) -> None:
        self.relier.oublier()

    def paraitre(self, *, invitation: str = "", **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self.fichier.dire("")
        self.relier.oublier()
        self.montrer(self.synchro.etat or EtatEnvois(Lien.SANS_REGISTRE))
        self.synchro.rafraichir()
        copieur_de(self.session).relire()
        self._viser()
        if invitation:
            self.relier.proposer(invitation)

    def _viser(self) -> None:
        premier: QWidget = self.retour
        if not self.relier.isHidden():
            premier = self.relier.code
        elif self.refus:
            premier = self.refus[0].premier
        elif self.envoyer.isVisible():
            premier = self.envoyer
        self._page.viser(premier)

    # Montrer.

    def _changer(self, etat: EtatEnvois) -> None:
        if self.isVisible():
            ici, liait = self._a_le_clavier(self), self._a_le_clavier(self.relier)
            self.montrer(etat)
            if (ici and not self._a_le_clavier(self)) or (liait and self.relier.isHidden()):
                # Ce qui avait le clavier ne se montre plus : il ne doit fuir ni vers la barre du haut, ni vers la carte
                # d'après, plus bas, qui ferait défiler la page loin de ce qui vient d'arriver.
                self._page.verticalScrollBar().setValue(0)
                self._viser()

    @staticmethod
    def _a_le_clavier(parent: QWidget) -> bool:
        avec = QApplication.focusWidget()
        return avec is not None and parent.isAncestorOf(avec)

    def montrer(self, etat: EtatEnvois) -> None:
        """Montre cet état, et relit les reçus."""
        maintenant = datetime.now().astimezone()
        dit = pied(etat, maintenant)
        sans = etat.lien is Lien.SANS_REGISTRE
        self._icone.montrer(dit.icone, dit.ton)
        self.phrase.setText(principale(etat, maintenant))
        suite = " ".join(precisions(etat, maintenant))
        self._suite.setText(suite)
        self._suite.setVisible(bool(suite))
        self.envoyer.setVisible(etat.lien not in _FERMES)
        self.departager.setVisible(any(un.ecran == "divergences" for un in a_reprendre(etat)))
        self.lien.setVisible(not sans)
        self.lien.montrer(etat, maintenant)
        self.relier.setVisible(etat.lien in _FERMES)
        self.effets.setVisible(etat.lien is Lien.SANS_REGISTRE)
        self.attente.setVisible(not sans)
        self.attente.montrer(etat, maintenant)
        self.recus.setVisible(not sans)
        self.fichier.setVisible(not sans)
        self.fichier.permettre(bool(etat.attente or etat.de_cote), etat.lien is Lien.EN_LIGNE)
        self._montrer_refus(etat.quarantaine, maintenant)
        self._montrer_ecarts()
        if not sans:
            self.synchro.ici(lambda _, coffre: coffre.echanges.recus(), self.montrer_recus, pour=self, remplace="reçus")

    def _montrer_ecarts(self) -> None:
        regles = self.session.regles
        self.ecarts.montrer(regles.ecarts if regles is not None else ())

    def montrer_recus(self, recus: Sequence[RecuTenu]) -> None:
        """Montre ces reçus."""
        self.recus.montrer(recus, datetime.now().astimezone())

    def _montrer_refus(self, refuses: tuple[EnQuarantaine, ...], maintenant: datetime) -> None:
        if refuses == self._refuses:
            return
        self._refuses = refuses
        for ancienne in self.refus:
            self._quarantaine.removeWidget(ancienne)
            retirer(ancienne)
        self.refus = [self._carte(refus, maintenant) for refus in refuses]
        for carte in self.refus:
            self._quarantaine.addWidget(carte)
            # Qt ne montre un ajout qu'au tour suivant : le focus n'attend pas.
            carte.show()
        if refuses:
            self.synchro.ici(
                lambda _, coffre: {un.operation: saisie_refusee(coffre, un) for un in refuses},
                self.montrer_saisies,
                pour=self,
                remplace="saisies refusées",
            )

    def montrer_saisies(self, saisies: Mapping[str, Mapping[str, Any]]) -> None:
        """Montre ce qui avait été saisi, par opération : le champ et sa valeur."""
        regles = self.session.regles
        if regles is None:
            return
        from ui.mots.refusees import dire_la_saisie

        for carte in self.refus:
            carte.montrer_saisie(dire_la_saisie(regles, saisies.get(carte.refus.operation, {})))

    def _carte(self, refus: EnQuarantaine, maintenant: datetime) -> CarteRefus:
        carte = CarteRefus(refus, self._sujets(refus), maintenant)
        carte.reprendre.connect(lambda: self._reprendre(refus))
        carte.renvoyer.connect(
            lambda: self._sur(
                refus,
                lambda echanges: echanges.ressaisir(refus.operation, self.session.auteur),
                "Proposée de nouveau.",
            )
        )
        carte.classer.connect(
            lambda: self._sur(
                refus, lambda echanges: echanges.classer(refus.operation, self.session.auteur), "Classée."
            )
        )
        return carte

    def _montrables(self, refus: EnQuarantaine) -> list[str]:
        """Les champs refusés qui peuvent se montrer : aucun d'un dossier discret, ni d'une réponse protégée."""
        regles = self.session.regles
        if regles is None:
            return []
        return [champ for champ in refus.champs if not regles.vocabulaire.reservee(champ)]

    def _sujets(self, refus: EnQuarantaine) -> list[str]:
        regles = self.session.regles
        if regles is None:
            return []
        from ui.mots.refusees import sujets

        return sujets(regles, refus.champs)

    # Agir.

    def _envoyer(self) -> None:
        annoncer(self, "Envoi en cours")
        self.synchro.tourner()

    def _reprendre(self, refus: EnQuarantaine) -> None:
        chemin = next(iter(self._montrables(refus)), "")
        carte = next(un for un in self.refus if un.refus == refus)
        if not carte.saisie.isHidden():
            self.alerte.emit(f"À reprendre. {carte.saisie.text()}", Ton.JOUR)
        self.aller.emit("entretien", {"dossier": refus.dossier, "chemin": chemin})

    def _sur(self, refus: EnQuarantaine, geste: Callable[[Echanges], object], constat: str) -> None:
        def rendre(_: object) -> None:
            self.alerte.emit(f"{designer_par_reference(refus.dossier)} : {constat}", Ton.COURANT)
            self.synchro.rafraichir()
            self.synchro.bientot()

        self.synchro.ici(lambda _, coffre: geste(coffre.echanges), rendre, self._dire_echec, pour=self)

    def _relier(self, code: str, nom: str) -> None:
        def rendre(_: object) -> None:
            self.session.regler(self.session.preferences._replace(poste=nom))
            self.relier.oublier()
            self.alerte.emit("Ce poste est relié au registre. Ce qui était saisi ici part maintenant.", Ton.COURANT)
            self.synchro.reprendre()

        self.synchro.la_bas(lambda synchro: synchro.enroler(code, nom), rendre, self.relier.dire_echec, pour=self)

    def _ecrire(self, chemin: Path) -> None:
        def rendre(nombre: int) -> None:
            self.fichier.dire(f"{nombre} saisies sont dans {chemin.name}. Elles attendent aussi ici, jusqu'au reçu.")

        self.synchro.ici(lambda synchro, _: synchro.paquets.ecrire(chemin), rendre, self._dire_echec, pour=self)

    def _lire_recu(self, chemin: Path) -> None:
        def rendre(nombre: int) -> None:
            self.fichier.dire(f"Reçu lu : le registre a répondu pour {compter(nombre, 'saisie', 'saisies')}.")
            self.synchro.rafraichir()

        self.synchro.ici(lambda synchro, _: synchro.paquets.lire_recu(chemin), rendre, self._dire_echec, pour=self)

    def _transmettre(self, chemin: Path) -> None:
        def rendre(recu: Path) -> None:
            self.fichier.dire(f"Transmis. Le reçu est dans {recu.name} : rendez-le à l'autre poste.")

        self.synchro.la_bas(lambda synchro: synchro.paquets.transmettre(chemin), rendre, self._dire_echec, pour=self)

    def _dire_echec(self, phrase: str) -> None:
        self.alerte.emit(phrase, Ton.IMMEDIAT)

    def _ouvrir(self, dossier: str) -> None:
        self.aller.emit("entretien", {"dossier": dossier})

    def _revenir(self) -> None:
        self.aller.emit("accueil", {})


def saisie_refusee(coffre: Coffre, refus: EnQuarantaine) -> dict[str, Any]:
    """Les champs que posait une saisie refusée ; aucun d'un dossier discret, ni d'un dossier parti de ce poste."""
    from msgspec import UNSET

    from modele.regles.fautes import ErreurUtilisateur

    if not refus.champs:
        return {}
    try:
        operations = coffre.operations(refus.dossier)
    except ErreurUtilisateur:
        return {}
    champs = next((une.champs for une in operations if une.entete.id == refus.operation), {})
    return {chemin: champ.apres for chemin, champ in champs.items() if champ.apres is not UNSET}
