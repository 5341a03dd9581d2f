"""Ce que l'agent voit ou entend au premier contact : des coches, lues à voix haute par personne, écrites nulle part."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.dossier.entretien import QuestionVue
from ui.composants import GroupeChoix, Option, etiquette_aide, retirer, texte
from ui.theme import espace

TITRE = "Autre urgence, vue ou entendue"
_AIDE = "Cochez ce que vous voyez ou entendez ; ne lisez que les questions. Rien de ceci ne s'écrit."


class PageCoches(QWidget):
    """Les coches qui peuvent se montrer maintenant. ``cochees`` : leurs champs ; ``entree`` : revenir aux questions."""

    cochees = Signal(object)
    entree = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boite = QVBoxLayout(self)
        self._boite.setContentsMargins(0, 0, 0, 0)
        self._boite.setSpacing(espace(3))
        self._boite.addWidget(texte(TITRE, "titre"))
        self._boite.addWidget(etiquette_aide(_AIDE))
        self.groupe: GroupeChoix | None = None

    def montrer(self, vues: Sequence[QuestionVue], cochees: Collection[str]) -> None:
        """Montre une coche par question, celles-ci cochées."""
        self.vider()
        self.groupe = GroupeChoix(TITRE, [_option(vue) for vue in vues], description=_AIDE, multiple=True, signes=True)
        self.groupe.poser(list(cochees))
        self.groupe.choisi.connect(self.cochees)
        self.groupe.entree.connect(self.entree)
        self._boite.addWidget(self.groupe)
        self.groupe.show()

    def focus_initial(self) -> None:
        """Donne le focus à la première coche."""
        if self.groupe is not None:
            self.groupe.focus_initial()

    def vider(self) -> None:
        """Ne montre plus aucune coche."""
        groupe, self.groupe = self.groupe, None
        retirer(groupe)


def _option(vue: QuestionVue) -> Option:
    """Sous la coche, la question à lire s'il y en a une."""
    dire = vue.question.dire
    return Option(vue.chemin, vue.question.officiel, f"« {dire} »" if "?" in dire else "")
