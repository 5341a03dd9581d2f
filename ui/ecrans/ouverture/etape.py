"""Ce que partagent les étapes de l'ouverture : un titre, un contenu, une phrase d'échec, une rangée de boutons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from ui.composants import BandeauAlerte, Bouton, Champ, champ, nommer, rangee, texte
from ui.etat.session import Session
from ui.theme import Ton, espace


class Etape(QWidget):
    """Une étape. ``finie`` : on peut passer à la suivante ; ``retour`` : revenir à la précédente."""

    finie = Signal()
    retour = Signal()

    def __init__(self, titre: str, chapeau: str, session: Session) -> None:
        super().__init__()
        nommer(self, titre, chapeau)
        self.session = session
        self.echec = BandeauAlerte()
        self._avant: QWidget | None = None
        self._corps = QVBoxLayout(self)
        self._corps.setContentsMargins(0, 0, 0, 0)
        self._corps.setSpacing(espace(4))
        self.ajouter(texte(titre, "titre"))
        if chapeau:
            self.ajouter(texte(chapeau, "doux"))
        self.ajouter(self.echec)

    def ajouter(self, *contenu: QWidget | QLayout) -> None:
        """Ajoute sous ce qui est déjà là."""
        for element in contenu:
            if isinstance(element, QLayout):
                self._corps.addLayout(element)
            else:
                self._corps.addWidget(element)

    def boutons(self, *gauche: Bouton, suite: Bouton) -> None:
        """La rangée du bas : ``gauche``, puis le bouton principal à droite."""
        self._suite, self._autres = suite, gauche
        self.ajouter(rangee(*gauche, 1, suite, ecart=3))
        self._corps.addStretch(1)

    def sous_les_boutons(self, contenu: QWidget) -> None:
        """Ce qui ne presse pas : sous la rangée, au-dessus du vide."""
        self._corps.insertWidget(self._corps.count() - 1, contenu)

    def paraitre(self) -> None:
        """L'étape va être montrée : donner le focus à son premier geste."""

    def attendre(self, attente: bool, mot: str = "") -> None:
        """Pendant un travail, le bouton principal est éteint et le dit ; les autres attendent aussi.

        Partir vers « Mot de passe oublié » pendant l'essai ouvrirait le coffre derrière la page du code.
        """
        if attente:
            self._avant = self._clavier()
        for bouton in (self._suite, *self._autres):
            bouton.setEnabled(not attente)
        if mot:
            self._suite.renommer(mot)
        if not attente and self._avant is not None and not self._clavier():
            # Un bouton qu'on éteint cède le clavier au suivant, hors de la page : au retour, il le reprend.
            self._avant.setFocus()

    def _clavier(self) -> QWidget | None:
        """Ce qui a le clavier dans cette étape ; ``None`` s'il est ailleurs."""
        ici = self.window().focusWidget()
        return ici if ici is not None and self.isAncestorOf(ici) else None

    def dire_echec(self, phrase: str) -> None:
        """Montre pourquoi l'étape n'a pas abouti."""
        self.attendre(False)
        self.echec.dire(phrase, Ton.IMMEDIAT)


def champ_code() -> Champ:
    """Le champ du code de secours, le même quand on le retape et quand on s'en sert."""
    return champ("Code de secours", exemple="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
