"""L'impression d'habitude : les réglages de l'écran Imprimer, les mêmes, et combien d'exemplaires d'ordinaire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.composants import Carte, etiquette_aide
from ui.ecrans.imprimer.reglages import ReglagesImpression
from ui.mots.reglages import EXEMPLAIRES, SANS_IMPRIMANTE, dire_impression

if TYPE_CHECKING:
    from ui.etat.session import Session


class CarteImpression(Carte):
    """``dit`` : ce qui vient de changer, du fait de l'agent."""

    dit = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("Impression", icone="printer")
        self.session = session
        self.reglages = ReglagesImpression(session, d_habitude=True)
        self.constat = etiquette_aide(EXEMPLAIRES)
        self._resume = ""
        self.ajouter(self.reglages, self.constat)
        session.regle.connect(self._dire)

    def montrer(self) -> None:
        """Relit les files de ce poste."""
        self.reglages.relire()
        il_y_en_a = bool(self.reglages.offertes)
        self.reglages.setVisible(il_y_en_a)
        self.constat.setText(EXEMPLAIRES if il_y_en_a else SANS_IMPRIMANTE)
        self._resume = self.reglages.resume()

    def arreter(self) -> None:
        """On quitte l'écran : une file qui ne répond pas ne s'attend plus."""
        self.reglages.arreter()

    def _dire(self) -> None:
        resume = self.reglages.resume()
        if self.isVisible() and self._resume and resume != self._resume:
            self.dit.emit(dire_impression(resume))
        self._resume = resume
