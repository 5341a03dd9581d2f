"""Ce qui vient d'être enregistré : où, l'ouvrir, l'effacer ; et que cela n'est plus dans le coffre.

Partout où un fichier sort en clair, c'est cette carte qui le dit.

Essais : ``tests/ui/ecrans/test_imprimer_enregistrer.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices

from modele.mots.ecriture import minuscule
from ui.composants import Bouton, Carte, Colonnes, etiquette_aide, rangee, texte, viser
from ui.theme import Ton

if TYPE_CHECKING:
    from ui.etat.session import Session

_SORTI: Final = " enregistré sort du coffre : qui ouvre ce poste peut le lire. Effacez-le quand il a servi."
EFFACE: Final = "Effacé de ce poste."
_RIEN: Final = "Ce poste n'a pas de quoi ouvrir "
RIEN_NE_L_OUVRE: Final = f"{_RIEN}un PDF."
LE_DOSSIER: Final = f"{_RIEN}le dossier où il est."


def en_clair(quoi: str = "Un PDF") -> str:
    """Ce qui se dit avant et après qu'un fichier sort du coffre."""
    return f"{quoi}{_SORTI}"


EN_CLAIR: Final = en_clair()


class CarteSortis(Carte):
    """Les fichiers écrits pour le dossier ouvert ; rien n'en reste quand l'écran se quitte. ``dit`` : phrase, ton."""

    dit = Signal(str, Ton)

    def __init__(self, session: Session, quoi: str = "Un PDF") -> None:
        super().__init__("Enregistré sur ce poste", icone="file-text", ton=Ton.JOUR)
        self._session = session
        self._quoi = quoi
        self._chemins: tuple[Path, ...] = ()
        self.noms = texte("")
        self.ouvrir = Bouton("Ouvrir", self._ouvrir, icone="folder-open")
        self.dossier = Bouton("Ouvrir le dossier", self._ouvrir_le_dossier, icone="folder-open")
        self.effacer = Bouton("Effacer de ce poste", self._effacer, icone="x")
        ouvrir = Colonnes([(self.ouvrir, 0, 0), (self.dossier, 0, 0)], ecart=2)
        self.ajouter(self.noms, etiquette_aide(en_clair(quoi)), rangee(ouvrir, 1), rangee(self.effacer, 1))
        self.hide()

    def recevoir(self, chemins: Sequence[Path], dossier: str, *, taire: bool = False) -> bool:
        """Ces fichiers viennent d'être écrits pour ``dossier`` : quitter proposera de les effacer.

        Faux si la personne est partie depuis : la suivante ne lit rien de ce qui a été écrit pour elle. ``taire`` : une
        fiche de sûreté ne se montre pas, ni ne s'ouvre d'ici.
        """
        self._session.sortis.noter(chemins)
        page = self.parentWidget()
        if page is None or not page.isVisibleTo(self.window()) or self._session.dossier_id != dossier:
            return False
        if not taire:
            self._montrer(chemins)
        return True

    def _montrer(self, chemins: Sequence[Path]) -> None:
        """Le clavier est à « Ouvrir » ; de plusieurs fichiers, seul leur dossier s'ouvre."""
        self._chemins = tuple(chemins)
        self.noms.setText(f"{', '.join(un.name for un in chemins)}, dans {chemins[0].parent}")
        self.ouvrir.setVisible(len(chemins) == 1)
        self.show()
        viser(self.ouvrir if len(chemins) == 1 else self.dossier)

    def oublier(self) -> None:
        """L'écran se quitte : ce qui a été enregistré ne s'y lit plus."""
        self._chemins = ()
        self.noms.setText("")
        self.hide()

    def _ouvrir(self) -> None:
        self._confier(self._chemins[0], f"{_RIEN}{minuscule(self._quoi)}.")

    def _ouvrir_le_dossier(self) -> None:
        self._confier(self._chemins[0].parent, LE_DOSSIER)

    def _confier(self, voulu: Path, sinon: str) -> None:
        """Au système de l'ouvrir ; ``sinon`` : ce qui se dit s'il ne sait pas."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(voulu))):
            self.dit.emit(sinon, Ton.JOUR)

    def _effacer(self) -> None:
        if phrase := self._session.sortis.effacer(self._chemins):
            self.dit.emit(phrase, Ton.JOUR)
            return
        self.oublier()
        self.dit.emit(EFFACE, Ton.COURANT)
