"""Ce que tout écran promet à la fenêtre."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.composants import nommer
from ui.composants.dits import ECRAN, dire_comme
from ui.etat.session import Session
from ui.theme import Ton


class Ecran(QWidget):
    """Un écran de la pile. Une sous-classe pose ses widgets dans son constructeur et surcharge ``paraitre``.

    ``aller`` : nom d'un autre écran et ses arguments. ``alerte`` : phrase et ton pour le bandeau de la fenêtre.
    """

    aller = Signal(str, dict)
    alerte = Signal(str, Ton)
    tait_la_personne: ClassVar[bool] = False
    """Il sert une autre finalité que le dossier ouvert : la fenêtre n'y dit pas de qui il est."""

    def __init__(self, nom: str, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dire_comme(self, ECRAN)
        nommer(self, nom)
        self.setProperty("genre", "page")
        self.session = session
        self.venu_de = ""
        """L'écran quitté pour celui-ci, tenu par la fenêtre."""

    def paraitre(self, **arguments: Any) -> None:
        """L'écran va être montré : relire ce qu'il montre et donner le focus à son premier geste."""

    @property
    def delicat(self) -> bool:
        """La page montrée porte une réponse délicate, ou le pourrait : couverte, elle revient masquée."""
        return False

    def focus_initial(self) -> None:
        """Donne le clavier au premier geste de la page montrée, jamais à un bouton qui en partirait."""
        self.setFocus()

    def aider(self) -> bool:
        """F1 : vrai si l'écran a répondu de lui-même ; sinon son aide s'ouvre."""
        return False

    def commence_deja(self) -> bool:
        """Ctrl+N : vrai si une nouvelle demande se commence ici, et que l'écran y a rendu le clavier."""
        return False

    def chercher_ici(self) -> bool:
        """Ctrl+F : vrai si l'écran a sa recherche, et que le clavier y est."""
        return False

    def rendre_discret(self) -> None:
        """Le dossier ouvert devient discret, d'un geste de l'agent, sans dire pourquoi.

        Qu'un autre adulte lirait : l'entretien propose le dossier distinct, comme pour toute réponse de cette sorte.
        """
        from modele.protection.discretion import devenir_discret

        if not self.session.dossier_id:
            self.alerte.emit("Ouvrez d'abord un dossier.", Ton.NEUTRE)
            return
        if self.session.partage:
            self.aller.emit("entretien", {"dossier": self.session.dossier_id})
        self.session.modifier(devenir_discret())

    def rentrer(self) -> None:
        """Retour à l'écran d'où l'on vient."""
        self.aller.emit(self.venu_de or ("entretien" if self.session.dossier_id else "accueil"), {})

    def disparaitre(self) -> None:
        """L'écran va être quitté : garder les brouillons, arrêter les attentes."""
