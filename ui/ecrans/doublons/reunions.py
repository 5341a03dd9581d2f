"""Les réunions qui s'annulent encore, depuis le dossier qui continue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from ui.composants import Bouton, Carte, annoncer, rangee, texte, viser
from ui.mots.moments import ecrire_moment

if TYPE_CHECKING:
    from modele.coffre.listes import Reunion

TITRE: Final = "Ce dossier en réunit deux"
ANNULER: Final = "Annuler cette réunion"
CONFIRMER: Final = "Oui, les séparer de nouveau"
CE_QUI_RESTE: Final = (
    "Les deux dossiers redeviennent ce que leurs saisies disent. Ce qui a été écrit depuis reste dans celui-ci."
)


class CarteReunions(Carte):
    """Une ligne par réunion ; ``annuler`` : le dossier à rendre, une fois confirmé. Cachée quand il n'y en a pas."""

    annuler = Signal(str)

    def __init__(self) -> None:
        super().__init__(TITRE, icone="users")
        self.boutons: list[Bouton] = []
        self.hide()

    def montrer(self, reunions: Sequence[Reunion]) -> None:
        """Montre celles qui s'annulent, la dernière d'abord, par leur référence."""
        self.vider()
        self.boutons = []
        maintenant = datetime.now().astimezone()
        for une in reunions:
            quand = ecrire_moment(une.quand.astimezone(maintenant.tzinfo), maintenant)
            dite = f"Dossier {une.reference}, réuni {quand}"
            bouton = Bouton(ANNULER, lambda: None, icone="rotate-ccw", description=dite)
            bouton.clicked.connect(partial(self._demander, bouton, une.absorbe))
            self.boutons.append(bouton)
            ligne = rangee(texte(dite), bouton, ecart=3)
            ligne.setStretch(0, 1)
            self.ajouter(ligne)
        self.setVisible(bool(reunions))

    def _demander(self, bouton: Bouton, absorbe: str, *_: object) -> None:
        """Le premier geste dit ce qui restera ; le second annule."""
        if bouton.text() == CONFIRMER:
            self.annuler.emit(absorbe)
            return
        bouton.renommer(CONFIRMER)
        self.ajouter(texte(CE_QUI_RESTE, "gras"))
        annoncer(self, CE_QUI_RESTE)
        viser(bouton)
