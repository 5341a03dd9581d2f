"""L'écran « Chercher seul à seul » : rien ne répond tant que le motif n'est pas écrit ; rien ne reste en partant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.composants import (
    Bouton,
    Carte,
    Defilement,
    ListePropositions,
    champ,
    colonne,
    constater,
    etiquette_aide,
    raccourcis,
    rangee,
    texte,
)
from ui.composants.lignes import point
from ui.ecrans.base import Ecran
from ui.ecrans.trouves import propositions
from ui.mots.avis import AVANT, EXEMPLE, MOTIF, MOTIF_AIDE, QUI, QUI_AIDE, dire_combien
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.coffre import Trouve
    from ui.etat.session import Session


class EcranSeulASeul(Ecran):
    """Pourquoi, qui, puis la réponse. ``saisie`` : ce qui était déjà tapé à l'accueil."""

    def __init__(self, session: Session) -> None:
        super().__init__("Chercher seul à seul", session)
        self.motif = champ(MOTIF, MOTIF_AIDE)
        self.qui = champ(QUI, QUI_AIDE, exemple=EXEMPLE)
        self.constat = etiquette_aide("")
        self.resultats = ListePropositions("Dossiers trouvés seul à seul", au_plus=5)
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self.bouton = Bouton("Chercher", self._chercher, genre="principal", icone="search", montre="Ctrl+Return")
        avant = Carte("Avant de chercher", ton=Ton.ACTION)
        avant.ajouter(*(point("·", phrase) for phrase in AVANT))
        page = colonne(
            rangee(texte("Chercher seul à seul", "titre", coupe=False), 1, self.retour),
            avant, self.motif, self.qui, rangee(self.bouton, 1), self.constat, self.resultats, 1, ecart=3, marges=6,
        )  # fmt: skip
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)
        self.motif.entree.connect(lambda: self.qui.setFocus(Qt.FocusReason.OtherFocusReason))
        self.qui.entree.connect(self._chercher)
        raccourcis.poser(self, {"Ctrl+Return": self._chercher, "Ctrl+Enter": self._chercher})
        # Couvert, l'écran ne garde ni la réponse, ni ce qui était cherché : qui est en face a pu changer.
        session.ferme.connect(self._vider)

    def paraitre(self, saisie: str = "", **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self._vider()
        self.qui.poser(saisie or None)
        self.focus_initial()

    def focus_initial(self) -> None:
        self.motif.setFocus(Qt.FocusReason.OtherFocusReason)

    def disparaitre(self) -> None:
        self._vider()

    def _chercher(self) -> None:
        if not self.bouton.isEnabled():
            return
        # Chaque essai compte et se dit : une touche tenue n'en fait pas deux.
        self.bouton.setEnabled(False)
        self._effacer_la_reponse()
        self.session.chercher_seul_a_seul(self.qui.contenu, self.motif.contenu, self._montrer, self._refuser, pour=self)

    def _montrer(self, trouves: Sequence[Trouve]) -> None:
        self.bouton.setEnabled(True)
        self.resultats.montrer(propositions(trouves, self._ouvrir))
        self.resultats.setVisible(bool(trouves))
        self._dire(dire_combien(len(trouves)))
        if trouves:
            self._page.viser(self.resultats)

    def _refuser(self, phrase: str) -> None:
        self.bouton.setEnabled(True)
        self._dire(phrase)
        manque = self.qui if self.motif.contenu.strip() else self.motif
        manque.setFocus(Qt.FocusReason.OtherFocusReason)

    def _vider(self) -> None:
        self.motif.poser(None)
        self.qui.poser(None)
        self.bouton.setEnabled(True)
        self._effacer_la_reponse()

    def _effacer_la_reponse(self) -> None:
        self.resultats.montrer(())
        self.resultats.hide()
        self._dire("")

    def _dire(self, phrase: str) -> None:
        constater(self.constat, phrase, pressant=True)

    def _ouvrir(self, dossier: str) -> None:
        self.aller.emit("entretien", {"dossier": dossier})

    def _revenir(self) -> None:
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", {})
