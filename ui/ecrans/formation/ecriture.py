"""Un cas s'écrit depuis l'écran : lu pour l'éditeur, gardé en brouillon, publié, retiré, pris d'un fichier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from ui.composants.fichiers import choisir_un_fichier
from ui.ecrans.formation.cas_ecrits import ajouter_un_cas, garder_le_brouillon, publier, retirer, texte_d_un_cas

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from ui.ecrans.base import Ecran
    from ui.ecrans.formation.editeur import PageEditeur

AJOUTE: Final = "Le cas est ajouté, pour toute la structure."
RETIRE: Final = "Ce cas ne sert plus à la structure."
_CAS_TOML: Final = "Cas de formation (*.toml)"


class Ecriture(QObject):
    """``lu`` : le texte d'un cas, à ouvrir. ``fait`` : publié ou retiré (phrase). ``echoue`` : pourquoi pas."""

    lu = Signal(str)
    fait = Signal(str)
    echoue = Signal(str)

    def __init__(self, ecran: Ecran) -> None:
        super().__init__(ecran)
        self._ecran, self._session = ecran, ecran.session

    def lire(self, cas: str, copie: bool) -> None:
        """Le texte de ce cas ; ``copie`` : sous un autre nom."""
        self._faire(lambda coffre: texte_d_un_cas(coffre, cas, copie=copie), self.lu.emit)

    def publier(self, ecrit: str) -> None:
        """Ce texte sert désormais à la structure."""
        auteur = self._session.auteur
        self._faire(lambda coffre: publier(coffre, ecrit, auteur), lambda _: self.fait.emit(AJOUTE))

    def retirer(self, cas: str) -> None:
        """Le cas de la structure ne sert plus."""
        auteur = self._session.auteur
        self._faire(lambda coffre: retirer(coffre, cas, auteur), lambda _: self.fait.emit(RETIRE))

    def choisir_un_fichier(self) -> None:
        """Demande un fichier, et l'ajoute."""
        if (choisi := choisir_un_fichier(self._ecran, "Quel cas ajouter", _CAS_TOML)) is not None:
            self.ajouter(choisi)

    def ajouter(self, fichier: Path) -> None:
        """Vérifie ce cas et l'ajoute pour la structure ; ses fautes se disent, ligne par ligne."""
        auteur = self._session.auteur
        self._faire(lambda coffre: ajouter_un_cas(coffre, fichier, auteur), lambda _: self.fait.emit(AJOUTE))

    def garder(self, page: PageEditeur) -> str:
        """Garde ce qui s'y écrit, à l'agent seul, et le rend."""
        auteur, ecrit = self._session.auteur, page.ecrit
        # Quelqu'un d'autre vient d'entrer : ce qui s'écrivait n'est pas à lui.
        if page.auteur != auteur:
            return ""
        self._faire(lambda coffre: garder_le_brouillon(coffre, auteur, ecrit), lambda _: None)
        return ecrit

    def _faire(self, faire: Callable[[Coffre], Any], fini: Callable[[Any], object]) -> None:
        self._session.avec_coffre(faire, fini, pour=self, echec=self.echoue.emit)
