"""La filière du département : ce qu'elle demande, ce qui manque, ce qui se contredit avant une commission."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ui.composants import Bloc, Bouton, Carte, colonne, etiquette_aide, rangee, texte
from ui.composants.lien import Lien
from ui.mots.filiere import (
    A_REVOIR,
    NOTE_SOCIALE,
    RIEN_A_REVOIR,
    SANS_NOTE,
    TITRE,
    dire_demande,
    dire_incoherence,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from modele.bilan import Bilan
    from modele.orientation.filiere import RegleIncoherence

Aller = Callable[[str, dict[str, Any]], object]


class CarteFiliere(Carte):
    """``aller`` : vers la question à revoir, ou l'écran d'où la note sociale s'imprime."""

    def __init__(self, aller: Aller) -> None:
        super().__init__(TITRE, icone="list-checks")
        self._aller = aller
        self.note = Bouton("Note sociale", self._imprimer_la_note, icone="printer")
        self.sans_note = etiquette_aide(SANS_NOTE)
        self.ajouter(rangee(self.note, 1), self.sans_note)
        self.hide()

    def montrer(self, bilan: Bilan | None) -> None:
        """Suit ce bilan ; ``None`` : rien à montrer."""
        self.vider(3)
        self.setVisible(bilan is not None)
        if bilan is None:
            return
        from modele.orientation.filiere import demandes

        filiere = bilan.regles.territoire.filiere
        if filiere.remarque:
            self.ajouter(etiquette_aide(filiere.remarque))
        self.ajouter(*(texte(dire_demande(une)) for une in demandes(bilan.regles.filiere, filiere)))
        levees = bilan.incoherences
        self.ajouter(texte(A_REVOIR, "gras"), *(self._a_revoir(bilan, une) for une in levees))
        if not levees:
            self.ajouter(etiquette_aide(RIEN_A_REVOIR))
        self.note.setVisible(not bilan.a_taire)
        self.sans_note.setVisible(bilan.a_taire)

    def _a_revoir(self, bilan: Bilan, regle: RegleIncoherence) -> QWidget:
        """La phrase, et d'un geste chaque réponse en cause."""
        liens = [self._lien(bilan.regles.vocabulaire.fait(chemin), chemin) for chemin in regle.revoir]
        return Bloc(colonne(texte(dire_incoherence(regle)), *liens, ecart=0))

    def _lien(self, nom: str, chemin: str) -> Lien:
        lien = Lien(f"Revoir : {nom}", lambda: self._aller("entretien", {"chemin": chemin}))
        lien.setAccessibleName(f"Revoir : {nom}")
        return lien

    def _imprimer_la_note(self) -> None:
        self._aller("imprimer", {"fiches": [NOTE_SOCIALE]})
