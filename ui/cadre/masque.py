"""Après F12 ou le verrou : ce qui tient la place d'une page délicate, jusqu'à ce qu'un geste la montre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.composants import Bouton, LigneEtat, annoncer, centrer, colonne, etiquette_aide, nommer, rangee, texte
from ui.theme import Ton

if TYPE_CHECKING:
    from collections.abc import Callable

MASQUEE: Final = "Cette page revient masquée."
# La même phrase qu'il y ait eu quelque chose à oublier ou non : elle ne doit pas dire lequel.
REDEMANDER: Final = "Ce qui ne s'écrit pas a été oublié quand le poste a été couvert : redemandez-le seul à seul."


class Masque(QWidget):
    """Rien de la page, et la touche qui la montre. Le clavier est à lui, pas à un bouton : Entrée ne presse rien."""

    def __init__(self, montrer: Callable[[], object], accueil: Callable[[], object]) -> None:
        super().__init__()
        nommer(self, MASQUEE, "Alt M pour la montrer")
        self.setProperty("genre", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.montrer = Bouton("La montrer", montrer, raccourci="Alt+M", icone="eye")
        self.accueil = Bouton("Retour à l'accueil", accueil, genre="discret", montre="Alt+Home")
        corps = QWidget()
        corps.setLayout(
            colonne(
                1,
                texte(MASQUEE, "titre"),
                LigneEtat("Montrez-la quand personne d'autre ne voit l'écran.", "eye-off", Ton.NEUTRE),
                etiquette_aide(REDEMANDER),
                rangee(self.montrer, self.accueil, 1, ecart=2),
                2,
                ecart=4,
            )
        )
        boite = QVBoxLayout(self)
        boite.addLayout(centrer(corps, 560))
        self.hide()

    def prendre_le_clavier(self) -> None:
        """Se montre et le dit."""
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        annoncer(self, MASQUEE)
