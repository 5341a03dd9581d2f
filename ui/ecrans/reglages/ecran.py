"""L'écran des réglages : une carte par sujet, chaque choix vaut à l'instant. La loi et le coffre n'y sont pas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.composants import Bouton, Colonnes, Defilement, annoncer, colonne, etiquette_aide, rangee, texte
from ui.ecrans.base import Ecran
from ui.ecrans.envois.copies import CarteCopies
from ui.ecrans.reglages.allure import CarteAllure
from ui.ecrans.reglages.clavier import CarteClavier
from ui.ecrans.reglages.impression import CarteImpression
from ui.ecrans.reglages.lieu import CarteLieu
from ui.ecrans.reglages.ouverture import CarteOuverture
from ui.ecrans.reglages.registre import LienAuRegistre
from ui.etat.copies import copieur_de
from ui.mots.reglages import ENTREE
from ui.theme import espace

if TYPE_CHECKING:
    from ui.etat.session import Session


class EcranReglages(Ecran):
    """Ce que ce poste a de réglable."""

    def __init__(self, session: Session) -> None:
        super().__init__("Réglages de ce poste", session)
        self.allure, self.ouverture = CarteAllure(session), CarteOuverture(session)
        self.lieu, self.impression = CarteLieu(session), CarteImpression(session)
        self.copies, self.registre = CarteCopies(copieur_de(session)), LienAuRegistre(session)
        self.clavier = CarteClavier()
        self.constat = etiquette_aide(ENTREE)
        self.retour = Bouton("Retour", self.rentrer, icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        for carte in (self.allure, self.ouverture, self.lieu, self.impression):
            carte.dit.connect(self._dire)
        for porte in (self.ouverture, self.lieu, self.registre):
            porte.aller.connect(lambda nom: self.aller.emit(nom, {}))
        session.regle.connect(self._relire)
        session.regles_chargees.connect(self._relire)

    def _disposer(self) -> None:
        gauche, droite = QWidget(), QWidget()
        gauche.setLayout(colonne(self.allure, self.ouverture, self.impression, 1, ecart=4))
        droite.setLayout(colonne(self.lieu, self.copies, self.registre, 1, ecart=4))
        cartes = Colonnes([(gauche, 1, 520), (droite, 1, 520)], ecart=4)
        titre = rangee(texte("Réglages de ce poste", "titre", coupe=False), 1, self.retour)
        # Hors de ce qui défile : la phrase qui confirme se voit, d'où que l'on choisisse.
        tete = colonne(titre, self.constat, ecart=2)
        tete.setContentsMargins(espace(8), espace(6), espace(8), espace(2))
        page = colonne(cartes, self.clavier, 1, ecart=4)
        page.setContentsMargins(espace(8), espace(2), espace(8), espace(8))
        self._page = Defilement(page)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.setSpacing(0)
        boite.addLayout(tete)
        boite.addWidget(self._page, 1)

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self.constat.setText(ENTREE)
        self._montrer()
        self.registre.montrer()
        copieur_de(self.session).relire()
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        # Les files se demandent une fois la page montrée : CUPS peut être lent.
        QTimer.singleShot(0, self, self._relire_les_files)

    def disparaitre(self) -> None:
        self.impression.arreter()

    def focus_initial(self) -> None:
        self.allure.themes.focus_initial()

    def chercher_ici(self) -> bool:
        """Ce qui se cherche ici : une touche."""
        self.clavier.chercher_une_touche()
        return True

    def _relire_les_files(self) -> None:
        if not self.isHidden():
            self.impression.montrer()

    def _relire(self) -> None:
        """Un réglage a changé, d'ici ou du menu de l'agent : l'écran dit celui d'aujourd'hui."""
        if self.isVisible():
            self._montrer()

    def _montrer(self) -> None:
        for carte in (self.allure, self.ouverture, self.lieu):
            carte.montrer()

    def _dire(self, phrase: str) -> None:
        self.constat.setText(f"{phrase} C'est gardé sur ce poste.")
        annoncer(self.constat, self.constat.text())
