"""Ce que cet agent a commencé et qui n'a pas encore de nom : sa référence, l'heure, et le bouton qui y ramène."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from ui.composants import Carte, ListePropositions, Proposition
from ui.mots.moments import ecrire_moment

if TYPE_CHECKING:
    from modele.coffre import SansNom

TITRE: Final = "À reprendre : vos dossiers sans nom"


class CarteSansNom(Carte):
    """La liste propre à l'agent ; cachée quand elle est vide. Discret ou non, chaque ligne se lit pareil."""

    def __init__(self, ouvrir: Callable[[str], object]) -> None:
        super().__init__(TITRE)
        self._ouvrir = ouvrir
        self.liste = ListePropositions(TITRE)
        self.ajouter(self.liste)
        self.hide()

    def montrer(self, dossiers: Sequence[SansNom], maintenant: datetime) -> None:
        """Montre ces dossiers par leur référence."""
        self.liste.montrer(
            [
                Proposition(un.reference, partial(self._ouvrir, un.dossier), f"commencé {_quand(un, maintenant)}")
                for un in dossiers
            ]
        )
        self.setVisible(bool(dossiers))


def _quand(dossier: SansNom, maintenant: datetime) -> str:
    return ecrire_moment(dossier.cree_le.astimezone(maintenant.tzinfo), maintenant)
