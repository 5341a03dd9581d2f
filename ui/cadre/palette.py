"""La palette Ctrl+K : un dossier, une action, depuis n'importe où."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from ui.cadre.actions import Action
from ui.composants import ListePropositions, Proposition, annoncer, champ, colonne, etiquette_aide, nommer
from ui.ecrans.trouves import propositions
from ui.etat.session import Session
from ui.theme.apparence import apparence

Rendre = Callable[[Sequence[Proposition]], None]
Source = Callable[[str, Rendre], None]
"""Une source de propositions : reçoit le texte tapé, rend ses propositions quand elle les a."""


def plier(mot: str) -> str:
    """Sans accents ni majuscules, pour comparer ce qui est tapé à ce qui est écrit."""
    return "".join(c for c in unicodedata.normalize("NFD", mot.casefold()) if not unicodedata.combining(c))


def source_actions(actions: Sequence[Action]) -> Source:
    """Les actions dont le libellé contient chaque mot tapé."""

    def chercher(saisie: str, rendre: Rendre) -> None:
        mots = plier(saisie).split()
        rendre(
            [
                Proposition(a.libelle, a.faire, a.detail, icone=a.icone, touche=a.raccourci)
                for a in actions
                if all(mot in plier(f"{a.libelle} {a.detail}") for mot in mots)
            ]
        )

    return chercher


def source_dossiers(session: Session, prendre: Callable[[str], object], pour: QDialog) -> Source:
    """Les dossiers du coffre qui ressemblent au texte tapé."""

    def chercher(saisie: str, rendre: Rendre) -> None:
        if len(saisie.strip()) < 2:
            rendre([])
            return
        session.rechercher(saisie, lambda trouves: rendre(propositions(trouves, prendre)), pour=pour)

    return chercher


class Palette(QDialog):
    """Le dialogue, au-dessus de ``fenetre``. ``ouvrir`` reçoit l'identifiant du dossier choisi."""

    def __init__(
        self, fenetre: QWidget, session: Session, actions: Sequence[Action], ouvrir: Callable[[str], object]
    ) -> None:
        super().__init__(fenetre)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(fenetre.windowTitle())
        nommer(self, "Rechercher")
        self._sources: list[Source] = [source_dossiers(session, ouvrir, self), source_actions(actions)]
        self._rendues: dict[int, Sequence[Proposition]] = {}
        self.saisie = champ("Rechercher un dossier, une action")
        self.liste = ListePropositions("Propositions", au_plus=8)
        self.liste.guider(self.saisie.ligne)
        self.liste.prise.connect(self.accept)
        aide = etiquette_aide("Flèches pour choisir, Entrée pour prendre, Échap pour fermer.")
        self.setLayout(colonne(self.saisie, self.liste, aide, 1, marges=5, ecart=3))
        self.saisie.frappe.connect(self.chercher)
        self._fenetre = fenetre
        self._mesurer()
        apparence().change.connect(self._mesurer)
        self.chercher("")
        self.saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mesurer(self) -> None:
        """Assez large pour que les mots tiennent, à toute taille de texte, sans dépasser la fenêtre."""
        theme, fenetre = apparence().theme, self._fenetre
        self.resize(min(theme.px(640), fenetre.width() - 40), min(theme.px(560), fenetre.height() - 60))

    def chercher(self, saisie: str) -> None:
        """Interroge chaque source ; leurs réponses arrivent quand elles arrivent, dans un ordre fixe."""
        for rang, source in enumerate(self._sources):

            def recevoir(rendues: Sequence[Proposition], rang: int = rang) -> None:
                self._recevoir(rang, rendues)

            source(saisie, recevoir)

    def _recevoir(self, rang: int, rendues: Sequence[Proposition]) -> None:
        self._rendues[rang] = rendues
        toutes = [p for r in sorted(self._rendues) for p in self._rendues[r]]
        self.liste.montrer(toutes)
        if self.saisie.contenu:
            annoncer(self, f"{len(toutes)} propositions")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Entrée sans proposition ne doit pas fermer la palette comme un bouton par défaut.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)
