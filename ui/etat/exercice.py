"""S'exercer dans les vrais écrans, sur le bac à sable : une session à part. Rien n'en va au vrai coffre.

Elle a son coffre (le bac de l'agent), son fil, son dossier ouvert, ses fichiers. De la vraie, elle ne prend que le
droit déjà chargé, le thème et le territoire. Essais : ``tests/ui/cadre/test_exercice.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.etat.session import Session
from ui.etat.travaux import Travaux

if TYPE_CHECKING:
    from modele.coffre.bac_a_sable import BacASable
    from modele.formation import Cas, EnCours


@dataclass(frozen=True, slots=True)
class Demande:
    """Jouer ce cas dans les vrais écrans. ``rendre`` : reçoit l'entretien tel qu'il est quand l'agent a fini."""

    cas: Cas
    laisse: EnCours
    rendre: Callable[[EnCours], object]


class Exercices(QObject):
    """``demande`` : un écran veut que la fenêtre d'exercice s'ouvre (``Demande``). ``a_finir`` : qu'elle se ferme."""

    demande = Signal(object)
    a_finir = Signal()


def exercices_de(session: Session) -> Exercices:
    """Ceux de cette session ; créés au premier appel."""
    return session.findChild(Exercices) or Exercices(session)


class SessionExercice(Session):
    """La session d'un exercice ; à fermer, son fil avec elle."""

    def __init__(
        self, vraie: Session, bac: BacASable, rapporter: Callable[[BaseException], str], parent: QObject
    ) -> None:
        travaux = Travaux(rapporter, parent)
        # Personne n'y répond de données : tout y est inventé, et l'écran le dit.
        super().__init__(bac.coffre.chemin.parent, travaux, vraie.preferences._replace(essai=True), parent)
        self.regles = vraie.regles
        self._tenir(bac.coffre)

    def arreter(self) -> None:
        """Ferme le bac et arrête les fils."""
        self.finir_la_reception()
        self.fermer()
        for travaux in (*self.findChildren(Travaux), self.travaux):
            travaux.arreter(oublier=True)
        self.travaux.deleteLater()
        self.deleteLater()


def est_un_exercice(session: Session) -> bool:
    """Vrai si rien de cette session n'est d'une vraie personne : son papier le dit en travers de la page."""
    return isinstance(session, SessionExercice)
