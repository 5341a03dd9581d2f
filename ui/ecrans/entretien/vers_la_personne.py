"""De l'entretien vers l'écran de la personne : la question en cours, et le bouton qui la montre.

Essais : ``tests/ui/cadre/test_ecran_tourne.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from modele.dossier.entretien import QuestionVue
from ui.composants import Bouton
from ui.ecrans.entretien.champs import PageChamps
from ui.ecrans.entretien.question import PageQuestion
from ui.etat.ecran_demandeur import ecran_demandeur_de
from ui.mots.ecran_demandeur import AIDE, OUVRIR, TOUCHE

if TYPE_CHECKING:
    from ui.composants.pile import Pile
    from ui.ecrans.entretien.parcours import Etape
    from ui.etat.session import Session


class VersLaPersonne(QObject):
    """Suit ce qui se pose. ``etape`` : celle qui se montre ; ``bouton`` : caché tant qu'il n'y a rien à offrir."""

    def __init__(self, session: Session, ecran: QWidget, pages: Pile, etape: Callable[[], Etape | None]) -> None:
        super().__init__(ecran)
        self._ecran, self._pages, self._etape = ecran, pages, etape
        self.etat = ecran_demandeur_de(session)
        self.bouton = Bouton(OUVRIR, self.etat.basculer, genre="discret", icone="monitor", montre=TOUCHE)
        self.bouton.setToolTip(AIDE)
        self.bouton.hide()
        self.etat.change.connect(self._offrir)
        pages.montree.connect(self.suivre)
        for page in pages.pages:
            if isinstance(page, PageChamps | PageQuestion):
                page.en_cours.connect(self.suivre)

    def suivre(self) -> None:
        """Dit la question qui se pose maintenant ; aucune, si la page montrée n'en pose pas ou n'est pas à l'écran."""
        vue, etape = self._vue(), self._etape()
        self.etat.poser(None if vue is None or etape is None else (etape.section, vue.question))

    def taire(self) -> None:
        """L'entretien est quitté."""
        self.etat.poser(None)

    def _vue(self) -> QuestionVue | None:
        page = self._pages.courante
        if self._ecran.isHidden():
            return None
        return page.posee if isinstance(page, PageChamps | PageQuestion) else None

    def _offrir(self) -> None:
        if self.bouton.text() != self.etat.geste:
            self.bouton.renommer(self.etat.geste)
        self.bouton.setVisible(self.etat.possible)
