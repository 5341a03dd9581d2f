"""L'ouverture : au bout de combien d'absence ce poste se verrouille, et les comptes, s'il y a un écran pour eux."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from ui.composants import Bouton, Carte, GroupeChoix, Option, etiquette_aide, rangee, texte
from ui.ecrans import declares
from ui.etat.preferences import DELAIS
from ui.mots.reglages import VERROU, dire_verrou

if TYPE_CHECKING:
    from ui.etat.session import Session

AGENTS: Final = "agents"
"""L'écran des comptes de ce poste."""


class CarteOuverture(Carte):
    """``dit`` : ce qui vient de changer. ``aller`` : l'écran des comptes."""

    dit = Signal(str)
    aller = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("Ouverture et verrouillage", icone="lock")
        self.session = session
        self.delais = GroupeChoix(
            "Verrouiller après une absence", [Option(un, f"{un} min") for un in DELAIS], serre=True
        )
        self.agents: Bouton | None = None
        self.ajouter(texte("Verrouiller après une absence", "gras"), self.delais, etiquette_aide(VERROU))
        self.delais.choisi.connect(self._choisir)
        if (un := declares().get(AGENTS)) is not None:
            self.agents = Bouton(un.libelle, lambda: self.aller.emit(AGENTS), icone=un.icone, montre=un.touche)
            self.ajouter(rangee(self.agents, 1))

    def montrer(self) -> None:
        """Le délai d'aujourd'hui."""
        self.delais.poser(self.session.preferences.verrou_minutes)

    def _choisir(self, minutes: int) -> None:
        self.session.regler(self.session.preferences._replace(verrou_minutes=minutes))
        self.dit.emit(dire_verrou(minutes))
