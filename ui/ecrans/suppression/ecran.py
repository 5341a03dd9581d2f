"""L'écran « Supprimer ce dossier » : rien ne part sans une raison choisie et des mots écrits."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from modele.dossier.suppression import Raison
from ui.composants import (
    Bouton,
    Carte,
    Defilement,
    GroupeChoix,
    Option,
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
from ui.mots.dossier import nommer_dossier
from ui.mots.suppressions import CE_QUI_PART, SANS_DOSSIER, SANS_MOTS, SANS_RAISON, dire_supprime
from ui.theme import Ton

if TYPE_CHECKING:
    from ui.etat.session import Session


class EcranSuppression(Ecran):
    """Le dossier ouvert, ce qui part, pourquoi."""

    def __init__(self, session: Session) -> None:
        super().__init__("Supprimer ce dossier", session)
        self.qui = texte("", "sous_titre")
        self.constat = etiquette_aide("")
        # Deux par ligne : tout tient à l'écran, ce qui part comme le bouton.
        options = [Option(un, un.phrase, demi=True) for un in Raison]
        self.raisons = GroupeChoix("Pourquoi ce dossier s'en va", options, signes=True)
        self.mots = champ("Pourquoi, en quelques mots", "Ces mots s'effacent avec le dossier.")
        self.retour = Bouton("Ne rien supprimer", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self.supprimes = Bouton("Dossiers supprimés", lambda: self.aller.emit("supprimes", {}), raccourci="Alt+D")
        self.supprimer = Bouton("Supprimer ce dossier", self._supprimer, genre="principal", montre="Ctrl+Return")
        part = Carte("Ce qui part", ton=Ton.JOUR)
        part.ajouter(*(point("·", phrase) for phrase in CE_QUI_PART))
        gestes = rangee(self.retour, self.supprimes, 1, ecart=2)
        self._corps = (part, self.raisons, self.mots, self.supprimer)
        page = colonne(
            texte("Supprimer ce dossier", "titre"), gestes, self.qui, self.constat, *self._corps, 1, ecart=3, marges=6
        )
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)
        self.raisons.entree.connect(lambda: self.mots.setFocus(Qt.FocusReason.OtherFocusReason))
        raccourcis.poser(self, {"Ctrl+Return": self._supprimer, "Ctrl+Enter": self._supprimer})

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        ouvert = bool(self.session.dossier_id)
        self.raisons.poser(None)
        self.mots.poser(None)
        self.qui.setText(nommer_dossier(self.session.document, self.session.dossier_id) if ouvert else "")
        self._dire("" if ouvert else SANS_DOSSIER)
        for morceau in (self.qui, *self._corps):
            morceau.setVisible(ouvert)
        self.supprimer.setEnabled(ouvert)
        if ouvert:
            self.raisons.focus_initial()
        else:
            self.retour.setFocus(Qt.FocusReason.OtherFocusReason)

    def disparaitre(self) -> None:
        self.qui.setText("")
        self.mots.poser(None)

    def _supprimer(self) -> None:
        if not self.supprimer.isEnabled():
            return
        raison, mots = self.raisons.valeur(), self.mots.contenu.strip()
        if raison is None:
            self._dire(SANS_RAISON)
            self.raisons.focus_initial()
        elif not mots:
            self.mots.dire_faute(SANS_MOTS)
            self.mots.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.supprimer.setEnabled(False)
            self.session.supprimer_dossier(raison, mots, self._supprime, self._refuse)

    def _supprime(self, fin: datetime) -> None:
        self.aller.emit("accueil", {})
        self.alerte.emit(dire_supprime(fin), Ton.COURANT)

    def _refuse(self, phrase: str) -> None:
        self.supprimer.setEnabled(True)
        self._dire(phrase)
        self.alerte.emit(phrase, Ton.IMMEDIAT)

    def _dire(self, phrase: str) -> None:
        constater(self.constat, phrase, pressant=True)

    def _revenir(self) -> None:
        self.aller.emit("suivi" if self.session.dossier_id else "accueil", {})
