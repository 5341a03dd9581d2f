"""Les touches d'un écran, lues sur ses boutons, et la ligne qui en montre une : F1 et les réglages disent la même."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from ui.composants import Bloc, Bouton, Touche, nommer, rangee, texte
from ui.composants.touches import dire


class ToucheDite(NamedTuple):
    """Une touche, ce qu'elle fait, et sur quel écran ; de quoi la chercher (``ui.mots.trouver``)."""

    touche: str
    libelle: str
    detail: str = ""

    @property
    def mots(self) -> str:
        """La touche, comme elle s'écrit et comme elle se dit."""
        return f"{self.touche} {dire(self.touche)}"


def touches_ecrites(racine: QWidget, *, montrees: bool) -> dict[str, str]:
    """Ce que fait chaque touche écrite sur un bouton de ``racine`` ; ``montrees`` : celles qui répondent maintenant."""
    boutons = [un for un in racine.findChildren(Bouton) if un.touche]
    if montrees:
        boutons = [un for un in boutons if un.isVisible() and un.isEnabled()]
    return {un.touche: un.text() for un in boutons}


def ligne_de_touche(touche: str, mot: str) -> QWidget:
    """« Ctrl K  Rechercher »."""
    boite = rangee(Touche(touche), texte(mot), ecart=3)
    boite.setStretch(1, 1)
    ligne = Bloc(boite)
    nommer(ligne, f"{dire(touche)} : {mot}")
    return ligne
