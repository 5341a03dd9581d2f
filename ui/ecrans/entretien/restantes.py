"""Les questions encore à poser d'un bilan, retrouvées vite par le fait qu'elles décident. Sans Qt.

``Bilan.questions_de`` parcourt tout l'entretien à chaque fait : trop lent pour trente voies à chaque réponse.
"""

from __future__ import annotations

from collections.abc import Iterator

from modele.bilan import Bilan
from modele.dossier.entretien import QuestionVue, Visibilite

_A_POSER = (Visibilite.VISIBLE, Visibilite.PEUT_ETRE)


class Restantes:
    """L'index d'un bilan, fait une fois."""

    def __init__(self, bilan: Bilan) -> None:
        self._catalogue = bilan.regles.catalogue
        self._rangs: dict[str, list[int]] = {}
        self._vues = [
            v
            for v in bilan.entretien.questions()
            if v.visibilite in _A_POSER and not v.repondue and not v.question.ephemere
        ]
        for rang, vue in enumerate(self._vues):
            for champ in {*vue.question.faits, vue.question.champ}:
                self._rangs.setdefault(champ, []).append(rang)

    def premiere(self, *faits: str) -> QuestionVue | None:
        """La première question, dans l'ordre de l'entretien, du premier de ces faits qui en a une."""
        for fait in faits:
            rangs = [rang for champ in self._champs(fait, set()) for rang in self._rangs.get(champ, ())]
            if rangs:
                return self._vues[min(rangs)]
        return None

    def _champs(self, nom: str, vus: set[str]) -> Iterator[str]:
        if nom in vus:
            return
        vus.add(nom)
        yield nom
        fait = self._catalogue.get(nom)
        for champ in fait.champs if fait else ():
            yield from self._champs(champ, vus)
