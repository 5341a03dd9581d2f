"""L'accueil : chercher la personne en face, reprendre une saisie, commencer, voir ce qui presse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.dossier.formulaires import CodeDeFormulaire, code_de, lire_code
from modele.orientation.resultat import Urgence
from ui.composants import (
    Bouton,
    BoutonCarte,
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
from ui.composants.frappes import Regard
from ui.composants.recherche import ZoneRecherche
from ui.ecrans import Declaration, Offert, declares, offerts
from ui.ecrans.accueil.carte_a_faire import CarteAFaire
from ui.ecrans.accueil.carte_avis import CarteAvis
from ui.ecrans.accueil.carte_corrections import CarteCorrections
from ui.ecrans.accueil.carte_envois import CarteEnvois
from ui.ecrans.accueil.carte_remises import CarteRemises
from ui.ecrans.accueil.reprises import CarteReprise
from ui.ecrans.accueil.sans_nom import CarteSansNom
from ui.ecrans.base import Ecran
from ui.ecrans.trouves import propositions
from ui.etat.session import Session
from ui.etat.synchro import synchroniseur_de
from ui.mots.a_faire import Tache, TachesDesRecents, lire_des_echeances, ranger
from ui.mots.avis import lire
from ui.mots.depart import CHERCHEZ
from ui.mots.envois import AReprendre, a_reprendre
from ui.mots.masques import designer_par_reference
from ui.mots.rendez_vous import dire_combien_de_rappels
from ui.theme import espace

if TYPE_CHECKING:
    from modele.coffre import Coffre, Recent, Reprise, SansNom, Trouve
    from modele.coffre.listes import InformationTenue
    from modele.synchro.etats import EtatEnvois

SEUL_A_SEUL = "Seul à seul avec la personne : chercher autrement"
PAPIER = "Saisir un formulaire papier"
PAPIER_OUVRE = (
    "Entrée ouvre une nouvelle demande, dans l'ordre des pages du papier. Cherchez d'abord le nom qui y est écrit."
)
PAPIER_INCONNU = (
    "Ce poste ne connaît pas la version {version} de ce formulaire papier : cherchez le nom qui y est écrit, puis "
    "commencez la demande, Ctrl N."
)
REPIT_MS = 400
"""Entre deux lots de délais relus : le poste reste à qui s'en sert."""
LOT, LUS = 5, 30
"""Les derniers dossiers sont relus par lots, pour que la recherche passe entre deux."""


