"""Un bouton qui dit ce qui est choisi, et dont le menu offre le reste : « De : tous »."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from ui.composants import Bouton
from ui.composants.menus import GesteDeLigne, ouvrir_menu


class ChoixAuMenu(Bouton):
    """``options`` : ce qui s'offre, par code. ``choisir`` : ce que fait un autre choix que celui d'avant."""

    def __init__(self, nom: str, options: Mapping[str, str], choisir: Callable[[str], object], touche: str) -> None:
        super().__init__(nom, self._offrir, genre="discret", raccourci=touche, icone="chevron-down")
        self._nom, self._options, self._choisir = nom, dict(options), choisir
        self.code = next(iter(options))
        self._dire()

    def offrir(self, options: Mapping[str, str]) -> None:
        """Change ce qui s'offre ; ce qui était choisi le reste s'il s'offre encore."""
        self._options = dict(options)
        self.code = self.code if self.code in options else next(iter(options))
        self._dire()

    def prendre(self, code: str) -> None:
        """Choisit, comme au menu."""
        if code in self._options and code != self.code:
            self.code = code
            self._dire()
            self._choisir(code)

    def _dire(self) -> None:
        self.renommer(f"{self._nom} : {self._options[self.code]}")

    def _offrir(self) -> None:
        gestes = [GesteDeLigne(mot, partial(self.prendre, code)) for code, mot in self._options.items()]
        ouvrir_menu(self, gestes, self.mapToGlobal(self.rect().bottomLeft()))
