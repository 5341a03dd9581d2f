"""Toutes les touches de Perron, lues où elles sont écrites : gestes de la fenêtre, boutons des vrais écrans.

Rien n'est recopié : un écran jamais visité se fabrique, un par tour, quand l'agent ouvre la liste.
Essais : ``tests/ui/cadre/test_clavier.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QTimer

from ui.cadre.aide import touches_de_partout
from ui.ecrans import declares
from ui.ecrans.touches_dites import ToucheDite, touches_ecrites
from ui.mots.reglages import PARTOUT

if TYPE_CHECKING:
    from ui.cadre.fenetre import Fenetre
    from ui.ecrans.reglages.clavier import CarteClavier
    from ui.ecrans.reglages.ecran import EcranReglages

REGLAGES: Final = "reglages"


class Clavier(QObject):
    """Donne leurs touches aux réglages quand ils paraissent, puis celles des autres écrans quand on les demande."""

    def __init__(self, fenetre: Fenetre) -> None:
        super().__init__(fenetre)
        self._fenetre = fenetre
        self._carte: CarteClavier | None = None
        self._a_lire: list[str] = []
        fenetre.ecran_change.connect(self._paraitre)

    def _paraitre(self, nom: str) -> None:
        if nom != REGLAGES:
            self._a_lire = []
            return
        if self._carte is None:
            self._carte = cast("EcranReglages", self._fenetre.tenus[nom]).clavier
            self._carte.demande.connect(self._tout_lire)
        self._donner()

    def _tout_lire(self) -> None:
        self._a_lire = [nom for nom in declares() if nom not in self._fenetre.tenus]
        self._lire_un()

    def _lire_un(self) -> None:
        """Un écran par tour : la frappe passe entre deux."""
        if self._a_lire:
            self._fenetre.tenir(self._a_lire.pop(0))
            self._donner()
            QTimer.singleShot(0, self, self._lire_un)

    def _donner(self) -> None:
        if self._carte is not None:
            self._carte.montrer(list(self._touches()))

    def _touches(self) -> Iterator[ToucheDite]:
        for touche, mot in touches_de_partout(self._fenetre).items():
            yield ToucheDite(touche, mot, PARTOUT)
        for nom, ecran in self._fenetre.tenus.items():
            for touche, mot in touches_ecrites(ecran, montrees=False).items():
                yield ToucheDite(touche, mot, declares()[nom].libelle)