class EcranAccueil(Ecran):
    """Une zone de recherche, deux départs, ce qui attend. ``nouvelle`` : commencer une demande après recherche."""

    def __init__(self, session: Session) -> None:
        super().__init__("Accueil", session)
        self.recherche = ZoneRecherche("Chercher une personne", "Nom, prénom, date de naissance, téléphone ou numéro")
        self.resultats = ListePropositions("Dossiers trouvés", au_plus=5, geste="Ouvrir le dossier")
        self.resultats.guider(self.recherche)
        self._constat = etiquette_aide("")
        self._carte_resultats = Carte(nom="Dossiers trouvés")
        # Offert à chaque recherche : sa présence n'apprend rien à qui regarde l'écran.
        self.seul_a_seul = Bouton(SEUL_A_SEUL, self._chercher_seul_a_seul, genre="discret", icone="search")
        self._carte_resultats.ajouter(self.resultats, self._constat, rangee(self.seul_a_seul, 1))
        self.recents = ListePropositions("Derniers dossiers", au_plus=3, geste="Ouvrir le dossier")
        self._sans_recent = texte("Aucun dossier sur ce poste pour l'instant.", "doux")
        self.taches = CarteAFaire(self)
        self.a_faire = self.taches.liste
        self._taches: list[Tache] = []
        self._rappels = 0
        self._delais_relus = False
        self._lues = TachesDesRecents()
        self.synchro = synchroniseur_de(session)
        self.avis = CarteAvis(lambda ecran: self.aller.emit(ecran, {}))
        self.corrections = CarteCorrections(lambda: self.aller.emit("publications", {}), self._corriger_lue)
        self.remises = CarteRemises(lambda ecran: self.aller.emit(ecran, {}))
        self.envois = CarteEnvois(lambda ecran: self.aller.emit(ecran, {}))
        self._reprises = QVBoxLayout()
        self._cherche = ""
        # Vrai quand la phrase a été dite : le même geste, refait, commence une demande sans nom.
        self._sans_nom = False
        self._regard = Regard(self)
        self._disposer()
        self.recherche.textEdited.connect(self.chercher)
        self.recherche.installEventFilter(self)
        session.regles_chargees.connect(self._calculer_taches)
        session.regles_chargees.connect(self._lire_les_avis)
        session.regles_chargees.connect(self._lire_les_corrections)
        session.regles_chargees.connect(self._lire_les_rappels)
        session.rouvert.connect(self._chercher_de_nouveau)
        self.synchro.recu.connect(self._lire_les_remises)
        self.synchro.change.connect(self._montrer_envois)
        self.envois.montrer(self.synchro.etat)
        self._montrer_taches()

    def _disposer(self) -> None:
        self.nouvelle = BoutonCarte(
            "Nouvelle demande",
            "on cherche d'abord si elle existe déjà",
            "user-plus",
            self.commencer,
            montre="Ctrl+N",
        )
        self._reprises.setSpacing(espace(2))
        self.sans_nom = CarteSansNom(self._ouvrir)
        gauche, droite = QWidget(), QWidget()
        gauche.setLayout(
            colonne(
                texte("Bonjour. Qui est en face de vous ?", "titre"),
                self.corrections,
                self.recherche,
                self._carte_resultats,
                *self._departs(),
                self.remises,
                self.avis,
                self._reprises,
                self.sans_nom,
                self.envois,
                1,
                ecart=5,
            )
        )
        droite.setLayout(colonne(*self._cartes_de_droite(), 1, ecart=3))
        page = colonne(Colonnes([(gauche, 4, 600), (droite, 3, 420)], ecart=7), marges=9)
        page.setContentsMargins(espace(9), espace(7), espace(9), espace(6))
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(Defilement(page))

    def _departs(self) -> list[QWidget]:
        """Les grands boutons, deux par ligne : les écrans qui s'offrent à l'accueil, puis une nouvelle demande."""
        self.departs = {un.nom: self._depart(un, rang == 0) for rang, un in enumerate(offerts(Offert.ACCUEIL))}
        boutons = [*self.departs.values(), self.nouvelle]
        paires = [boutons[debut : debut + 2] for debut in range(0, len(boutons), 2)]
        return [Colonnes([(bouton, 1, 300) for bouton in paire], ecart=3) for paire in paires]

    def _depart(self, ecran: Declaration, premier: bool) -> BoutonCarte:
        return BoutonCarte(
            ecran.libelle,
            ecran.detail,
            ecran.icone,
            lambda: self.aller.emit(ecran.nom, {}),
            montre=ecran.touche,
            accent=premier,
        )

    def _cartes_de_droite(self) -> list[Carte]:
        recents = Carte("Derniers dossiers")
        liste = declares()["dossiers"]
        self.liste = Bouton(
            liste.libelle,
            lambda: self.aller.emit(liste.nom, {}),
            genre="discret",
            montre=liste.touche,
            icone=liste.icone,
            description=liste.detail,
        )
        recents.ajouter(self.recents, self._sans_recent, rangee(self.liste, 1))
        return [self.taches, recents]

    # Paraître.

    def paraitre(self, nouvelle: bool = False, **_arguments: Any) -> None:
        self.session.fermer_dossier()
        self.recherche.setFocus(Qt.FocusReason.OtherFocusReason)
        if nouvelle:
            self.commencer()
        else:
            self.recherche.clear()
            self._carte_resultats.hide()
        self._lire_les_listes()

    def _lire_les_listes(self) -> None:
        """Relit ce qui est montré, d'où qu'on arrive : une liste d'avant ferait croire qu'un dossier n'existe pas."""
        # Ce que lisait l'agent d'avant ne se montre pas, même le temps de lire ce qui est à faire.
        self._rappels = 0
        self.taches.vider_si_un_autre()
        self.taches.relire()
        self._calculer_taches()
        self._lire_les_avis()
        self._lire_les_corrections()
        self._lire_les_remises()
        self.session.avec_coffre(lambda coffre: _nominatifs(coffre.recents(12)), self._montrer_recents, pour=self)
        self.session.avec_coffre(lambda coffre: coffre.reprises(), self._montrer_reprises, pour=self)
        agent = self.session.agent
        self.session.avec_coffre(lambda coffre: coffre.sans_nom(agent), self._montrer_sans_nom, pour=self)
        self._lire_les_rappels()

    def disparaitre(self) -> None:
        # Une nouvelle demande ne doit pas se réclamer de la recherche d'une autre personne.
        self.recherche.clear()
        self._sans_nom = False

    def _lire_les_rappels(self) -> None:
        """Combien de rendez-vous sont à rappeler : des dates, lues par leur index."""
        auteur, lieu, regles = self.session.auteur, self.session.preferences.lieu, self.session.regles
        avant = regles.territoire.rappels if regles is not None else {}

        def lire_(coffre: Coffre) -> int:
            agenda = coffre.agenda
            agenda.choisir_le_lieu(lieu)
            jours = avant.get(agenda.lieu(), 0)
            return len(agenda.a_rappeler(jours, auteur)) if jours else 0

        def rendre(lus: int) -> None:
            self._rappels = lus
            self._montrer_taches()

        self.session.avec_coffre(lire_, rendre, pour=self, remplace="accueil, rendez-vous")

    def _relire_des_delais(self) -> None:
        """Les délais que seul un bilan sait, quelques dossiers à la fois, tant que l'accueil est montré.

        Les autres sont dans la table : ce qui n'est pas encore relu y garde sa dernière date.
        """
        regles, jour = self.session.regles, date.today()
        if regles is None or self.isHidden():
            return

        def rendre(lues: int) -> None:
            if lues:
                self._delais_relus = True
                QTimer.singleShot(REPIT_MS, self, self._relire_des_delais)
            # Rien de neuf à y lire, la liste est déjà celle qu'on montre.
            elif self._delais_relus and not self.taches.occupee():
                self._delais_relus = False
                self.taches.relire()

        self.session.avec_coffre(
            lambda coffre: lire_des_echeances(coffre, regles, jour, LOT), rendre, pour=self, remplace="accueil, délais"
        )

    def _calculer_taches(self, debut: int = 0) -> None:
        """Relit un lot de dossiers récents, puis le suivant."""
        regles = self.session.regles
        if regles is None:
            return
        if debut == 0:
            self._taches = []
        jour = date.today()

        def rendre(trouvees: list[Tache]) -> None:
            self._taches += trouvees
            if debut + LOT < LUS:
                self._calculer_taches(debut + LOT)
            else:
                self.taches.tout_est_lu()
                self._relire_des_delais()
            if trouvees or debut + LOT >= LUS:
                self._montrer_taches()

        self.session.avec_coffre(
            lambda coffre: self._lues.lire(coffre, regles, jour, debut, debut + LOT),
            rendre,
            pour=self,
            remplace="accueil, à faire",
        )

    def _lire_les_avis(self) -> None:
        auteur, regles, jour = self.session.auteur, self.session.regles, date.today()

        self.session.avec_coffre(
            lambda coffre: lire(coffre, auteur, regles, jour), self.avis.montrer, pour=self, remplace="accueil, avis"
        )

    def _lire_les_corrections(self) -> None:
        agent = self.session.agent
        self.session.avec_coffre(
            lambda coffre: coffre.informations.a_lire(agent), self.corrections.montrer, pour=self,
            remplace="accueil, corrections",
        )  # fmt: skip

    def _lire_les_remises(self) -> None:
        """Ce qui est arrivé pour ce lieu ; rien à qui n'a pas le droit d'y répondre."""
        if self.isHidden():
            return
        auteur = self.session.auteur
        self.session.avec_coffre(
            lambda coffre: coffre.remises.lister(auteur), self.remises.montrer, pour=self, remplace="accueil, remises",
            echec=lambda _: self.remises.montrer(()),
        )  # fmt: skip

    def _corriger_lue(self, tenue: InformationTenue) -> None:
        agent = self.session.agent
        self.recherche.setFocus(Qt.FocusReason.OtherFocusReason)
        self.session.avec_coffre(
            lambda coffre: coffre.informations.lire(agent, tenue), lambda _: self._lire_les_corrections(), pour=self
        )

    def _montrer_envois(self, etat: EtatEnvois) -> None:
        self.envois.montrer(etat)
        self._montrer_taches()

    def _montrer_taches(self) -> None:
        """Ce qui presse sans être une date : ce que les envois demandent, une voie sans suite, qui rappeler."""
        lignes = [*map(self._ligne_d_envoi, a_reprendre(self.synchro.etat)), *self._ligne_des_rappels()]
        lignes += map(self._ligne_de_tache, ranger(self._taches))
        self.taches.montrer_aussi(lignes)

    def _ligne_des_rappels(self) -> list[Proposition]:
        dit = dire_combien_de_rappels(self._rappels)
        aller = partial(self.aller.emit, "agenda", {})
        return [Proposition(dit, aller, urgence=Urgence.JOUR.value)] if dit else []

    def _ligne_d_envoi(self, demande: AReprendre) -> Proposition:
        def faire() -> None:
            self.aller.emit(demande.ecran, {})

        return Proposition(demande.libelle, faire, demande.detail, urgence=demande.urgence.value)

    def _ligne_de_tache(self, tache: Tache) -> Proposition:
        return Proposition(
            tache.libelle,
            partial(self._ouvrir, tache.dossier),
            designer_par_reference(tache.dossier),
            urgence=tache.urgence.value,
            cle=tache.dossier,
            clair=(tache.libelle, tache.titre),
            dossier=tache.dossier,
        )

    def chercher_ici(self) -> bool:
        """Ce qui est déjà tapé se remplace d'une frappe."""
        self.recherche.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.recherche.selectAll()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap efface la recherche : la suivante ne part pas de ce qu'on cherchait d'une autre personne."""
        if event.key() == Qt.Key.Key_Escape and self.recherche.montre:
            self.recherche.clear()
            self.chercher("")
            self.chercher_ici()
            return
        super().keyPressEvent(event)

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:
        """Bas, rien n'étant cherché, mène à ce qui est à faire : la page qui défile prendrait la touche."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            vers_la_liste = event.key() == Qt.Key.Key_Down and not self.recherche.montre
            if vers_la_liste and self.taches.prendre_le_clavier():
                return True
        return super().eventFilter(objet, event)

    def chercher(self, saisie: str) -> None:
        """Cherche à chaque frappe, dès deux signes."""
        self._sans_nom = False
        if (code := lire_code(saisie)) is not None:
            self._montrer_papier(code)
            return
        if len(saisie.strip()) < 2:
            self._carte_resultats.hide()
            return
        self.session.rechercher(saisie, lambda trouves: self._montrer_trouves(saisie, trouves), pour=self)

    def _chercher_de_nouveau(self) -> None:
        """L'écran a été couvert : un autre poste a pu rendre discret ce qui se montrait."""
        if not self._carte_resultats.isHidden():
            self.chercher(self.recherche.montre)

    def _chercher_seul_a_seul(self) -> None:
        """Son nom et sa naissance, d'autres les savent aussi : là-bas, un motif s'écrit d'abord."""
        self.aller.emit("seul_a_seul", {"saisie": self.recherche.montre.strip()})

    def commencer(self) -> None:
        """Une nouvelle demande, après la recherche : ce qui est tapé se propose à l'identité, à vérifier."""
        saisie = self.recherche.montre.strip()
        if len(saisie) < 2:
            self._commencer_sans_nom()
            return
        # Ce qui suffit à vérifier s'y demande : chercher « zz » n'ouvre pas la porte à qui est déjà là.
        self.aller.emit("doublons", {"saisie": saisie})

    def _commencer_sans_nom(self) -> None:
        """D'abord chercher ; le même geste, refait, crée : personne ne doit de nom à un guichet."""
        if self._sans_nom:
            if not self._regard.pose:
                return
            self._sans_nom = False
            self.session.nouveau_dossier(self._ouvrir)
            return
        self._sans_nom = True
        self._regard.paraitre()
        self.resultats.montrer(())
        self.resultats.hide()
        self._constat.setText(CHERCHEZ)
        self._carte_resultats.show()
        self.recherche.setFocus(Qt.FocusReason.OtherFocusReason)
        annoncer(self, CHERCHEZ)

    # Montrer.

    def _montrer_trouves(self, saisie: str, trouves: Sequence[Trouve]) -> None:
        if lire_code(self.recherche.text()) is not None:
            # Une recherche d'avant la fin du code, lu signe à signe : ce qui s'offre reste.
            return
        self._cherche = saisie
        self.resultats.montrer(propositions(trouves, self._ouvrir))
        self.resultats.setVisible(bool(trouves))
        constat = _constat(len(trouves))
        self._constat.setText(constat)
        self._carte_resultats.show()
        annoncer(self, constat)

    def _montrer_papier(self, code: CodeDeFormulaire) -> None:
        """Le code d'un formulaire papier : personne n'est cherché ; ce qui s'offre ouvre la saisie dans son ordre."""
        regles = self.session.regles
        connu = regles is not None and code == code_de(regles.portail)
        offre = Proposition(PAPIER, self._saisir_le_papier, f"Formulaire {code.formulaire}, version {code.version}")
        self.resultats.montrer([offre] if connu else ())
        self.resultats.setVisible(connu)
        constat = PAPIER_OUVRE if connu else PAPIER_INCONNU.format(version=code.version)
        self._constat.setText(constat)
        self._carte_resultats.show()
        annoncer(self, constat)

    def _saisir_le_papier(self) -> None:
        """Un dossier neuf : ce papier ne dit pas de qui il est, et les dossiers qui ressemblent se montrent au nom."""
        self.session.nouveau_dossier(lambda cree: self.aller.emit("entretien", {"dossier": cree, "papier": True}))

    def _montrer_recents(self, recents: Sequence[Recent]) -> None:
        self.recents.montrer(propositions(recents, self._ouvrir))
        self.recents.setVisible(bool(recents))
        self._sans_recent.setVisible(not recents)

    def _montrer_reprises(self, reprises: Sequence[Reprise]) -> None:
        while (element := self._reprises.takeAt(0)) is not None:
            if (carte := element.widget()) is not None:
                carte.deleteLater()
        # Un dossier discret n'est à reprendre que par qui le tient.
        a_moi = [un for un in reprises if not un.resume.discret or un.resume.agent == self.session.agent]
        for reprise in a_moi[:2]:
            carte = CarteReprise(reprise, datetime.now().astimezone())
            carte.reprendre.connect(self._reprendre)
            self._reprises.addWidget(carte)

    def _montrer_sans_nom(self, dossiers: Sequence[SansNom]) -> None:
        self.sans_nom.montrer(dossiers, datetime.now().astimezone())

    # Aller.

    def _ouvrir(self, identifiant: str) -> None:
        self.aller.emit("entretien", {"dossier": identifiant})

    def _reprendre(self, identifiant: str, chemin: str) -> None:
        self.aller.emit("entretien", {"dossier": identifiant, "chemin": chemin})


def _nominatifs(recents: Sequence[Recent]) -> list[Recent]:
    """Les derniers dossiers qu'une carte peut nommer : jamais un dossier discret."""
    return [un for un in recents if not un.resume.discret][:3]


def _constat(nombre: int) -> str:
    if nombre == 0:
        return "Aucun dossier à ce nom sur ce poste. Vous pouvez commencer une nouvelle demande : Ctrl N."
    combien = "1 dossier trouvé" if nombre == 1 else f"{nombre} dossiers trouvés"
    return f"{combien} sur ce poste. Ce n'est pas cette personne ? Nouvelle demande : Ctrl N."
