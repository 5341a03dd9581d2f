"""L'écran « Contingent de l'année » : les fichiers à gauche, l'état de la page choisie à droite."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout

from modele.coffre.contingents import Tenus
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    ListePropositions,
    Proposition,
    annoncer,
    colonne,
    rangee,
    retirer,
    viser,
)
from ui.composants.mise_en_page import faire_voir
from ui.ecrans.contingents.saisie import champ_date
from ui.ecrans.de_pilotage import EcranDePilotage
from ui.ecrans.flux.bilan import CarteBilan
from ui.ecrans.flux.etat import cartes
from ui.ecrans.flux.importation import CarteImport
from ui.ecrans.flux.logement import CarteLogements
from ui.etat.contingent import TOUT, Contingent, Page, etablir
from ui.mots import fichiers_bailleurs as mots
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from ui.etat.session import Session


class EcranFlux(EcranDePilotage):
    """Les fichiers gardés se listent sans se lire ; « Établir l'état » les lit, et cela s'inscrit."""

    def __init__(self, session: Session) -> None:
        super().__init__(mots.TITRE, session)
        self.pages: tuple[Page, ...] = (TOUT,)
        self.contingent: Contingent | None = None
        self.conventions = Bouton("Conventions", lambda: self.aller.emit("contingents", {}), raccourci="Alt+C")
        self.lots = ListePropositions("Fichiers des bailleurs", au_plus=4)
        self.importation = CarteImport(session)
        self.le = champ_date("État au", exemple="27/11/2026")
        self.liste_des_pages = ListePropositions("Page", au_plus=4, geste="Établir l'état")
        self.etablir = Bouton(
            "Établir l'état", self._etablir, genre="principal", icone="list-checks", raccourci="Alt+J"
        )
        self.logements = CarteLogements()
        self.bilan = CarteBilan(session)
        self._etat = QVBoxLayout()
        self._etat.setSpacing(espace(3))
        self._disposer()
        self.importation.importe.connect(self._apres_l_import)
        self.bilan.dit.connect(self.alerte)
        self.le.entree.connect(self._etablir)

    def _disposer(self) -> None:
        fichiers = Carte("Fichiers des bailleurs", icone="inbox")
        fichiers.ajouter(self.constat, self.lots)
        self._demande = Carte("Ce qu'il faut voir", icone="search")
        self._demande.ajouter(self.le, self.liste_des_pages, Bloc(rangee(self.etablir, 1)))
        pile = colonne(ecart=3)
        pile.addLayout(self._etat)
        pile.addWidget(self.bilan)
        pile.addWidget(self.logements)
        pile.addStretch(1)
        self._poser(
            Bloc(rangee(self.conventions, 1)),
            gauche=colonne(self._demande, fichiers, self.importation, 1, ecart=3),
            droite=pile,
        )

    def paraitre(self, **arguments: Any) -> None:
        self.le.poser(date.today())
        super().paraitre(**arguments)

    def focus_initial(self) -> None:
        (self.etablir if self.tenus.lots else self.importation.sorte).setFocus(Qt.FocusReason.OtherFocusReason)

    # Les fichiers gardés.

    def _recevoir(self, _choisie: str, /) -> None:
        lots = self.tenus.lots
        self.importation.show()
        self.importation.connaitre(lots)
        self.lots.montrer([Proposition(un.fichier, None, mots.dire_lot(un), un.bailleur) for un in lots])
        self.lots.setVisible(bool(lots))
        self.constat.setText("" if lots else mots.AUCUN)
        self.constat.setVisible(bool(self.constat.text()))
        self._montrer_les_pages()

    def _refuser(self, phrase: str) -> None:
        super()._refuser(phrase)
        self.importation.hide()

    def _apres_l_import(self, dit: str) -> None:
        self._oublier_l_etat()
        self.pages = (TOUT,)
        self._relire(dit)
        self.alerte.emit(dit, Ton.COURANT)

    def _montrer_les_pages(self) -> None:
        rang = max(0, self.liste_des_pages.currentRow())
        self.liste_des_pages.montrer(
            [Proposition(une.nom, self._etablir, _sorte(une)) for une in self.pages], min(rang, len(self.pages) - 1)
        )
        self._demande.setVisible(bool(self.tenus.lots))

    # L'état.

    def _etablir(self) -> None:
        if not self.le.valider() or self.le.valeur() is None:
            self.le.dire_faute(self.le.faute or mots.DATE)
            viser(self.le)
            return
        le, auteur = self.le.valeur(), self.session.auteur
        rang = self.liste_des_pages.currentRow()
        page = self.pages[rang] if 0 <= rang < len(self.pages) else TOUT
        self.session.avec_coffre(
            lambda coffre: etablir(coffre, auteur, le, page), self._montrer, pour=self, remplace="état du flux",
            echec=self._dire_echec,
        )  # fmt: skip

    def _dire_echec(self, phrase: str) -> None:
        self.constat.setText(phrase)
        self.constat.show()
        annoncer(self, phrase, pressant=True)

    def _montrer(self, contingent: Contingent) -> None:
        self._oublier_l_etat()
        self.contingent, self.pages = contingent, contingent.pages
        self._montrer_les_pages()
        regles = self.session.regles
        connues = regles.territoire.communes if regles is not None else {}
        montrees = cartes(contingent, {code: une.nom for code, une in connues.items()})
        for carte in montrees:
            self._etat.addWidget(carte)
        self.bilan.offrir(contingent.etat.le)
        siennes = [une for une in self.tenus.conventions if une.annee == contingent.etat.le.year]
        self.logements.setVisible(bool(contingent.offerts))
        self.logements.montrer(contingent.offerts, siennes, contingent.etat.le)
        annoncer(self, f"{contingent.page.nom} : {contingent.etat.totaux.attributions} attributions")
        # Agrandie, la page empile ses colonnes : l'état est loin sous le bouton qui vient de le demander.
        QTimer.singleShot(0, montrees[0], lambda: faire_voir(montrees[0]))

    def _oublier_l_etat(self) -> None:
        self.contingent = None
        while (element := self._etat.takeAt(0)) is not None:
            retirer(element.widget())
        self.bilan.oublier()
        self.logements.montrer((), (), date.today())
        self.logements.hide()

    def _vider(self) -> None:
        """Rien n'en reste à l'écran."""
        self.tenus, self.pages = Tenus(), (TOUT,)
        self._oublier_l_etat()
        self.importation.oublier()
        self.importation.connaitre(())
        self.lots.montrer(())
        self.liste_des_pages.montrer(())
        self._demande.hide()


def _sorte(page: Page) -> str:
    return "bailleur" if page.siren else "commune" if page.code_insee else ""
