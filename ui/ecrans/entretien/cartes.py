"""Des cartes aussi hautes que leur texte, et qui ne se refont que si ce qu'elles montrent a changé."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.composants import Bouton, Carte, intertitre, rangee
from ui.theme.icones import Icone


class CarteVivante(Carte):
    """Une carte tenue à jour. ``demander`` : aller à ce champ ; ``voir`` : aller à cet écran.

    ``refaites`` : combien de fois son contenu a été refait.
    """

    demander = Signal(str)
    voir = Signal(str)

    def __init__(self, titre: str) -> None:
        super().__init__(nom=titre)
        self.entete = rangee(intertitre(titre), ecart=1)
        self.entete.setStretch(0, 1)
        self.ajouter(self.entete)
        self._vu: object = None
        self.refaites = 0

    def offrir(self, mot: str, ecran: str) -> Bouton:
        """Un bouton à côté du titre, vers un autre écran ; caché tant qu'il n'a rien à montrer."""
        bouton = Bouton(mot, lambda: self.voir.emit(ecran), genre="discret", description=self.accessibleName())
        bouton.hide()
        self.entete.addWidget(bouton)
        return bouton

    def remplacer(self, vu: object, remplir: Callable[[], object]) -> bool:
        """Refait la carte par ``remplir`` si ``vu`` diffère de ce qui est montré ; vrai si elle a changé."""
        if vu == self._vu:
            return False
        self._vu = vu
        self.refaites += 1
        self.vider()
        remplir()
        return True


def avec_icone(nom: str, widget: QWidget) -> QHBoxLayout:
    """Une icône et un texte, côte à côte, au milieu de leur hauteur."""
    ligne = rangee(Icone(nom, "encre"), widget, ecart=2)
    ligne.setStretch(1, 1)
    ligne.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return ligne
