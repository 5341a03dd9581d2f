"""Les questions encore à poser d'un bilan, retrouvées vite par le fait qu'elles décident. Sans Qt.

``Bilan.questions_de`` parcourt tout l'entretien à chaque fait : trop lent pour trente voies à chaque réponse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT, situer
from modele.dossier.entretien import QuestionVue, Visibilite
from modele.dossier.pages import GenrePage
from modele.dossier.questions import Question
from modele.regles.conditions import noms_des_faits
from modele.regles.kleene import evaluer

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
        # Une liste qu'on n'a pas dite complète pèse autant qu'une question : combien d'enfants, combien de ressources.
        self._vues += _listes_ouvertes(bilan)
        for rang, vue in enumerate(self._vues):
            for champ in {*vue.question.faits, vue.question.champ}:
                self._rangs.setdefault(champ, []).append(rang)

    def premiere(self, *faits: str) -> QuestionVue | None:
        """La première question, dans l'ordre de l'entretien, du premier de ces faits qui en a une.

        D'une question qui ne se pose que peut-être, celle qui le dira : y mener tout droit ne tranche rien.
        """
        vue = self._directe(faits)
        menees: set[str] = set()
        while vue is not None and vue.visibilite is Visibilite.PEUT_ETRE and not situer(vue.chemin).liste:
            menees.add(vue.chemin)
            avant = self._directe(_dont_elle_depend(vue))
            if avant is None or avant.chemin in menees:
                break
            vue = avant
        return vue

    def _directe(self, faits: Iterable[str]) -> QuestionVue | None:
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


def _dont_elle_depend(vue: QuestionVue) -> tuple[str, ...]:
    condition = vue.question.si
    return () if condition is None else noms_des_faits(condition)


def _listes_ouvertes(bilan: Bilan) -> Iterator[QuestionVue]:
    """Les tableaux à remplir : la question de leur page, au chemin de la liste."""
    vues: set[str] = set()
    for une in bilan.entretien.sections:
        section = une.section
        posee = section.si is None or evaluer(section.si, bilan.situation)
        if section.liste and not une.close and posee and section.liste not in vues:
            vues.add(section.liste)
            page = next(page for page in section.pages if page.genre is GenrePage.TABLEAU)
            question = Question(page.id, section.liste, page.dire, officiel=section.libelle, faits=(section.liste,))
            yield QuestionVue(question, section.liste, Visibilite.VISIBLE, ABSENT)


def questions_decisives(bilan: Bilan) -> Iterator[tuple[QuestionVue, Decimal | None]]:
    """Les questions qui changent le plus la note, la plus forte d'abord, et de combien de points au plus.

    Sans doublon ; un refus ne se redemande pas.
    """
    if bilan.cotation is None:
        return
    deja: set[str] = set()
    restantes = Restantes(bilan)
    for decisif in sorted(bilan.cotation.decisifs, key=lambda d: (d.ecart is not None, -(d.ecart or Decimal(0)))):
        question = None if decisif.refuse else restantes.premiere(decisif.fait)
        if question is not None and question.chemin not in deja:
            deja.add(question.chemin)
            yield question, decisif.ecart
