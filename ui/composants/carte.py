"""La carte : un cadre, un titre, un contenu qui s'empile."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget

from ui.composants.base import intertitre, nommer
from ui.composants.mise_en_page import rangee
from ui.theme import Ton, espace
from ui.theme.icones import Icone


class Carte(QFrame):
    """Un groupe d'informations nommé. ``ton`` colore fond et cadre ; ``accent`` marque la carte choisie.

    ``nom`` : nom accessible quand la carte n'a pas de titre à l'écran.
    """

    def __init__(
        self,
        titre: str = "",
        *,
        nom: str = "",
        icone: str = "",
        ton: Ton = Ton.NEUTRE,
        accent: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        nommer(self, titre or nom)
        self.setProperty("genre", "carte")
        self.setProperty("ton", ton.value)
        self.setProperty("accent", accent)
        # Jamais « Maximum » : borné à sa taille idéale, un texte coupé au mot perdrait ses dernières lignes.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._boite = QVBoxLayout(self)
        self._boite.setContentsMargins(espace(4) + 2, espace(4), espace(4) + 2, espace(4))
        self._boite.setSpacing(espace(2))
        if titre:
            self.ajouter(self._entete(titre, icone))

    @staticmethod
    def _entete(titre: str, icone: str) -> QWidget | QLayout:
        etiquette = intertitre(titre)
        if not icone:
            return etiquette
        ligne = rangee(Icone(icone, "encre"), etiquette, ecart=2)
        ligne.setStretch(1, 1)
        return ligne

    def ajouter(self, *contenu: QWidget | QLayout) -> None:
        """Ajoute sous ce qui est déjà là."""
        for element in contenu:
            if isinstance(element, QLayout):
                self._boite.addLayout(element)
            else:
                self._boite.addWidget(element)

    def vider(self, garder: int = 1) -> None:
        """Retire tout sauf les ``garder`` premiers éléments (le titre)."""
        while self._boite.count() > garder:
            _detruire(self._boite.takeAt(garder))


def retirer(element: QWidget | QLayout | None) -> None:
    """Détruit un widget, ou tout ce que porte une disposition."""
    if isinstance(element, QWidget):
        element.hide()
        element.deleteLater()
    elif element is not None:
        while element.count():
            _detruire(element.takeAt(0))
        element.deleteLater()


def _detruire(element: QLayoutItem | None) -> None:
    if element is not None:
        retirer(element.widget() or element.layout())
