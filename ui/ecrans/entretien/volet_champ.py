"""Sous un formulaire ou un tableau : la question du champ qui a le clavier, telle qu'elle se dit, et ses réponses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from modele.dossier.chemins import ABSENT
from modele.dossier.questions import Question
from modele.dossier.reponses import NE_SAIT_PAS
from ui.composants import Bouton, Carte, nommer, retirer, texte
from ui.composants.flot import Flot
from ui.saisies.choix import MOT_AUCUN, REFUS
from ui.theme import Ton

NSP, REFUSER, AUCUN, CONFIRMER, COPIER, RIEN = "Alt+N", "Alt+R", "Alt+A", "Alt+C", "Alt+D", "Alt+X"
DEPLIER, EFFACER, HISTOIRE = "Alt+V", "Alt+E", "Alt+H"
LONG = 46
"""Signes qu'une réponse montre au plus."""
GESTES = (NSP, REFUSER, AUCUN, CONFIRMER, COPIER, DEPLIER, EFFACER, HISTOIRE)


@dataclass(frozen=True, slots=True)
class Montre:
    """Ce que le volet dit d'un champ. ``propositions`` : touche, mot, réponse. ``propose`` : ce qui est su, en mots.

    ``autres`` : combien d'autres champs de la page attendent d'être confirmés.

    ``repliees`` : combien d'autres réponses un geste montre. ``repondu`` : vrai s'il a une réponse. ``copie`` : vrai si
    la ligne d'au-dessus peut se redire.
    """

    question: Question
    propositions: tuple[tuple[str, str, Any], ...] = ()
    propose: str = ""
    autres: int = 0
    copie: bool = False
    repliees: int = 0
    repondu: bool = False


class VoletChamp(Carte):
    """``repondre`` : une réponse sans frappe. ``confirmer`` : ce qui est proposé. ``copier`` : comme au-dessus.

    ``deplier`` : montrer toutes les réponses. ``histoire`` : qui a répondu quoi, et quand.
    """

    repondre = Signal(object)
    confirmer = Signal()
    copier = Signal()
    deplier = Signal()
    histoire = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(nom="La question de ce champ", ton=Ton.ACTION)
        if parent is not None:
            self.setParent(parent)
        self._montre: Montre | None = None
        self.dire = texte("", "gras")
        self._gestes = Flot(ecart=1)
        self._porteur = porteur = QWidget()
        porteur.setLayout(self._gestes)
        nommer(porteur, "Réponses de ce champ")
        self.ajouter(self.dire, porteur)

    def montrer(self, montre: Montre) -> None:
        """Change de champ ; rien ne se refait si rien n'a changé."""
        if montre == self._montre:
            return
        self._montre = montre
        self.dire.setText(montre.question.dire)
        while (place := self._gestes.takeAt(0)) is not None:
            retirer(place.widget())
        for bouton in self._boutons(montre):
            self._gestes.addWidget(bouton)
            bouton.show()

    def presser(self, touche: str) -> None:
        """Presse le geste qui montre cette touche : ce qui n'est pas écrit ne répond pas."""
        # Jamais par ``itemAt`` : ``ui.composants.tabulation`` dit pourquoi.
        for bouton in self._porteur.findChildren(Bouton):
            if self._gestes.indexOf(bouton) >= 0 and bouton.touche == touche:
                bouton.click()
                return

    def _repondre(self, valeur: Any) -> None:
        self.repondre.emit(valeur)

    def _confirmer(self) -> None:
        self.confirmer.emit()

    def _copier(self) -> None:
        self.copier.emit()

    def _deplier(self) -> None:
        self.deplier.emit()

    def _raconter(self) -> None:
        self.histoire.emit()

    def _boutons(self, montre: Montre) -> Sequence[QWidget]:
        def geste(mot: str, valeur: Any, touche: str) -> Bouton:
            bouton = Bouton(_abreger(mot), partial(self._repondre, valeur), genre="discret", montre=touche)
            bouton.setAccessibleName(mot)
            bouton.setToolTip(mot if _abreger(mot) != mot else "")
            return bouton

        gestes = [geste(mot, reponse, signe) for signe, mot, reponse in montre.propositions]
        if montre.repliees:
            autres = f"Autre ({montre.repliees})…"
            gestes.append(Bouton(autres, self._deplier, genre="discret", montre=DEPLIER))
        if montre.propose or montre.autres:
            gestes.append(Bouton(_a_confirmer(montre), self._confirmer, montre=CONFIRMER))
        if montre.copie:
            gestes.append(Bouton("Comme au-dessus", self._copier, genre="discret", montre=COPIER))
        if montre.question.aucun:
            gestes.append(geste(MOT_AUCUN, montre.question.sans, AUCUN))
        gestes.append(geste("Ne sait pas", dict(NE_SAIT_PAS), NSP))
        gestes.append(geste("Ne souhaite pas répondre", dict(REFUS), REFUSER))
        if montre.repondu:
            gestes.append(geste("Effacer la réponse", ABSENT, EFFACER))
            gestes.append(Bouton("Historique", self._raconter, genre="discret", montre=HISTOIRE))
        return gestes


def _abreger(mot: str) -> str:
    """Une réponse trop longue pour la ligne se coupe : sa touche doit rester sous les yeux."""
    return mot if len(mot) <= LONG else f"{mot[: LONG - 1].rstrip(' ,')}…"


def _a_confirmer(montre: Montre) -> str:
    """« Confirmer : BENALI, et 2 autres »."""
    if not montre.propose:
        return "Confirmer ce qui est proposé"
    return f"Confirmer : {montre.propose}" + (f", et {montre.autres} de plus" if montre.autres else "")
