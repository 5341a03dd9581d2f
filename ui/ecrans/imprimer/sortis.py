"""Ce qui vient d'être enregistré : où, l'ouvrir, l'effacer ; et que cela n'est plus dans le coffre.

Essais : ``tests/ui/ecrans/test_imprimer_enregistrer.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices

from modele.mots.ecriture import minuscule
from ui.composants import Bouton, Carte, Colonnes, etiquette_aide, rangee, texte, viser
from ui.etat.sortis import Sortis
from ui.theme import Ton

_SORTI: Final = " enregistré sort du coffre : qui ouvre ce poste peut le lire. Effacez-le quand il a servi."
EN_CLAIR: Final = f"Un PDF{_SORTI}"
EFFACE: Final = "Effacé de ce poste."
_RIEN: Final = "Ce poste n'a pas de quoi ouvrir "
RIEN_NE_L_OUVRE: Final = f"{_RIEN}un PDF."


class CarteSortis(Carte):
    """Les fichiers écrits pour le dossier ouvert ; rien n'en reste quand l'écran se quitte. ``dit`` : phrase, ton."""

    dit = Signal(str, Ton)

    def __init__(self, sortis: Sortis, quoi: str = "Un PDF") -> None:
        super().__init__("Enregistré sur ce poste", icone="file-text", ton=Ton.JOUR)
        self._sortis = sortis
        self._quoi = quoi
        self._chemins: tuple[Path, ...] = ()
        self.noms = texte("")
        self.ouvrir = Bouton("Ouvrir", self._ouvrir, icone="folder-open")
        self.effacer = Bouton("Effacer de ce poste", self._effacer, icone="x")
        gestes = Colonnes([(self.ouvrir, 0, 0), (self.effacer, 0, 0)], ecart=2)
        self.ajouter(self.noms, etiquette_aide(f"{quoi}{_SORTI}"), rangee(gestes, 1))
        self.hide()

    def montrer(self, chemins: Sequence[Path]) -> None:
        """Ces fichiers viennent d'être écrits ; le clavier est à « Ouvrir »."""
        self._chemins = tuple(chemins)
        self.noms.setText(f"{', '.join(un.name for un in chemins)}, dans {chemins[0].parent}")
        self.show()
        viser(self.ouvrir)

    def oublier(self) -> None:
        """L'écran se quitte : ce qui a été enregistré ne s'y lit plus."""
        self._chemins = ()
        self.noms.setText("")
        self.hide()

    def _ouvrir(self) -> None:
        """Le fichier, ou leur dossier s'il y en a plusieurs."""
        voulu = self._chemins[0] if len(self._chemins) == 1 else self._chemins[0].parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(voulu))):
            self.dit.emit(f"{_RIEN}{minuscule(self._quoi)}.", Ton.JOUR)

    def _effacer(self) -> None:
        if phrase := self._sortis.effacer(self._chemins):
            self.dit.emit(phrase, Ton.JOUR)
            return
        self.oublier()
        self.dit.emit(EFFACE, Ton.COURANT)
