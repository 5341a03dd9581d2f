"""Un choix dans un formulaire ou un tableau : ses réponses sur une ligne, ou une case qui les montre à côté.

Ne pas répondre s'y dit d'une touche de la page, pas d'un bouton par champ.
"""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from modele.dossier.chemins import ABSENT
from modele.dossier.questions import Question
from ui.composants import GroupeChoix, Option, texte
from ui.composants.case_choix import CaseChoix
from ui.composants.frappes import SIGNES
from ui.saisies.choix import Saisie, dire_reponse, memes, mot_sans_reponse, offertes
from ui.theme.apparence import apparence, police

_AU_PLUS: Final = 3
_LONGUE: Final = 14
"""Au-delà, les réponses les plus données d'abord."""
_LARGE: Final = 300
"""Pixels à 100 % : au-delà, les réponses ne tiennent pas sur la ligne d'un champ."""


class SaisieSerree(Saisie):
    """Le choix et son nom au-dessus. ``propositions`` : ce que la page montre à côté, vide si tout est sur la ligne.

    ``repliees`` : combien d'autres réponses attendent derrière « Autre »."""

    def __init__(self, nom: str, question: Question, *, etroite: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question, self._nom = question, nom
        offertes_ici = [(f"{mot[:1].upper()}{mot[1:]}", reponse) for mot, reponse in offertes(question)]
        self._reponses = {str(rang): reponse for rang, (_, reponse) in enumerate(offertes_ici)}
        self.libelle = texte(nom, "gras")
        self.groupe: GroupeChoix | None = None
        self.case: CaseChoix | None = None
        self.propositions: list[tuple[str, str, Any]] = []
        self.repliees = 0
        self._boite.setSpacing(4)
        self._boite.addWidget(self.libelle)
        if not etroite and _tiennent([mot for mot, _ in offertes_ici]):
            self._en_ligne([mot for mot, _ in offertes_ici])
        else:
            self._toutes = _frequentes_d_abord(question, offertes_ici)
            self._frequentes = len(question.frequentes) if len(offertes_ici) > _LONGUE else 0
            self._en_case()
            self.deplier(tout=not self._frequentes)
        self._boite.addWidget(self._faute)

    def _en_ligne(self, mots: list[str]) -> None:
        options = [Option(str(rang), mot) for rang, mot in enumerate(mots)]
        dire, officiel = self._question.dire, self._question.officiel
        self.groupe = GroupeChoix(dire, options, description=officiel, signes=True, serre=True)
        self.groupe.choisi.connect(lambda code: self.repondue.emit(self._reponses[code]))
        self.groupe.frappee.connect(self.avance)
        self.groupe.entree.connect(self.entree)
        self._boite.addWidget(self.groupe)

    def _en_case(self) -> None:
        self.case = CaseChoix(self._question.dire, self._question.officiel)
        self.case.choisi.connect(self._choisir)
        self.case.entree.connect(self.entree)
        self._boite.addWidget(self.case)

    def deplier(self, *, tout: bool = True) -> None:
        """Offre toutes les réponses, ou d'abord les plus données ; une touche qui ne s'écrit pas ne choisit pas."""
        assert self.case is not None
        offertes = self._toutes if tout else self._toutes[: self._frequentes]
        signes = [*SIGNES[: len(offertes)], *[""] * (len(offertes) - len(SIGNES))]
        self.propositions = [(s, m, r) for s, (m, r) in zip(signes, offertes, strict=True)]
        self.case.offrir({signe: reponse for signe, _, reponse in self.propositions if signe})
        self.repliees = len(self._toutes) - len(offertes)

    def _choisir(self, reponse: Any) -> None:
        ici = self.case is not None and self.case.hasFocus()
        self.repondue.emit(reponse)
        if ici:
            self.avance.emit()

    def poser(self, reponse: Any) -> None:
        if self.groupe is not None:
            code = next((c for c, dite in self._reponses.items() if memes(dite, reponse)), None)
            self.groupe.poser(code)
        elif self.case is not None:
            self.case.montrer("" if reponse is ABSENT else dire_reponse(self._question, reponse))
        self.dire_sans_reponse("" if reponse is ABSENT else mot_sans_reponse(reponse))

    def dire_sans_reponse(self, mot: str) -> None:
        if self.groupe is not None:
            self.libelle.setText(f"{self._nom} : {mot[:1].lower()}{mot[1:]}" if mot else self._nom)
        elif self.case is not None and mot:
            self.case.montrer(mot, doux=True)

    def nommer(self, visible: bool) -> None:
        self.libelle.setVisible(visible)

    def focus_initial(self) -> None:
        if self.groupe is not None:
            self.groupe.focus_initial()
        elif self.case is not None:
            self.case.setFocus()


def _frequentes_d_abord(question: Question, offertes: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Les réponses, les plus données en tête et dans l'ordre déclaré."""
    rangs = {code: rang for rang, code in enumerate(question.frequentes)}
    return sorted(
        offertes, key=lambda offerte: rangs.get(offerte[1], len(rangs)) if isinstance(offerte[1], str) else len(rangs)
    )


def _tiennent(mots: list[str]) -> bool:
    """Vrai si ces réponses tiennent sur la ligne d'un champ, à toute taille de texte."""
    theme = apparence().theme
    mesure = QFontMetrics(police(theme, gras=True))
    large = sum(mesure.horizontalAdvance(mot) + theme.px(82) for mot in mots)
    return len(mots) <= _AU_PLUS and large <= theme.px(_LARGE)
