"""Une correction urgente du registre, dite à l'accueil jusqu'à ce que cet agent l'ait lue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ui.composants import Bouton, Carte, Colonnes, colonne, rangee, texte
from ui.mots.informations import dire_la_correction, dire_les_autres
from ui.theme import Ton
from ui.theme.icones import Icone

if TYPE_CHECKING:
    from modele.coffre.listes import InformationTenue


class CarteCorrections(Carte):
    """Cachée quand tout est lu. ``lire`` : l'agent l'a lue ; ``voir`` : ce qui change, et qui prévenir."""

    def __init__(self, voir: Callable[[], object], lire: Callable[[InformationTenue], object]) -> None:
        super().__init__(nom="Correction urgente", ton=Ton.IMMEDIAT)
        self._montree: InformationTenue | None = None
        self.phrase, self.autres = texte("", "gras"), texte("", "petit")
        self.voir = Bouton("Voir qui prévenir", voir, icone="inbox")
        self.lue = Bouton("J'ai lu", lambda: self._montree and lire(self._montree), icone="check")
        ligne = rangee(Icone("triangle-alert", "encre"), colonne(self.phrase, self.autres, ecart=1), ecart=4)
        ligne.setStretch(1, 1)
        self.ajouter(ligne, rangee(Colonnes([(self.voir, 0, 0), (self.lue, 0, 0)], ecart=2), 1))
        self.hide()

    def montrer(self, a_lire: Sequence[InformationTenue]) -> None:
        """La plus récente, et combien d'autres."""
        self._montree = a_lire[0] if a_lire else None
        if self._montree is not None:
            self.phrase.setText(dire_la_correction(self._montree))
            self.autres.setText(dire_les_autres(len(a_lire) - 1))
            self.autres.setVisible(len(a_lire) > 1)
        self.setVisible(self._montree is not None)
