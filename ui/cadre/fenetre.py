"""La fenêtre : barre haute, bandeau, pile d'écrans, barre basse. Son titre est toujours neutre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.cadre.barres import BarreBasse, BarreHaute
from ui.composants import BandeauAlerte, Defilement, nommer
from ui.composants.annonces import page_neuve
from ui.ecrans import declaration, fabriquer
from ui.ecrans.base import Ecran
from ui.etat.session import Session
from ui.theme import Ton

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent

    from modele.synchro.etats import EtatEnvois
    from ui.cadre.actions import Action
    from ui.cadre.masque import Masque

TITRE = "Perron"
RESSEMBLANCE = "Cette personne a peut-être déjà un dossier dans un autre guichet."
A_DEPARTAGER = "Dans ce dossier, des réponses diffèrent d'un guichet à l'autre. Toutes sont gardées."
PAS_ENREGISTRE = "Des réponses ne sont pas enregistrées. Réessayez ; quitter de nouveau les abandonne."
UN_SORTI = "Un fichier enregistré est encore sur ce poste, hors du coffre."
DES_SORTIS = "{} fichiers enregistrés sont encore sur ce poste, hors du coffre."
OU_GARDER = " Quitter de nouveau les garde."


class _Milieu(QVBoxLayout):
    """Ce qu'il y a entre les deux barres. Un écran bas (ou grossi deux fois) le fait défiler, les barres se voient."""

    def hasHeightForWidth(self) -> bool:
        # Sinon la place voulue serait celle de la page entière, et la fenêtre défilerait autour d'une page qui défile.
        return False


