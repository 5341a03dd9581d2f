"""Les lignes que l'agent ne regarde que seul à seul : cachées dans tout dossier, montrées d'un geste."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.cotation.neutre import lignes_a_part
from modele.dossier.chemins import lire
from modele.dossier.questions import SEUL_A_SEUL
from modele.mots.note import DiseurDeNote
from ui.composants import Bloc, Bouton, annoncer, etiquette_aide, rangee
from ui.ecrans.cotation.lignes import groupes
from ui.ecrans.cotation.tableau import Geste, Tableau
from ui.theme import espace

if TYPE_CHECKING:
    from modele.bilan import Bilan

MONTRER: Final = "Montrer les lignes vues seul à seul"
CACHER: Final = "Cacher les lignes vues seul à seul"
AVEC_ELLES: Final = (
    "Avec ces lignes, la note serait de {note}. Elle ne s'imprime pas et ne se montre nulle part ailleurs."
)


class LignesAPart(QWidget):
    """Le geste, et ce qu'il montre. Offert dans tout dossier où l'agent a coché « seul à seul », quoi qu'on ait dit."""

    def __init__(self, prouver: Geste, demander: Geste) -> None:
        super().__init__()
        self.bouton = Bouton(MONTRER, self._basculer, icone="eye")
        self.total = etiquette_aide("")
        self.tableau = Tableau(prouver, demander, "Les lignes vues seul à seul")
        self._bilan: Bilan | None = None
        self.montrees = False
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.setSpacing(espace(3))
        for widget in (Bloc(rangee(self.bouton, 1)), self.total, self.tableau):
            boite.addWidget(widget)
        self.cacher()

    def montrer(self, bilan: Bilan | None) -> None:
        """Suit ce bilan ; sans « seul à seul », ou si la grille n'a pas de telle ligne, rien n'est offert."""
        offert = (
            bilan is not None
            and bool(bilan.regles.criteres_proteges)
            and bilan.cotation is not None
            and lire(bilan.document, SEUL_A_SEUL) is True
        )
        self._bilan = bilan if offert else None
        self.setVisible(offert)
        if offert and self.montrees:
            self._remplir()
        else:
            self.cacher()

    def cacher(self) -> None:
        """Rien ne reste, pas même caché."""
        self.montrees = False
        self.bouton.renommer(MONTRER)
        self.total.setText("")
        self.tableau.montrer(())
        self.total.hide()
        self.tableau.hide()

    def _basculer(self) -> None:
        if self.montrees:
            self.cacher()
            return
        self.montrees = True
        self._remplir()
        annoncer(self, self.total.text())

    def _remplir(self) -> None:
        bilan = self._bilan
        entiere = bilan.cotation_entiere if bilan is not None else None
        if bilan is None or entiere is None:
            return
        self.bouton.renommer(CACHER)
        self.total.setText(AVEC_ELLES.format(note=DiseurDeNote().fourchette(entiere.declaree)))
        self.tableau.montrer(groupes(bilan, lignes_a_part(entiere, bilan.regles.criteres_proteges)))
        self.total.show()
        self.tableau.show()
