"""L'entretien joué : la scène, ce qui s'est dit, et la question suivante, tapée ou prise dans la liste."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.formation.entretien import PAS_COMPRIS, Posee, comprendre, repondre, seul_d_abord
from ui.composants import (
    Bouton,
    Carte,
    Champ,
    ListePropositions,
    Pli,
    Proposition,
    annoncer,
    colonne,
    etiquette_aide,
    rangee,
    texte,
)

if TYPE_CHECKING:
    from modele.formation import Cas, Question

_AIDE: Final = "Demandez avec vos mots, dans l'ordre que vous voulez. Entrée pose la question."


class PageEntretien(QWidget):
    """``fini`` : l'agent a demandé ce qu'il voulait savoir."""

    fini = Signal()

    def __init__(self, cas: Cas) -> None:
        super().__init__()
        self.cas = cas
        self.posees: list[Posee] = []
        self._separes = False
        self._dits = QVBoxLayout()
        self.question = Champ("Votre question", _AIDE)
        self.separer = Bouton("Recevoir seul à seul", self._recevoir_seul, icone="eye-off")
        if not cas.scene.accompagnant:
            # Montrer un widget encore sans parent ouvrirait une fenêtre : on ne fait que cacher.
            self.separer.hide()
        self.suite = Bouton("J'en sais assez", self.fini.emit, genre="principal", raccourci="Ctrl+Return")
        self.questions = ListePropositions("Questions possibles", au_plus=8)
        self.questions.montrer([Proposition(un.point.texte, partial(self.poser, un)) for un in cas.questions], -1)
        self.liste = Pli("Voir des questions", "Cacher les questions", self.questions)
        self._disposer()
        self.question.entree.connect(self._demander)

    def _disposer(self) -> None:
        scene = Carte(self.cas.titre)
        scene.ajouter(texte(self.cas.scene.lieu), texte(self.cas.scene.personne, "gras"), texte(self.cas.scene.dit))
        echange = Carte("L'entretien", icone="message-circle-question-mark")
        echange.ajouter(self._dits, self.question, rangee(self.separer, self.suite, 1), self.liste)
        self.setLayout(colonne(scene, echange, 1, ecart=3))

    @property
    def seul(self) -> bool:
        """Vrai si personne d'autre n'est là."""
        return seul_d_abord(self.cas, separes=self._separes)

    def _demander(self) -> None:
        dite = self.question.contenu.strip()
        if not dite:
            self.question.dire_faute("Écrivez votre question.")
            return
        comprise = comprendre(self.cas, dite)
        self.question.poser(None)
        if comprise is None:
            self._dire(dite, PAS_COMPRIS)
        else:
            self.poser(comprise, dite)
        self.focus_initial()

    def poser(self, question: Question, dite: str = "") -> None:
        """Pose cette question ; la réponse se montre et se dit."""
        self.posees.append(Posee(question.point.id, self.seul))
        self._dire(dite or question.point.texte, repondre(question, seul=self.seul))

    def _recevoir_seul(self) -> None:
        self._separes = True
        self.separer.hide()
        self._dire("Recevoir seul à seul", self.cas.scene.a_part)
        self.focus_initial()

    def _dire(self, dite: str, reponse: str) -> None:
        self._dits.addWidget(etiquette_aide(f"Vous : {dite}"))
        self._dits.addWidget(texte(reponse))
        annoncer(self, reponse)

    def focus_initial(self) -> None:
        """Le clavier à la question."""
        self.question.setFocus(Qt.FocusReason.OtherFocusReason)
