"""La fenêtre d'exercice : les vrais écrans sur le bac à sable, la personne jouée à côté, la couleur et le mot partout.

Une fenêtre à part : le vrai poste reste derrière, sans dossier ouvert. Couvert, verrouillé ou fermé, il ferme
l'exercice. Essais : ``tests/ui/cadre/test_exercice.py``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QFrame, QWidget

from ui.cadre.actions import Action
from ui.cadre.fenetre import Fenetre
from ui.cadre.retours import annuler, refaire
from ui.composants import Bouton, Defilement, changer_propriete, colonne, nommer, rangee, texte
from ui.composants.accessibilite import installer
from ui.composants.mise_en_page import faire_voir
from ui.ecrans import declaration
from ui.ecrans.base import Ecran
from ui.ecrans.formation.entretien import PageEntretien
from ui.etat.exercice import Demande, SessionExercice, exercices_de
from ui.mots.formation import FICTIF, FORMATION
from ui.theme import Ton
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from modele.coffre import Coffre
    from modele.coffre.bac_a_sable import BacASable
    from ui.cadre.couverture import Couverture
    from ui.etat.session import Session

ECRANS: Final = ("accueil", "entretien", "cotation", "orientation", "imprimer")
"""Ceux de l'exercice. Aucun autre ne s'y ouvre : ni envois, ni réglages, ni comptes, ni papier sans sa marque."""
AILLEURS: Final = "« {} » n'est pas de l'exercice : il s'apprend dans les étapes du cas."
_LARGEUR: Final = 330
_PART: Final = 0.34
_SANS_FIN: Final = 16_777_215
"""Ce que Qt appelle sans limite."""


class FenetreExercice(Fenetre):
    """``finie`` : l'agent a terminé ; ``jeu`` garde ce qui s'est dit."""

    finie = Signal()

    def __init__(self, session: SessionExercice, demande: Demande, couvrir: Callable[[], object]) -> None:
        super().__init__(session)
        self.exercice = session
        self.jeu = PageEntretien(demande.cas)
        self.jeu.remettre(demande.laisse)
        # Ce qui suit l'entretien se joue dans l'écran de formation : ici, on termine.
        self.jeu.suite.hide()
        self.jeu.ouvrir.hide()
        centre = self.centralWidget()
        assert centre is not None
        changer_propriete(centre, "ton", Ton.FORMATION.value)
        self._marquer()
        self._mettre_a_cote()
        self._offrir(couvrir)
        self.barre_haute.agent.hide()
        installer(self)

    def _marquer(self) -> None:
        """Le mot et la couleur, au-dessus de chaque écran, tout le temps ; le mot aussi dans son titre.

        Un lecteur d'écran et la barre des tâches nommeraient sinon deux fenêtres de même.
        """
        self.setWindowTitle(f"{self.windowTitle()}, {FORMATION.lower()}")
        self.marque = QFrame()
        self.marque.setProperty("genre", "carte")
        self.marque.setProperty("ton", Ton.FORMATION.value)
        nommer(self.marque, f"{FORMATION}. {FICTIF}")
        self.terminer = Bouton("Terminer l'exercice", self.close, icone="check", raccourci="Ctrl+Return")
        ligne = rangee(
            texte(FORMATION, "titre", Ton.FORMATION, coupe=False), texte(FICTIF), self.terminer, ecart=4, marges=2
        )
        ligne.setStretch(1, 1)
        self.marque.setLayout(ligne)
        self.porter(self.marque)

    def _mettre_a_cote(self) -> None:
        cote = QDockWidget("La personne", self)
        cote.setObjectName("personne")
        cote.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        cote.setTitleBarWidget(QWidget())
        defile = Defilement(colonne(self.jeu))
        cote.setWidget(defile)
        self._cote = cote
        self._serrer()
        apparence().change.connect(self._serrer)

    def _serrer(self) -> None:
        """À droite ; sous l'écran quand le texte grossi n'y laisserait pas sa place au vrai écran."""
        large, zones = apparence().theme.px(_LARGEUR), Qt.DockWidgetArea
        dessous = large > self.width() * _PART
        voulue = zones.BottomDockWidgetArea if dessous else zones.RightDockWidgetArea
        if self.dockWidgetArea(self._cote) != voulue:
            self.addDockWidget(voulue, self._cote)
        self._cote.setMinimumSize(0 if dessous else large, 0)
        self._cote.setMaximumSize(*((_SANS_FIN, round(self.height() * _PART)) if dessous else (large, _SANS_FIN)))
        self.resizeDocks([self._cote], [round(self.height() * _PART)], Qt.Orientation.Vertical)
        QTimer.singleShot(0, self.jeu, lambda: faire_voir(self.jeu.question))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_cote"):
            self._serrer()

    def _offrir(self, couvrir: Callable[[], object]) -> None:
        for nom in ECRANS:
            dit = declaration(nom)
            self.ajouter_action(
                Action(nom, dit.libelle, partial(self.aller, nom), dit.touche, dit.icone, dit.detail, mots=dit.mots)
            )
        self.ajouter_action(Action("annuler", "Annuler la dernière réponse", partial(annuler, self), "Ctrl+Z"))
        self.ajouter_action(Action("refaire", "Refaire ce qui a été annulé", partial(refaire, self), "Ctrl+Y"))
        self.ajouter_action(Action("palette", "Rechercher", self._chercher, "Ctrl+K", "search"))
        self.ajouter_action(Action("personne", "Parler à la personne", self.jeu.focus_initial, "Ctrl+J", "users"))
        self.ajouter_action(Action("neutre", "Page neutre", couvrir, "", "calendar", ouvert=False))

    def _chercher(self) -> None:
        from ui.cadre.gestes import ouvrir_palette

        ouvrir_palette(self)

    def aller(self, nom: str, arguments: dict[str, Any] | None = None) -> Ecran:
        """Un écran de l'exercice ; un autre se refuse, et l'on reste où l'on est."""
        if nom not in ECRANS:
            self.bandeau.dire(AILLEURS.format(declaration(nom).libelle), Ton.JOUR, passager=True)
            nom, arguments = self.ecran or "accueil", None
        return super().aller(nom, arguments)

    def commencer(self) -> None:
        """Un dossier d'exercice neuf, dans le vrai entretien."""
        self.session.entrer()
        self.session.nouveau_dossier(lambda cree: self.aller("entretien", {"dossier": cree}))
        self.show()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            self.finie.emit()


