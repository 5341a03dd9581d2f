"""Choisir son compte avant de taper son mot de passe : la liste ne se montre que s'il y en a plusieurs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout

from ui.composants import Pli, annoncer, constater, nommer, texte
from ui.composants.dits import GROUPE, dire_comme
from ui.theme import Ton, espace
from ui.theme.apparence import apparence
from ui.theme.icones import image

SANS_CHOIX = "Choisissez d'abord votre nom."


ABSENT: Final = "Votre nom n'y est pas ?"
ABSENT_REPLIER: Final = "Replier"
ABSENT_QUE_FAIRE: Final = (
    "Un compte fermé, ou jamais ouvert sur ce poste, n'est pas dans la liste. Demandez à la personne qui tient les "
    "comptes de ce poste : elle entre avec son mot de passe, va dans « Agents et mot de passe », et ouvre ou rouvre le "
    "vôtre. N'entrez pas sous le nom d'un autre : ce que vous saisiriez porterait sa signature. Ce que vous aviez "
    "enregistré est gardé."
)


class NomAbsent(Pli):
    """Que faire quand son nom ne se propose pas ; les mêmes mots pour tous, qui ne nomment personne."""

    def __init__(self) -> None:
        super().__init__(ABSENT, ABSENT_REPLIER, texte(ABSENT_QUE_FAIRE))
        self.bouton.clicked.connect(self._dire_a_l_oreille)

    def _dire_a_l_oreille(self) -> None:
        if self.deplie:
            annoncer(self, ABSENT_QUE_FAIRE)


class ListeNoms(QComboBox):
    """Une liste à dérouler, qui se reconnaît : le thème n'y dessine pas de flèche."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = apparence().theme
        cote = theme.px(18)
        fleche = image("chevron-down", theme.couleurs.encre_douce, cote, self.devicePixelRatioF())
        QPainter(self).drawPixmap(self.width() - cote - theme.px(8), (self.height() - cote) // 2, fleche)


class ChoixAgent(QFrame):
    """Le nom de qui tape. Rien n'est choisi d'avance, sauf ``courant`` : qui était là avant le verrou."""

    def __init__(self) -> None:
        super().__init__()
        dire_comme(self, GROUPE)
        nommer(self, "Votre compte")
        self.liste = ListeNoms()
        nommer(self.liste, "Votre nom")
        self.liste.setPlaceholderText("Choisissez votre nom")
        self.setFocusProxy(self.liste)
        libelle = texte("Votre nom", "gras")
        libelle.setBuddy(self.liste)
        self._faute = texte("", "petit", Ton.IMMEDIAT)
        self._faute.hide()
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.setSpacing(espace(1))
        for widget in (libelle, self.liste, self._faute):
            boite.addWidget(widget)
        self.liste.activated.connect(lambda _: self._dire(""))
        self.hide()

    @property
    def agent(self) -> str:
        """Le nom choisi ; vide s'il n'y a pas à choisir, ou pas encore."""
        return self.liste.currentText() if self.liste.currentIndex() >= 0 else ""

    def proposer(self, agents: Sequence[str], courant: str = "") -> None:
        """Les agents du poste ; un seul, il n'y a rien à choisir."""
        self.liste.clear()
        self.liste.addItems(list(agents))
        choisi = agents[0] if len(agents) == 1 else courant
        self.liste.setCurrentIndex(agents.index(choisi) if choisi in agents else -1)
        self._dire("")
        self.setVisible(len(agents) > 1)

    def manque(self) -> bool:
        """Vrai, et le dit, s'il faut choisir et que rien ne l'est."""
        manque = self.liste.count() > 1 and not self.agent
        self._dire(SANS_CHOIX if manque else "")
        if manque:
            self.liste.setFocus()
        return manque

    def _dire(self, phrase: str) -> None:
        constater(self._faute, phrase)
        nommer(self.liste, "Votre nom", f"Erreur : {phrase}" if phrase else "")
