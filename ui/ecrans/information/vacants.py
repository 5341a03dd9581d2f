"""Les logements vacants que le territoire donne ; s'il n'en donne pas, cela se voit, et rien n'est inventé."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from modele.territoire.vacants import a_montrer
from ui.composants import Bouton, Carte, etiquette_aide, rangee, texte
from ui.mots import informations as mots

if TYPE_CHECKING:
    from datetime import date

    from modele.bilan import Regles

VACANTS: Final = "vacants"
"""La fiche qui les dit."""


class CarteVacants(Carte):
    """``imprimer`` : absent s'il n'y a rien à emporter."""

    def __init__(self, regles: Regles, jour: date, imprimer: Callable[[], object]) -> None:
        super().__init__(mots.VACANTS, icone="house")
        self.imprimer: Bouton | None = None
        connus = regles.territoire.vacants
        montres = a_montrer(connus or (), jour)
        for un in montres:
            quoi, qui, d_ou = mots.dire_un_vacant(un, regles.vocabulaire.commune(un.commune))
            self.ajouter(texte(quoi, "gras"), texte(qui), etiquette_aide(d_ou))
        if montres:
            self.imprimer = Bouton(mots.IMPRIMER_LES_VACANTS, imprimer, icone="printer")
            self.ajouter(rangee(self.imprimer, 1))
        else:
            self.ajouter(texte(mots.SANS_VACANTS if connus is None else mots.AUCUN_VACANT))
