"""Les copies de secours, à côté de l'écran : un fil à elles, une par jour, pendant qu'on travaille.

Ni la fenêtre ni le fil du coffre ne les attendent. Essais : ``tests/ui/ecrans/test_ecran_copies.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ui.etat.travaux import Travaux

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.coffre.copies import EtatDesCopies
    from ui.etat.session import Session

APRES_L_ENTREE_MS: Final = 20_000
"""Entré, l'agent cherche quelqu'un : la copie attend qu'il l'ait trouvé."""
CHAQUE_MS: Final = 60 * 60_000
"""Un poste reste ouvert des jours : d'heure en heure, on regarde si une copie est due."""
_PATIENCE_S: Final = 3.0
"""À la sortie, une copie en cours s'abandonne : la suivante balaie ce qu'elle laisse."""


class Copieur(QObject):
    """``change`` : l'``EtatDesCopies`` à montrer. ``reprise`` : ce qui a été repris d'un coffre abîmé (phrase)."""

    change = Signal(object)
    reprise = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.etat: EtatDesCopies | None = None
        self._coffre: Coffre | None = None
        self._fil: Travaux | None = None
        self._dite = ""
        self._minuterie = QTimer(self)
        self._minuterie.setSingleShot(True)
        self._minuterie.timeout.connect(self.copier)
        session.ouvert.connect(self._entrer)
        session.rouvert.connect(self._entrer)
        session.ferme.connect(self._quitter)

    def copier(self) -> None:
        """Fait la copie si elle est due."""
        self._faire(lambda coffre: coffre.copier_s_il_le_faut())

    def copier_maintenant(self) -> None:
        """En fait une, même s'il y en a déjà une aujourd'hui."""
        self._faire(lambda coffre: coffre.copier_s_il_le_faut(tout_de_suite=True))

    def choisir(self, endroit: Path | None, echec: Callable[[str], object]) -> None:
        """Le second endroit des copies (``None`` : aucun)."""
        self._faire(lambda coffre: coffre.copier_ailleurs(str(endroit or "")), echec)

    def _entrer(self) -> None:
        def tenir(coffre: Coffre) -> None:
            self._coffre = coffre
            if coffre.reprise and coffre.reprise != self._dite:
                self._dite = coffre.reprise
                self.reprise.emit(coffre.reprise)
            self._minuterie.start(APRES_L_ENTREE_MS)

        self.session.avec_coffre(lambda coffre: coffre, tenir, pour=self)

    def _quitter(self) -> None:
        self._minuterie.stop()
        self._coffre = None

    def _faire(self, geste: Callable[[Coffre], EtatDesCopies], echec: Callable[[str], object] | None = None) -> None:
        coffre = self._coffre
        if coffre is None:
            return
        if self._fil is None:
            self._fil = Travaux(_rapporter, self, patience=_PATIENCE_S)

        def rater(phrase: str) -> None:
            self._relire(phrase)
            if echec is not None:
                echec(phrase)

        self._minuterie.start(CHAQUE_MS)
        self._fil.lancer(lambda: geste(coffre), self._montrer, rater, pour=self)

    def _montrer(self, etat: EtatDesCopies) -> None:
        self.etat = etat
        self.change.emit(etat)

    def relire(self) -> None:
        """Relit où en sont les copies, sans en faire."""
        self._relire(self.etat.panne if self.etat is not None else "")

    def _relire(self, panne: str) -> None:
        self.session.avec_coffre(lambda coffre: coffre.etat_des_copies(panne), self._montrer, pour=self)


def copieur_de(session: Session) -> Copieur:
    """Le copieur de cette session ; créé au premier appel."""
    return session.findChild(Copieur) or Copieur(session)


def _rapporter(panne: BaseException) -> str:
    import sys

    sys.excepthook(type(panne), panne, panne.__traceback__)
    return "La copie de secours n'a pas pu se faire : Perron a rencontré une panne. Le coffre est intact."
