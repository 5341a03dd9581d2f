"""L'écran « Conférence du logement » : les engagements et les versions à gauche ; la saisie, l'année à droite."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout

from modele.coffre.conference import ConferenceTenue
from modele.coffre.contingents import Tenus
from modele.conference.definitions import conference
from modele.contingents.engagements import DOCUMENT, EngagementTenu
from modele.territoire.engagements import DocumentDate, Engagement, Engagements
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    ListePropositions,
    Pli,
    Proposition,
    annoncer,
    colonne,
    rangee,
    retirer,
    texte,
)
from ui.composants.mise_en_page import faire_voir
from ui.ecrans.conference import indicateurs
from ui.ecrans.conference.communes import carte_des_communes
from ui.ecrans.conference.dossier import CarteDossier
from ui.ecrans.conference.engagement import CartePartenaire, FormulaireEngagement
from ui.ecrans.conference.versions import CarteVersions
from ui.ecrans.de_pilotage import EcranDePilotage
from ui.etat.conference import Compte, Lue, a_saisir, lire, reunir
from ui.mots import cil
from ui.mots import conference as mots
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.droits import Auteur
    from ui.etat.session import Session


class EcranConference(EcranDePilotage):
    """L'année en haut. Les engagements se lisent sans fichier ; « Compter » lit ceux des bailleurs, et s'inscrit."""

    def __init__(self, session: Session) -> None:
        super().__init__(mots.TITRE, session)
        self.annee = date.today().year
        self.tenue = ConferenceTenue()
        self.engagements = Engagements()
        self.noms: list[str] = []
        self.fichiers = Bouton("Fichiers des bailleurs", lambda: self.aller.emit("flux", {}), raccourci="Alt+F")
        self.avant = Bouton("Année d'avant", partial(self._tourner, -1), icone="chevron-left", raccourci="Alt+PgUp")
        self.apres = Bouton("Année d'après", partial(self._tourner, 1), icone="chevron-right", raccourci="Alt+PgDown")
        self.neuf = Bouton("Nouvel engagement", self._commencer, icone="plus", raccourci="Alt+N")
        self.document = Bouton("Nouveau document", self._commencer_un_document, icone="plus", raccourci="Alt+D")
        self.titre_annee = texte("", "gras", coupe=False)
        self.fautes = Carte("À regarder", icone="triangle-alert", ton=Ton.JOUR)
        self.partenaires = ListePropositions("Partenaires", au_plus=5, geste="Saisir")
        self.documents = ListePropositions("Documents de référence", au_plus=4, geste="Saisir")
        self.partenaire, self.formulaire = CartePartenaire(), FormulaireEngagement()
        self.dossier, self.versions = CarteDossier(session), CarteVersions()
        self._annee = QVBoxLayout()
        self._annee.setSpacing(espace(3))
        self._disposer()
        self._brancher()

    def _disposer(self) -> None:
        carte = Carte(mots.PARTENAIRES, icone="list-checks")
        carte.ajouter(self.constat, self.partenaires, Bloc(rangee(self.neuf, 1)))
        papiers = Carte(mots.DOCUMENTS, icone="file-text")
        papiers.ajouter(self.documents, Bloc(rangee(self.document, 1)))
        manques = Carte(mots.MANQUES, icone="search")
        dits = [texte(cil.dire_attendu(un)) for un in conference().attendus]
        manques.ajouter(Pli(f"Voir les {len(dits)} données qui manquent", "Replier ce qui manque", *dits))
        pile = colonne(self.partenaire, self.formulaire, self.dossier, ecart=3)
        pile.addLayout(self._annee)
        pile.addStretch(1)
        annees = Colonnes([(self.avant, 0, 0), (self.apres, 0, 0), (self.fichiers, 0, 0)], ecart=2)
        self._poser(
            *(Bloc(rangee(self.titre_annee, annees, 1, ecart=3)), self.fautes),
            gauche=colonne(carte, papiers, manques, self.versions, 1, ecart=3),
            droite=pile,
        )

    def _brancher(self) -> None:
        self.partenaires.currentRowChanged.connect(lambda _: self._choisir())
        self.partenaire.saisir.connect(self._saisir)
        self.formulaire.enregistrer.connect(self._enregistrer)
        self.formulaire.renoncer.connect(self._renoncer)
        self.formulaire.retirer.connect(self._retirer)
        self.dossier.engagements = lambda: self.engagements
        self.dossier.compte.connect(self._montrer_l_annee)
        self.dossier.fige.connect(self._apres_avoir_fige)
        self.dossier.dit.connect(self.alerte)
        self.session.regles_chargees.connect(self._remontrer)

    def focus_initial(self) -> None:
        (self.partenaires if self.partenaires.count() else self.neuf).setFocus(Qt.FocusReason.OtherFocusReason)

    # Lire.

    @property
    def _territoire(self) -> str:
        regles = self.session.regles
        return "" if regles is None else regles.territoire.id

    @property
    def _communes(self) -> dict[str, str]:
        regles = self.session.regles
        return {} if regles is None else {code: une.nom for code, une in regles.territoire.communes.items()}

    def _lecture(self, coffre: Coffre, auteur: Auteur) -> Lue:
        return lire(coffre, auteur, self._territoire)

    def _prendre(self, lu: Any) -> None:
        self.tenus, self.tenue = lu.tenus, lu.conference

    def _recevoir(self, choisie: str, /) -> None:
        self._montrer(choisie)

    def _remontrer(self) -> None:
        if self.isVisible() and self.formulaire.isHidden():
            self.dossier.oublier()
            self._relire()

    def _tourner(self, pas: int) -> None:
        self.annee += pas
        self.dossier.oublier()
        self._montrer("")
        annoncer(self, f"Année {self.annee}")

    # Montrer.

    def _montrer(self, choisie: str) -> None:
        regles = self.session.regles
        self.engagements = reunir(regles.territoire.engagements if regles else Engagements(), self.tenue.engagements)
        self.titre_annee.setText(str(self.annee))
        self.constat.setText(mots.constater(self.engagements))
        self.constat.show()
        siens = self.engagements.par_partenaire
        self.noms = list(siens)
        rang = self.noms.index(choisie) if choisie in siens else 0
        self.partenaires.montrer([self._proposition(nom, tous) for nom, tous in siens.items()], rang)
        self.partenaires.setVisible(bool(self.noms))
        self.documents.montrer(
            [
                Proposition(un.libelle, self._saisir_le_document, mots.dire_date_de(un))
                for un in self.engagements.documents
            ]
        )
        self.documents.setVisible(bool(self.engagements.documents))
        self.versions.montrer(self.tenue.versions, self.annee, self._communes)
        self.fautes.vider()
        self.fautes.ajouter(*(texte(faute) for faute in self.tenue.fautes))
        self.fautes.setVisible(bool(self.tenue.fautes))
        self.dossier.annee = self.annee
        self._choisir()
        if self.dossier.vu is None:
            self._remplir([indicateurs.objectifs()])

    def _proposition(self, nom: str, siens: tuple[Engagement, ...]) -> Proposition:
        icone = "circle-alert" if mots.incomplets(siens) else "circle-check"
        return Proposition(nom, lambda: self._saisir(0), mots.dire_partenaire(siens), icone=icone)

    def _choisir(self) -> None:
        nom = self._choisi()
        self.partenaire.setVisible(bool(nom) and self.formulaire.isHidden())
        if nom:
            self.partenaire.montrer(nom, self.engagements.par_partenaire[nom])

    def _choisi(self) -> str:
        rang = self.partenaires.currentRow()
        return self.noms[rang] if 0 <= rang < len(self.noms) else ""

    def _montrer_l_annee(self, compte: Compte) -> None:
        cartes = indicateurs.cartes(compte, self._communes)
        regles = self.session.regles
        if regles is not None and (plan := carte_des_communes(compte, regles)) is not None:
            cartes.insert(1, plan)
        if (change := indicateurs.changements(compte, self._communes)) is not None:
            cartes.insert(0, change)
        self._remplir(cartes)
        # Agrandie, la page empile ses colonnes : les nombres sont loin sous le bouton qui vient de les demander.
        QTimer.singleShot(0, cartes[0], lambda: faire_voir(cartes[0]))

    def _remplir(self, cartes: list[Carte]) -> None:
        while (element := self._annee.takeAt(0)) is not None:
            retirer(element.widget())
        for carte in cartes:
            self._annee.addWidget(carte)

    # Saisir.

    def _commencer(self) -> None:
        self._ouvrir(EngagementTenu(self._territoire, "", ""))

    def _commencer_un_document(self) -> None:
        self._ouvrir(EngagementTenu(self._territoire, "", "", sorte=DOCUMENT))

    def _saisir(self, rang: int) -> None:
        if nom := self._choisi():
            self._ouvrir(self._tenu(self.engagements.par_partenaire[nom][rang]))

    def _saisir_le_document(self) -> None:
        rang = self.documents.currentRow()
        if 0 <= rang < len(self.engagements.documents):
            self._ouvrir(self._tenu(self.engagements.documents[rang]))

    def _tenu(self, montre: Engagement | DocumentDate) -> EngagementTenu:
        """Celui du coffre, s'il y est ; sinon ce que livre le territoire, à saisir."""
        tenus = {un.origine or un.id: un for un in self.tenue.engagements}
        return tenus.get(montre.id) or a_saisir(montre, self._territoire)

    def _ouvrir(self, engagement: EngagementTenu) -> None:
        self.formulaire.montrer(engagement)
        self.partenaire.hide()
        self.formulaire.show()
        self.formulaire.premier()

    def _fermer(self) -> None:
        self.formulaire.hide()
        self.formulaire.montrer(EngagementTenu("", "", ""))

    def _renoncer(self) -> None:
        self._fermer()
        self._choisir()
        self.focus_initial()

    def _enregistrer(self, engagement: EngagementTenu) -> None:
        auteur = self.session.auteur
        self._ecrire(lambda coffre: coffre.conference.garder(engagement, auteur), mots.GARDE, engagement.signataire)

    def _retirer(self, lequel: str) -> None:
        auteur = self.session.auteur
        self._ecrire(lambda coffre: coffre.conference.retirer(lequel, auteur), mots.RETIRE, self._choisi())

    def _ecrire(self, ecrire: Callable[[Coffre], object], dit: str, choisi: str) -> None:
        def rendre(_: object) -> None:
            self._fermer()
            self._relire(dit, choisi)
            self.alerte.emit(dit, Ton.COURANT)

        self.session.avec_coffre(ecrire, rendre, pour=self, echec=self.formulaire.dire_echec)

    def _apres_avoir_fige(self) -> None:
        """La chaîne relue ; le compte montré reste, c'est lui qui vient d'être figé."""
        auteur = self.session.auteur

        def rendre(lu: Lue) -> None:
            self._prendre(lu)
            self.versions.montrer(self.tenue.versions, self.annee, self._communes)

        self.session.avec_coffre(lambda coffre: self._lecture(coffre, auteur), rendre, pour=self)

    def _vider(self) -> None:
        """Rien n'en reste à l'écran."""
        self.tenus, self.tenue, self.engagements = Tenus(), ConferenceTenue(), Engagements()
        self.noms = []
        self._fermer()
        self.dossier.oublier_les_demandes()
        self.dossier.pour.poser(None)
        self._remplir([])
        self.partenaires.montrer(())
        self.documents.montrer(())
        self.versions.montrer((), self.annee, {})
        self.partenaire.hide()
        self.fautes.vider()
        self.fautes.hide()
