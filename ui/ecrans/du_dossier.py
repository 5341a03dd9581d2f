"""Un écran qui suit le dossier ouvert : plus de dossier, rien n'en reste ; caché, rien ne s'y pose.

Essais : ceux de chaque écran, ``tests/ui/ecrans``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.ecrans.base import Ecran
from ui.etat.atelier import atelier_de

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from ui.etat.session import Session


class EcranDuDossier(Ecran):
    """Une sous-classe dit ``_recevoir`` et ``_fermer``, puis appelle ``_suivre`` quand ses widgets sont posés."""

    def __init__(self, nom: str, session: Session) -> None:
        super().__init__(nom, session)
        self.atelier = atelier_de(session)

    def _suivre(self) -> None:
        """À chaque bilan, l'écran se met à jour."""
        self.atelier.bilan_change.connect(self._changer)

    def _changer(self, bilan: Bilan | None) -> None:
        if bilan is None:
            self._fermer()
        elif not self.isHidden():
            self._recevoir(bilan)

    def _recevoir(self, bilan: Bilan) -> None:
        """Montre ce bilan ; l'écran est celui qu'on voit."""
        raise NotImplementedError

    def _fermer(self) -> None:
        """Plus de dossier : rien du précédent ne reste à l'écran."""
        raise NotImplementedError
