"""Le bandeau d'alerte : ce qui est arrivé, en une phrase, et ce qu'on peut faire."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from ui.composants.annonces import annoncer
from ui.composants.base import changer_propriete, nommer, texte
from ui.composants.boutons import Bouton
from ui.composants.mise_en_page import rangee
from ui.theme import Ton, espace
from ui.theme.icones import Icone

_ICONES = {
    Ton.IMMEDIAT: "circle-alert",
    Ton.JOUR: "triangle-alert",
    Ton.SEMAINE: "info",
    Ton.COURANT: "circle-check",
    Ton.ACTION: "info",
    Ton.NEUTRE: "info",
    Ton.FORMATION: "info",
}


class BandeauAlerte(QFrame):
    """Caché tant qu'il n'a rien à dire. Une erreur est de ton ``IMMEDIAT`` ; « inhabituel, à confirmer », ``JOUR``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("genre", "carte")
        self.setProperty("ton", Ton.JOUR.value)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._icone = Icone("info", Ton.JOUR)
        self._phrase = texte("", "gras")
        self._action: Callable[[], object] | None = None
        self._tenu = self._passager = False
        self._avant: QWidget | None = None
        self._bouton = Bouton("Agir", self._agir)
        self._fermer = Bouton("Compris", self._comprendre, genre="discret")
        ligne = rangee(self._icone, self._phrase, self._bouton, self._fermer, ecart=3)
        # Il est sur toutes les pages : une ligne, et rien autour.
        ligne.setContentsMargins(espace(2), 1, espace(2), 1)
        ligne.setStretch(1, 1)
        self.setLayout(ligne)
        nommer(self, "Alerte")
        self.hide()

    @property
    def phrase(self) -> str:
        """La phrase montrée, vide si le bandeau est caché."""
        return "" if self.isHidden() else self._phrase.text()

    def dire(
        self,
        phrase: str,
        ton: Ton = Ton.IMMEDIAT,
        libelle: str = "",
        action: Callable[[], object] | None = None,
        *,
        tenir: bool = False,
        passager: bool = False,
    ) -> None:
        """Montre ``phrase`` et la fait dire ; ``libelle`` et ``action`` : le geste qui répare.

        ``tenir`` : tant que ce n'est pas réparé (``taire``), ni « Compris » ni une nouvelle moins pressante ne
        l'enlèvent. ``passager`` : ne vaut que jusqu'au geste suivant (``passer``).
        """
        if self._tenu and not tenir:
            return
        self._tenu, self._passager = tenir, passager
        self._fermer.setVisible(not tenir)
        self._phrase.setText(phrase)
        changer_propriete(self._phrase, "ton", ton.value)
        changer_propriete(self, "ton", ton.value)
        self._icone.montrer(_ICONES[ton], ton)
        self._action = action
        self._bouton.setVisible(bool(libelle))
        if libelle:
            self._bouton.renommer(libelle)
        nommer(self, phrase)
        if (actif := QApplication.focusWidget()) is not None and not self.isAncestorOf(actif):
            self._avant = actif
        self.show()
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        annoncer(self, phrase, pressant=ton is Ton.IMMEDIAT)

    def taire(self) -> None:
        """Cache le bandeau."""
        self._tenu = False
        self.hide()

    def oublier(self) -> None:
        """Ce qui a été dit n'a plus lieu d'être montré ; sauf ce qui reste à réparer."""
        if not self._tenu:
            self.taire()

    def passer(self) -> None:
        """Autre chose vient d'être fait : ce qui ne parlait que du geste d'avant rend sa place à la page."""
        if self._passager:
            self.taire()

    def _comprendre(self) -> None:
        """Le clavier revient d'où il venait : les touches de la page marchent tout de suite."""
        self.taire()
        avant, self._avant = self._avant, None
        if avant is not None and shiboken6.isValid(avant) and avant.isVisible():
            avant.setFocus()

    def _agir(self) -> None:
        if self._action is not None:
            self._action()