class Fenetre(QMainWindow):
    """La fenêtre de l'agent. ``aller`` change d'écran ; ``ajouter_action`` offre un geste au clavier et en palette.

    ``ecran_change`` : le nom de l'écran qui vient de paraître.
    """

    ecran_change = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.actions_offertes: dict[str, Action] = {}
        self._qactions: dict[str, QAction] = {}
        self._ecrans: dict[str, Ecran] = {}
        self._prevenu = self._sortis_dits = False
        self._masque: Masque | None = None
        self._retour: QWidget | None = None
        self._fait = ""
        self._journalise = False
        self.setWindowTitle(TITRE)
        nommer(self, TITRE)
        self._montre = ""
        self.barre_haute = BarreHaute(
            lambda: self.agir("palette"), lambda: self.agir("menu_agent"), lambda: self.agir("neutre")
        )
        self.barre_basse = BarreBasse()
        self.bandeau = BandeauAlerte()
        self.pile = QStackedWidget()
        self._disposer()
        self.resize(1366, 768)
        self._brancher()

    def _disposer(self) -> None:
        centre = QWidget()
        centre.setProperty("genre", "page")
        boite = QVBoxLayout(centre)
        self._milieu = _Milieu()
        for une in (boite, self._milieu):
            une.setContentsMargins(0, 0, 0, 0)
            une.setSpacing(0)
        self.bandeau.setProperty("place", "fenetre")
        self._milieu.addWidget(self.bandeau)
        self._milieu.addWidget(self.pile, 1)
        boite.addWidget(self.barre_haute)
        boite.addWidget(Defilement(self._milieu), 1)
        boite.addWidget(self.barre_basse)
        self.setCentralWidget(centre)

    def _brancher(self) -> None:
        session = self.session
        session.ouvert.connect(self._ouvrir)
        session.ferme.connect(self._permettre)
        session.ferme.connect(_remasquer)
        session.rouvert.connect(self._permettre)
        session.regles_chargees.connect(self._situer)
        session.regle.connect(self.dire_l_usage)
        session.enregistre.connect(self.barre_basse.dire_enregistre)
        session.agent_change.connect(self._changer_d_agent)
        session.saisie_bloquee.connect(self._bloquer)
        session.saisie_libre.connect(self._liberer)
        session.dossier_change.connect(self._montrer_dossier)
        session.dossier_parti.connect(self._quitter_dossier)
        session.refus_du_gel.connect(self._dire_le_gel)
        session.travaux.erreur.connect(lambda phrase: self.bandeau.dire(phrase))

    # Écrans.

    @property
    def ecran(self) -> str:
        """Le nom de l'écran montré."""
        courant = self.pile.currentWidget()
        return next((nom for nom, ecran in self._ecrans.items() if ecran is courant), "")

    def aller(self, nom: str, arguments: dict[str, Any] | None = None) -> Ecran:
        """Montre l'écran ``nom`` (fabriqué à sa première visite) et lui passe ``arguments``.

        Lève ``KeyError`` si aucun écran ne porte ce nom (``ui.ecrans.declares``).
        """
        nom, arguments = self._malgre_le_gel(nom, arguments)
        self._retirer_le_masque()
        _remasquer()
        voulu = self.tenir(nom)
        if self.ecran != nom and (ancien := self._ecrans.get(self.ecran)):
            ancien.disparaitre()
            self._laisser_ce_qui_est_fait()
            if ancien.venu_de != nom:
                # Revenir n'est pas venir : deux écrans qui mènent l'un à l'autre se renverraient sans fin.
                voulu.venu_de = "" if self.ecran == "ouverture" else self.ecran
        self._lacher_le_clavier()
        self.pile.setCurrentWidget(voulu)
        if self._montre:
            self._nommer_la_personne(self.session.document)
        voulu.paraitre(**(arguments or {}))
        if self.pile.currentWidget() is voulu:
            # Au tour suivant : ce à quoi la page a donné le clavier peut ne pas se voir encore, et Qt le lui garde.
            QTimer.singleShot(0, voulu, lambda: self._donner_le_clavier(voulu))
            if self.isVisible():
                # Avant la première image, personne ne lit encore : Qt dira lui-même la fenêtre, et où est le clavier.
                page_neuve(self)
            self.ecran_change.emit(nom)
        return voulu

    def _donner_le_clavier(self, ecran: Ecran) -> None:
        if self.isActiveWindow() and QApplication.focusWidget() is None and self.pile.currentWidget() is ecran:
            ecran.focus_initial()

    def _lacher_le_clavier(self) -> None:
        """Page cachée, Qt l'enverrait au premier bouton venu, qu'un lecteur d'écran dirait avant la page nouvelle."""
        ici = QApplication.focusWidget()
        if ici is not None and self.pile.isAncestorOf(ici):
            ici.clearFocus()

    @property
    def tenus(self) -> Mapping[str, Ecran]:
        """Les écrans déjà fabriqués, par leur nom."""
        return self._ecrans

    def tenir(self, nom: str) -> Ecran:
        """L'écran ``nom``, fabriqué s'il ne l'est pas encore ; il ne se montre pas."""
        if nom not in self._ecrans:
            ecran = fabriquer(nom, self.session)
            ecran.aller.connect(self.aller)
            ecran.alerte.connect(self._alerter)
            self._ecrans[nom] = ecran
            self.pile.addWidget(ecran)
        return self._ecrans[nom]

    def _alerter(self, phrase: str, ton: Ton) -> None:
        self.bandeau.dire(phrase, ton)
        self._fait = phrase if ton in (Ton.COURANT, Ton.NEUTRE) else ""

    def _laisser_ce_qui_est_fait(self) -> None:
        """« C'est fait » est de la page d'avant ; une faute, une référence à noter suivent jusqu'à « Compris »."""
        fait, self._fait = self._fait, ""
        if fait and self.bandeau.phrase == fait:
            self.bandeau.oublier()

    def _malgre_le_gel(self, nom: str, arguments: dict[str, Any] | None) -> tuple[str, dict[str, Any] | None]:
        """Un dossier gelé à la demande de la personne ne sert plus : la page qui s'en servirait mène à ses droits."""
        if not (self.session.gele and self.session.dossier_id and declaration(nom).usage):
            return nom, arguments
        self._dire_le_gel()
        return "droits", None

    def _dire_le_gel(self) -> None:
        from ui.mots.droits import GEL_REFUSE

        self.bandeau.dire(GEL_REFUSE, Ton.JOUR)

    def porter(self, bande: QWidget) -> None:
        """Pose une bande entre le bandeau et l'écran : la page reste dessous, elle ne la cache pas."""
        self._milieu.insertWidget(self._milieu.indexOf(self.pile), bande)

    @property
    def delicate(self) -> bool:
        """La page montrée porte une réponse délicate, ou est déjà masquée."""
        ecran = self._ecrans.get(self.ecran)
        return self._masque is not None or (ecran is not None and ecran.delicat)

    def masquer(self, retour: QWidget | None) -> None:
        """La page montrée attend derrière un geste ; elle rendra le clavier à ``retour``."""
        from ui.cadre.masque import Masque

        self._retour = self._retour if self._masque is not None else retour
        if self._masque is None:
            self._masque = Masque(self.demasquer, lambda: self.agir("accueil"))
            self._milieu.insertWidget(self._milieu.indexOf(self.pile), self._masque, 1)
        self.pile.hide()
        self._masque.prendre_le_clavier()

    def demasquer(self) -> None:
        """Montre la page masquée, le clavier où il était."""
        retour, self._retour = self._retour, None
        self._retirer_le_masque()
        self.rendre_le_clavier(retour)

    def rendre_le_clavier(self, voulu: QWidget | None) -> None:
        """Le clavier revient d'où il venait, si cela se montre encore ; sinon au premier geste de la page."""
        from shiboken6 import isValid

        if voulu is not None and isValid(voulu) and voulu.isVisible() and voulu.isEnabled():
            voulu.setFocus()
        elif (ecran := self._ecrans.get(self.ecran)) is not None:
            ecran.focus_initial()

    def _retirer_le_masque(self) -> None:
        if self._masque is not None:
            masque, self._masque = self._masque, None
            masque.hide()
            masque.deleteLater()
            self.pile.show()

    def aide_de_l_ecran(self) -> bool:
        """F1 : vrai si l'écran montré a répondu de lui-même."""
        return (ecran := self._ecrans.get(self.ecran)) is not None and ecran.aider()

    def chercher_ici(self) -> bool:
        """Ctrl+F : vrai si l'écran montré a sa propre recherche."""
        return (ecran := self._ecrans.get(self.ecran)) is not None and ecran.chercher_ici()

    def rendre_discret(self) -> None:
        """Le geste de l'agent, sur ce que l'écran montré tient ouvert."""
        if (ecran := self._ecrans.get(self.ecran)) is not None:
            ecran.rendre_discret()

    # Actions.

    def ajouter_action(self, action: Action) -> None:
        """Offre ``action`` : son raccourci marche dans toute la fenêtre, la palette la propose."""
        from PySide6.QtGui import QAction, QKeySequence

        self.actions_offertes[action.id] = action
        geste = QAction(action.libelle, self)
        # Une touche restée enfoncée n'est pas un geste refait.
        geste.setAutoRepeat(False)
        if action.raccourci:
            geste.setShortcut(QKeySequence(action.raccourci))
        geste.triggered.connect(lambda *_: action.faire())
        geste.setEnabled(self.session.est_ouverte or not action.ouvert)
        self.addAction(geste)
        self._qactions[action.id] = geste

    def focusNextPrevChild(self, suivant: bool) -> bool:
        """La touche Tab suit les yeux, d'un bout à l'autre de la fenêtre."""
        from ui.composants.tabulation import passer

        return passer(self, avant=suivant)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ce qu'un champ n'avait plus à défaire ou à refaire l'est dans le dossier ; la touche Menu et Maj+F10."""
        from PySide6.QtGui import QKeySequence

        from ui.composants.menus import demande_un_menu, demander_le_menu

        if demande_un_menu(event):
            demander_le_menu()
            return

        for cle, geste in ((QKeySequence.StandardKey.Undo, "annuler"), (QKeySequence.StandardKey.Redo, "refaire")):
            if event.matches(cle):
                self.agir(geste)
                return
        super().keyPressEvent(event)

    def geste(self, identifiant: str) -> QAction:
        """L'action Qt de ``identifiant``, pour un menu."""
        return self._qactions[identifiant]

    def actions_possibles(self) -> list[Action]:
        """Ce qui s'offre maintenant."""
        return [a for nom, a in self.actions_offertes.items() if self._qactions[nom].isEnabled() and a.si()]

    def agir(self, identifiant: str) -> None:
        """Fait l'action ``identifiant`` si elle est possible maintenant."""
        if (geste := self._qactions.get(identifiant)) is not None and geste.isEnabled():
            geste.trigger()

    def _permettre(self) -> None:
        """Ce qu'on peut faire dépend du coffre : fermé, il n'y a rien à chercher, ni dossier à désigner.

        Rouvert sur l'écran d'ouverture (le code de secours n'est pas retapé, F12 l'a couvert), personne n'est entré.
        """
        entre = self.session.est_ouverte and self.ecran != "ouverture"
        self.barre_haute.ouvrir(self.session.agent if entre else "")
        self._montrer_dossier(self.session.document if self.session.est_ouverte else {})
        for identifiant, geste in self._qactions.items():
            geste.setEnabled(entre or not self.actions_offertes[identifiant].ouvert)

    # Ce qui arrive.

    def _changer_d_agent(self) -> None:
        """L'heure de ce qu'un autre a enregistré n'est pas la sienne ; ce qui ne l'est pas encore se dit toujours."""
        if not self.session.non_enregistrees:
            self.barre_basse.oublier()

    def _ouvrir(self) -> None:
        self.barre_basse.oublier()
        self._inscrire_les_noms_lus()
        self.aller("accueil")
        self._permettre()

    def _inscrire_les_noms_lus(self) -> None:
        from ui.composants.masques import masque

        if not self._journalise:
            self._journalise = True
            masque().lu.connect(self._noter_un_nom)

    def _noter_un_nom(self, dossier: str) -> None:
        """Lire le nom de quelqu'un dans une liste s'écrit à son journal, comme l'ouvrir."""
        from modele.dossier.acces import Acces

        agent = self.session.agent
        self.session.avec_coffre(
            lambda coffre: coffre.noter_acces(agent, Acces.DEMASQUER, dossier), lambda _: None, pour=self
        )

    def _situer(self) -> None:
        from ui.mots.territoires import statut_des_regles

        if (regles := self.session.regles) is not None:
            self.barre_haute.situer(regles.territoire.nom, statut_des_regles(regles))

    def dire_l_usage(self) -> None:
        """Essai, ou pour de vrai. Une pastille peinte fabrique les énumérations de Qt : après la première image."""
        self.barre_haute.dire_essai(self.session.preferences.essai)

    def dire_envois(self, etat: EtatEnvois) -> None:
        """Dit, en bas, où en sont les envois."""
        from datetime import datetime

        from ui.mots.envois import pied

        dit = pied(etat, datetime.now().astimezone())
        self.barre_basse.dire_envois(dit.phrases, dit.icone, dit.ton)

    def dire_ressemblance(self, dossier: str) -> None:
        """La personne du dossier ouvert en a peut-être un autre : le proposer, sans rien interrompre."""
        if dossier == self.session.dossier_id:
            self.bandeau.dire(RESSEMBLANCE, Ton.SEMAINE, "Voir", lambda: self._suivre("doublons"))

    def dire_a_departager(self, dossier: str) -> None:
        """Le dossier ouvert a des réponses qui diffèrent : le proposer, sans rien interrompre."""
        if dossier == self.session.dossier_id and self.ecran != "divergences":
            self.bandeau.dire(A_DEPARTAGER, Ton.SEMAINE, "Départager", lambda: self._suivre("divergences"))

    def _suivre(self, ecran: str) -> None:
        self.bandeau.taire()
        self.aller(ecran)

    def _quitter_dossier(self, phrase: str) -> None:
        """Le dossier ouvert n'est plus sur ce poste : aucun écran n'en garde rien."""
        self.aller("accueil")
        self.bandeau.dire(phrase, Ton.JOUR)

    def dire_compte_ferme(self, phrase: str) -> None:
        """Plus rien de ce qui était ouvert ne se montre : un autre agent peut prendre la place."""
        self.aller("ouverture")
        self._changer_d_agent()
        self.bandeau.dire(phrase, Ton.JOUR)

    def _bloquer(self, phrase: str) -> None:
        self.pile.setEnabled(False)
        self.barre_basse.dire_echec()
        # La saisie est fermée jusque-là : « Réessayer » doit rester sous la main.
        self.bandeau.dire(phrase, Ton.IMMEDIAT, "Réessayer", self.session.reessayer, tenir=True)

    def _liberer(self) -> None:
        self.pile.setEnabled(True)
        self._prevenu = False
        self.bandeau.taire()

    def _nommer_la_personne(self, document: dict[str, Any]) -> None:
        """Chez qui l'on est ; un écran de pilotage ne le dit pas, et le dossier reste ouvert."""
        from ui.mots.dossier import dire_numero, nommer_dossier

        montre = self._ecrans.get(self.ecran)
        dit = {} if montre is not None and montre.tait_la_personne else document
        self.barre_haute.tenir(nommer_dossier(dit, self.session.dossier_id) if dit else "")
        self.barre_basse.dire_dossier(dire_numero(dit))

    def _montrer_dossier(self, document: dict[str, Any]) -> None:
        from ui.mots.dossier import dire_a_noter, reste_a_noter

        if self._montre not in ("", self.session.dossier_id):
            # Ce qui a été dit d'une personne part avec elle : la suivante ne le lit pas.
            self.bandeau.oublier()
            self._proposer_d_effacer()
        elif self.bandeau.phrase == dire_a_noter(self.session.dossier_id) and not reste_a_noter(document):
            # L'en-tête désigne désormais le dossier : la page reprend sa place.
            self.bandeau.oublier()
        self._montre = self.session.dossier_id
        self._nommer_la_personne(document)
        self.bandeau.passer()
        if self.session.gele and self.ecran and declaration(self.ecran).usage:
            # Gelé d'un autre poste pendant qu'on y écrivait.
            self.aller(self.ecran)

    def _proposer_d_effacer(self, suite: str = "") -> bool:
        """Des PDF enregistrés pour la personne qui part sont encore là : vrai s'il faut répondre. Rien ne les nomme."""
        combien = self.session.sortis.restent
        if combien:
            phrase = UN_SORTI if combien == 1 else DES_SORTIS.format(combien)
            self.bandeau.dire(phrase + suite, Ton.JOUR, "Effacer", self._effacer_les_sortis)
        return bool(combien)

    def _effacer_les_sortis(self) -> None:
        if phrase := self.session.sortis.effacer():
            self.bandeau.dire(phrase, Ton.JOUR)
        else:
            self.bandeau.taire()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session.non_enregistrees and not self._prevenu:
            self._prevenu = True
            self.bandeau.dire(PAS_ENREGISTRE, Ton.IMMEDIAT, "Réessayer", self.session.reessayer, tenir=True)
            event.ignore()
            return
        if not self._sortis_dits and self._proposer_d_effacer(OU_GARDER):
            self._sortis_dits = True
            event.ignore()
            return
        if ancien := self._ecrans.get(self.ecran):
            ancien.disparaitre()
        self.session.fermer()
        super().closeEvent(event)


def _remasquer() -> None:
    """Un écran quitté, un poste couvert ou verrouillé : plus un nom à découvert."""
    from ui.composants.masques import masque

    masque().remasquer()
