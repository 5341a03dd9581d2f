"""« Comme le système » : le thème suit ce qu'il demande, tout de suite et tant que ce réglage est choisi.

Essais : ``tests/ui/cadre/test_suivi_couleurs.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.etat.preferences import SYSTEME
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from ui.etat.session import Session
    from ui.systeme.couleurs import CouleursDuSysteme


class SuiviDesCouleurs(QObject):
    """N'écoute le système que si l'agent s'en remet à lui."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.couleurs: CouleursDuSysteme | None = None
        session.regle.connect(self.suivre)
        self.suivre()

    def suivre(self) -> None:
        """Met en vigueur ce que le système demande, si le réglage le veut."""
        reglages = self._session.preferences
        if reglages.theme != SYSTEME:
            return
        if self.couleurs is None:
            from ui.systeme.couleurs import CouleursDuSysteme

            self.couleurs = CouleursDuSysteme(self)
            self.couleurs.change.connect(self.suivre)
        voulu = Theme(Nom(self.couleurs.voulues), reglages.echelle)
        if apparence().theme != voulu:
            apparence().appliquer(voulu)
