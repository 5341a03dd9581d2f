"""« À faire », à l'accueil : maintenant, aujourd'hui, cette semaine ; le reste se compte et se lit d'une touche."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from modele.coffre.listes import Tranche, Voulu
from modele.dossier.dates_tenues import jusqu_ou_reporter
from ui.composants import Bloc, Bouton, Carte, Proposition, intertitre, rangee, texte
from ui.composants.flot import Flot
from ui.composants.menus import gestes_des_boutons
from ui.ecrans.choix_au_menu import ChoixAuMenu
from ui.ecrans.liste_a_faire import ListeAFaire, ouvrir_la_date
from ui.mots.echeances import MOI, PROCHES, TITRE, TOUS, Lue, dire_les_comptes, lire_a_faire

if TYPE_CHECKING:
    from ui.ecrans.base import Ecran

_LIGNES: Final = 5
"""Ce qui se lit d'un regard ; le reste se déplie, et la page seule défile."""
CALCUL_EN_COURS: Final = "Lecture des derniers dossiers…"
SANS_TACHE: Final = "Rien à faire d'ici une semaine."


class CarteAFaire(Carte):
    """La liste de l'accueil. ``accueil`` : l'écran qui la porte."""

    def __init__(self, accueil: Ecran) -> None:
        super().__init__(nom=TITRE)
        self._accueil, self.session = accueil, accueil.session
        self._lue, self._aussi, self._agent = Lue(), tuple[Proposition, ...](), ""
        self.liste = ListeAFaire(TITRE, partial(ouvrir_la_date, accueil), limite=_LIGNES)
        self.liste.autres_gestes = lambda: gestes_des_boutons(self)
        self.de = ChoixAuMenu("De", {"": TOUS}, lambda _: self._choisir(), "Alt+G")
        self.tout = Bouton("Tout voir", self._tout_voir, genre="discret", montre="Ctrl+J", description=TITRE)
        self.reporter = Bouton("Reporter…", self._reporter, genre="discret", raccourci="Alt+R", icone="clock")
        self.comptes, self.vide = texte("", "gras"), texte(CALCUL_EN_COURS, "doux")
        gestes = Flot()
        for un in (self.de, self.reporter, self.tout):
            gestes.addWidget(un)
        self.ajouter(rangee(intertitre(TITRE), 1), self.comptes, Bloc(gestes), self.liste, self.vide)
        self.liste.currentRowChanged.connect(lambda _: self._offrir())
        self._montrer()

    def relire(self) -> None:
        """Ce qui est à faire d'ici une semaine ; plus loin, son nombre. Des dates, en une requête."""
        voulu = Voulu(date.today(), PROCHES, agent=self.de.code)
        auteur, regles = self.session.auteur, self.session.regles
        self.session.avec_coffre(
            lambda coffre: (lire_a_faire(coffre, voulu, auteur, regles), coffre.comptes.ouverts()),
            lambda lus: self._recevoir(*lus), pour=self, remplace="accueil, dates",
        )  # fmt: skip

    def montrer_aussi(self, lignes: Sequence[Proposition]) -> None:
        """Ce qui presse sans être une date."""
        self._aussi = tuple(lignes)
        self._montrer()

    def tout_est_lu(self) -> None:
        """Plus rien n'est en cours de lecture : vide, la liste l'est vraiment."""
        self.vide.setText(SANS_TACHE)

    def vider_si_un_autre(self) -> None:
        """L'agent a changé : rien de ce que lisait le précédent, ni son choix."""
        if self._agent != self.session.agent:
            self._agent = self.session.agent
            self.de.offrir({"": TOUS})
            self._lue, self._aussi = Lue(), ()
            self._montrer()
        self.liste.replier()

    def prendre_le_clavier(self) -> bool:
        """Faux si rien n'est à faire."""
        if self.liste.isHidden():
            return False
        self.liste.setFocus()
        return True

    def occupee(self) -> bool:
        """Vrai si quelqu'un y choisit une ligne : la refaire sous ses doigts la changerait."""
        return self.liste.hasFocus()

    def _recevoir(self, lue: Lue, agents: Sequence[str]) -> None:
        moi = self.session.agent
        self._lue = lue
        self.de.offrir({"": TOUS, moi: MOI, **{nom: nom for nom in agents if nom != moi}})
        self._montrer()

    def _montrer(self) -> None:
        self.liste.montrer_la_page(self._lue, self.session.regles, date.today(), self._aussi)
        vide = not self.liste.count()
        self.liste.setHidden(vide)
        self.vide.setHidden(not vide)
        dits = dire_les_comptes(self._lue.page.comptes)
        self.comptes.setText(dits)
        self.comptes.setHidden(not dits)
        self._offrir()

    def _offrir(self) -> None:
        une = self.liste.sujet()
        self.reporter.setVisible(
            une is not None and not une.reportee and jusqu_ou_reporter(une.date, date.today()) is not None
        )

    def _choisir(self) -> None:
        self.liste.replier()
        self.relire()

    def _tout_voir(self) -> None:
        loin = self._lue.page.total == 0 and self._lue.page.comptes[Tranche.LOIN]
        self._aller(tranche=Tranche.LOIN.value if loin else "")

    def _reporter(self) -> None:
        if (une := self.liste.sujet()) is not None:
            self._aller(date_choisie=(une.dossier, une.date.cle), reporter=True)

    def _aller(self, **arguments: object) -> None:
        self._accueil.aller.emit("echeances", {"agent": self.de.code, **arguments})
