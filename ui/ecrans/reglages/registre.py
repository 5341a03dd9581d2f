"""Le lien au registre, tel que l'écran des envois le montre ; s'y relier se fait là-bas."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from modele.synchro.etats import EtatEnvois, Lien
from ui.composants import Bouton, colonne, rangee
from ui.ecrans.envois.lien import CarteLien
from ui.etat.synchro import synchroniseur_de

if TYPE_CHECKING:
    from ui.etat.session import Session

RELIER: Final = "Relier ce poste à un registre"
VOIR: Final = "Voir les envois"


class LienAuRegistre(QWidget):
    """L'état du lien, et le chemin vers l'écran où il se change. ``aller`` : cet écran."""

    aller = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.synchro = synchroniseur_de(session)
        self.carte = CarteLien()
        self.geste = Bouton(VOIR, lambda: self.aller.emit("envois"), icone="send")
        self.setLayout(colonne(self.carte, rangee(self.geste, 1), ecart=2))
        self.synchro.change.connect(self._changer)

    def montrer(self) -> None:
        """L'état connu, puis celui que le poste relit."""
        self._peindre(self.synchro.etat or EtatEnvois(Lien.SANS_REGISTRE))
        self.synchro.rafraichir()

    def _changer(self, etat: EtatEnvois) -> None:
        if self.isVisible():
            self._peindre(etat)

    def _peindre(self, etat: EtatEnvois) -> None:
        self.carte.montrer(etat, datetime.now().astimezone())
        self.geste.renommer(RELIER if etat.lien in (Lien.SANS_REGISTRE, Lien.REVOQUE) else VOIR)
