"""Ce qu'on voit : le thème, la taille du texte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.composants import Carte, GroupeChoix, Option, texte
from ui.etat.allure import changer
from ui.mots.reglages import THEMES, dire_taille, dire_theme
from ui.theme import ECHELLES

if TYPE_CHECKING:
    from ui.etat.session import Session


class CarteAllure(Carte):
    """Le thème et la taille du texte. ``dit`` : ce qui vient de changer."""

    dit = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("Ce qu'on voit", icone="contrast")
        self.session = session
        self.themes = GroupeChoix("Thème", [Option(nom, mot, demi=True) for nom, mot in THEMES.items()])
        self.tailles = GroupeChoix("Taille du texte", [Option(un, f"{un} %") for un in ECHELLES], serre=True)
        self.ajouter(texte("Thème", "gras"), self.themes, texte("Taille du texte", "gras"), self.tailles)
        self.themes.choisi.connect(self._choisir_le_theme)
        self.tailles.choisi.connect(self._choisir_la_taille)

    def montrer(self) -> None:
        """Les réglages d'aujourd'hui, d'où qu'ils viennent."""
        self.themes.poser(self.session.preferences.theme)
        self.tailles.poser(self.session.preferences.echelle)

    def _choisir_le_theme(self, theme: str) -> None:
        changer(self.session, theme=theme)
        self.dit.emit(dire_theme(theme))

    def _choisir_la_taille(self, echelle: int) -> None:
        changer(self.session, echelle=echelle)
        self.dit.emit(dire_taille(echelle))
