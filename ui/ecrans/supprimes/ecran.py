"""L'écran « Dossiers supprimés » : par référence ; un nom à la fois, d'un geste ; rendre."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.composants import (
    Bouton,
    Carte,
    Defilement,
    annoncer,
    colonne,
    etiquette_aide,
    rangee,
    retirer,
    texte,
)
from ui.composants.masques import NomMasque, masque
from ui.ecrans.base import Ecran
from ui.mots.suppressions import AUCUN, EXPLICATION, designer, dire_de_qui, dire_masque, dire_quand, dire_rendu
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.coffre.listes import Supprime
    from ui.etat.session import Session


class LigneSupprimee(Carte):
    """Un dossier supprimé. Son nom et les mots de qui l'a supprimé sont masqués, comme partout."""

    def __init__(self, un: Supprime, rendre: Callable[[Supprime], object]) -> None:
        super().__init__(designer(un))
        self.qui = NomMasque(dire_masque(un), dire_de_qui(un), ("supprime", un.dossier), un.dossier)
        self.rendre = Bouton("Rendre ce dossier", partial(rendre, un), icone="rotate-ccw", description=designer(un))
        self.ajouter(etiquette_aide(dire_quand(un)), self.qui, rangee(self.rendre, 1))


class EcranSupprimes(Ecran):
    """Ce qui se rend encore."""

    def __init__(self, session: Session) -> None:
        super().__init__("Dossiers supprimés", session)
        self.lignes: list[LigneSupprimee] = []
        self.constat = etiquette_aide("")
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._boite = QVBoxLayout()
        self._boite.setSpacing(espace(3))
        titre = rangee(texte("Dossiers supprimés", "titre", coupe=False), 1, self.retour)
        page = colonne(titre, self.constat, ecart=3, marges=8)
        page.addLayout(self._boite)
        page.addStretch(1)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self._relire()

    def disparaitre(self) -> None:
        self._vider()

    def _relire(self) -> None:
        self.session.avec_coffre(lambda coffre: coffre.supprimes(), self._montrer, pour=self, remplace="supprimes")

    def _montrer(self, supprimes: Sequence[Supprime]) -> None:
        self._vider()
        phrase = EXPLICATION if supprimes else AUCUN
        self.constat.setText(phrase)
        annoncer(self, phrase)
        for un in supprimes:
            ligne = LigneSupprimee(un, self._rendre)
            self.lignes.append(ligne)
            self._boite.addWidget(ligne)

    def _vider(self) -> None:
        masque().remasquer()
        self.lignes = []
        while (element := self._boite.takeAt(0)) is not None:
            retirer(element.widget())

    def _rendre(self, un: Supprime) -> None:
        auteur = self.session.auteur

        def rendu(_: object) -> None:
            self.alerte.emit(dire_rendu(un), Ton.COURANT)
            self._relire()

        self.session.avec_coffre(lambda coffre: coffre.rendre(un.dossier, auteur), rendu, pour=self)
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)

    def _revenir(self) -> None:
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", {})
