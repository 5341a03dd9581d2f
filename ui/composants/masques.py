"""Ce qui nomme quelqu'un d'autre reste masqué ; une ligne à la fois se démasque, dans toute l'application, et se sait.

Essais : ``tests/ui/test_masquage.py``.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ui.composants.annonces import annoncer
from ui.composants.base import nommer, texte
from ui.composants.boutons import Bouton
from ui.composants.mise_en_page import rangee

MONTRER: Final = "Montrer le nom"
MASQUER: Final = "Masquer le nom"
TOUCHE: Final = "F4"

_PROPRIETE: Final = "masque"


class Masque(QObject):
    """La seule ligne démasquée. ``change`` : ce n'est plus la même, ou il n'y en a plus.

    ``lu`` : le nom d'un dossier (son identifiant) vient de se montrer ; qui tient le journal l'y inscrit.
    """

    change = Signal()
    lu = Signal(str)

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.setProperty(_PROPRIETE, self)
        self._devoilee: Hashable = None

    def montre(self, ligne: Hashable) -> bool:
        """Vrai si ``ligne`` est celle qu'on a démasquée."""
        return self._devoilee is not None and self._devoilee == ligne

    def basculer(self, ligne: Hashable, *dossiers: str) -> None:
        """Démasque ``ligne`` (et remasque l'autre), ou la remasque. ``dossiers`` : de qui elle parle."""
        self._devoilee = None if self.montre(ligne) else ligne
        for dossier in dossiers if self._devoilee is not None else ():
            self.lu.emit(dossier)
        self.change.emit()

    def remasquer(self) -> None:
        """Plus rien n'est démasqué : l'écran se quitte, se couvre ou se verrouille."""
        if self._devoilee is not None:
            self._devoilee = None
            self.change.emit()


def masque() -> Masque:
    """Le masque de l'application ; créé au premier appel."""
    application = cast(QApplication, QApplication.instance())
    return cast("Masque | None", application.property(_PROPRIETE)) or Masque(application)


class NomMasque(QWidget):
    """Qui c'est, masqué, et le bouton qui le montre. ``cle`` : la ligne ; ``clair`` vide : il n'y a rien à masquer.

    ``dossier`` : de qui c'est le nom.
    """

    def __init__(self, cache: str, clair: str, cle: Hashable, dossier: str, *, genre: str = "gras") -> None:
        super().__init__()
        self._cache, self._clair, self._cle, self._dossier = cache, clair, cle, dossier
        self.nom = texte(cache, genre)
        self.bouton = Bouton(MONTRER, self._basculer, genre="discret", icone="eye", description=cache)
        if not clair:
            # Montré sans parent, il serait une fenêtre et prendrait le clavier : on ne fait que cacher.
            self.bouton.hide()
        ligne = rangee(self.nom, self.bouton, ecart=2)
        ligne.setStretch(0, 1)
        self.setLayout(ligne)
        nommer(self, cache)
        masque().change.connect(self._montrer)

    def _basculer(self) -> None:
        masque().basculer(self._cle, self._dossier)
        annoncer(self, self.nom.text())

    def _montrer(self) -> None:
        montre = bool(self._clair) and masque().montre(self._cle)
        dit = self._clair if montre else self._cache
        self.nom.setText(dit)
        nommer(self, dit)
        self.bouton.renommer(MASQUER if montre else MONTRER)