class Exercice(QObject):
    """Ouvre la fenêtre d'exercice à la demande d'un écran, une à la fois, et la ferme avec le poste."""

    def __init__(self, fenetre: Fenetre, couverture: Couverture, rapporter: Callable[[BaseException], str]) -> None:
        super().__init__(fenetre)
        self._session: Session = fenetre.session
        self._poste, self._couverture, self._rapporter = fenetre, couverture, rapporter
        self._demande: Demande | None = None
        self.fenetre: FenetreExercice | None = None
        exercices = exercices_de(self._session)
        exercices.demande.connect(self.ouvrir)
        exercices.a_finir.connect(self.finir)
        self._session.avant_fermeture.connect(self.finir)
        self._session.agent_change.connect(self.finir)

    def ouvrir(self, demande: Demande) -> None:
        """Le bac s'ouvre à côté, puis la fenêtre ; déjà ouverte, elle vient devant."""
        if self.fenetre is not None:
            self.fenetre.activateWindow()
            return
        from modele.coffre import bac_a_sable

        auteur = self._session.auteur

        def ouvrir_le_bac(coffre: Coffre) -> BacASable:
            return bac_a_sable.ouvrir(coffre, auteur)

        self._session.avec_coffre(
            ouvrir_le_bac, lambda bac: self._montrer(bac, demande), pour=self, remplace="exercice"
        )

    def _montrer(self, bac: BacASable, demande: Demande) -> None:
        if self.fenetre is not None or not self._session.est_ouverte:
            bac.fermer()
            return
        self._demande = demande
        session = SessionExercice(self._session, bac, self._rapporter, self)
        self.fenetre = FenetreExercice(session, demande, self._couverture.cacher)
        self.fenetre.setGeometry(self._poste.geometry())
        self.fenetre.finie.connect(self.finir)
        self.fenetre.commencer()

    def finir(self) -> None:
        """L'entretien revient au cas ; le bac se ferme. Sans effet si aucun exercice n'est ouvert."""
        fenetre, demande, self.fenetre, self._demande = self.fenetre, self._demande, None, None
        if fenetre is None or demande is None:
            return
        demande.rendre(fenetre.jeu.laisse(demande.laisse))
        fenetre.hide()
        fenetre.deleteLater()
        fenetre.exercice.arreter()
        if self._session.est_ouverte:
            self._poste.activateWindow()
