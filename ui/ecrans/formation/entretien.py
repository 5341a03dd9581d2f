"""L'entretien joué : la scène, ce qui s'est dit, et la question suivante, tapée ou prise dans la liste."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.formation.entretien import PAS_COMPRIS, Posee, comprendre, repondre, seul_d_abord
from ui.composants import (
    Bouton,
    Carte,
    Champ,
    Colonnes,
    ListePropositions,
    Pli,
    Proposition,
    annoncer,
    colonne,
    etiquette_aide,
    rangee,
    texte,
)
from ui.composants.mise_en_page import faire_voir

if TYPE_CHECKING:
    from modele.formation import Cas, EnCours, Question

_AIDE: Final = "Demandez avec vos mots, dans l'ordre que vous voulez. Entrée pose la question."


class PageEntretien(QWidget):
    """``fini`` : l'agent a demandé ce qu'il voulait savoir. ``vrais`` : il veut jouer dans les vrais écrans."""

    fini = Signal()
    vrais = Signal()

    def __init__(self, cas: Cas) -> None:
        super().__init__()
        self.cas = cas
        self.posees: list[Posee] = []
        self.dits: list[tuple[str, str]] = []
        self.separes = False
        self._dits = QVBoxLayout()
        self.question = Champ("Votre question", _AIDE)
        self.separer = Bouton("Recevoir seul à seul", self._recevoir_seul, icone="eye-off")
        if not cas.scene.accompagnant:
            # Montrer un widget encore sans parent ouvrirait une fenêtre : on ne fait que cacher.
            self.separer.hide()
        self.suite = Bouton("J'en sais assez", self.fini.emit, genre="principal", raccourci="Ctrl+Return")
        self.ouvrir = Bouton("Dans les vrais écrans", self.vrais.emit, icone="folder-open", raccourci="Alt+V")
        self.questions = ListePropositions("Questions possibles", au_plus=8)
        self.questions.montrer([Proposition(un.point.texte, partial(self.poser, un)) for un in cas.questions], -1)
        self.liste = Pli("Voir des questions", "Cacher les questions", self.questions)
        self._disposer()
        self.question.entree.connect(self._demander)

    def _disposer(self) -> None:
        scene = Carte(self.cas.titre)
        scene.ajouter(texte(self.cas.scene.lieu), texte(self.cas.scene.personne, "gras"), texte(self.cas.scene.dit))
        echange = Carte("L'entretien", icone="message-circle-question-mark")
        echange.ajouter(
            self._dits,
            self.question,
            rangee(Colonnes([(self.suite, 0, 0), (self.separer, 0, 0), (self.ouvrir, 0, 0)], ecart=2), 1),
            self.liste,
        )
        self.setLayout(colonne(scene, echange, 1, ecart=3))

    @property
    def seul(self) -> bool:
        """Vrai si personne d'autre n'est là."""
        return seul_d_abord(self.cas, separes=self.separes)

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
        self.separes = True
        self.separer.hide()
        self._dire("Recevoir seul à seul", self.cas.scene.a_part)
        self.focus_initial()

    def laisse(self, avant: EnCours) -> EnCours:
        """``avant``, avec ce qui s'est dit depuis."""
        return replace(avant, posees=tuple(self.posees), separes=self.separes, dits=tuple(self.dits))

    def remettre(self, laisse: EnCours) -> None:
        """Ce qui s'était dit, tel quel ; seul à seul si l'on y était. Ce qui se montrait déjà ne se redit pas."""
        self.posees, self.separes = list(laisse.posees), laisse.separes
        if self.separes:
            self.separer.hide()
        for dite, reponse in laisse.dits[len(self.dits) :]:
            self._ecrire(dite, reponse)

    def _dire(self, dite: str, reponse: str) -> None:
        self._ecrire(dite, reponse)
        annoncer(self, reponse)
        # Une fois la réponse à sa place : la question suivante reste sous les yeux, sous ce qui vient de se dire.
        QTimer.singleShot(0, self, lambda: faire_voir(self.question))

    def _ecrire(self, dite: str, reponse: str) -> None:
        self.dits.append((dite, reponse))
        self._dits.addWidget(etiquette_aide(f"Vous : {dite}"))
        self._dits.addWidget(texte(reponse))

    def focus_initial(self) -> None:
        """Le clavier à la question."""
        self.question.setFocus(Qt.FocusReason.OtherFocusReason)
