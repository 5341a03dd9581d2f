"""L'ordre de l'entretien : les sections qui se posent, leurs étapes, ce qui précise chacune. Sans Qt, sans question.

Une étape montre une question, celles qui la précisent, ou la liste d'une section répétée (les personnes à loger).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from modele.bilan import Bilan
from modele.dossier.entretien import Avancement, QuestionVue, SectionVue, Visibilite
from modele.dossier.inventaire import Genre
from modele.dossier.questionnaire import Section
from modele.regles.conditions import noms_des_faits
from modele.regles.etats import Situation
from modele.regles.kleene import evaluer

_COURTES: Final = frozenset({Genre.DATE, Genre.ENTIER, Genre.DECIMAL})
_PRECISABLES: Final = frozenset({Genre.BOOLEEN, Genre.CHOIX})
# « Depuis quand ? », « À quelle date ? » : au-delà, la question se comprend seule.
_SEULE: Final = 24
_DERNIER: Final = 99


@dataclass(frozen=True, slots=True)
class Etape:
    """Une étape. ``vue`` absente : la liste de la section. ``precisions`` : les questions montrées dessous."""

    cle: str
    section: Section
    element: str = ""
    vue: QuestionVue | None = None
    precisions: tuple[QuestionVue, ...] = ()

    @property
    def chemins(self) -> tuple[str, ...]:
        """Les champs que cette étape remplit."""
        if self.vue is None:
            return (self.section.liste,)
        return (self.vue.chemin, *(vue.chemin for vue in self.precisions))


@dataclass(frozen=True, slots=True)
class SectionParcourue:
    """Une section à l'écran : ses étapes, celles de ses éléments à part, et où elle en est."""

    section: Section
    etapes: tuple[Etape, ...]
    avancement: Avancement
    faites: int
    posees: int


@dataclass(frozen=True)
class Parcours:
    """Tout l'entretien, dans l'ordre."""

    sections: tuple[SectionParcourue, ...]

    def etapes(self) -> Iterator[Etape]:
        """Toutes les étapes."""
        for section in self.sections:
            yield from section.etapes

    def trouver(self, cle: str) -> Etape | None:
        """L'étape de cette clé."""
        return next((etape for etape in self.etapes() if etape.cle == cle), None)

    def de_chemin(self, chemin: str) -> Etape | None:
        """L'étape qui remplit ce champ, un champ qui le contient, ou qu'il contient."""
        exacte = next((e for e in self.etapes() if chemin in e.chemins), None)
        proches = [e for e in self.etapes() if any(_parents(chemin, c) for c in e.chemins)]
        # Un champ d'élément pas encore montré est plus près d'une question de cet élément que de sa liste.
        return exacte or max(proches, key=lambda e: max(map(len, e.chemins)), default=None)

    def suivante(self, etape: Etape, pas: int = 1) -> Etape | None:
        """L'étape d'après (``pas`` 1) ou d'avant (-1) : un élément de liste revient à sa liste."""
        if etape.element:
            memes = [e for e in self.etapes() if e.section.id == etape.section.id and e.element == etape.element]
            voisine = _voisine(memes, etape, pas)
            return voisine or self.trouver(cle_de_liste(etape.section))
        return _voisine([e for e in self.etapes() if not e.element], etape, pas)

    def premiere_a_poser(self) -> Etape | None:
        """La première étape sans réponse, à défaut la première."""
        hors_elements = [e for e in self.etapes() if not e.element]
        sans_reponse = (e for e in hors_elements if e.vue is not None and not e.vue.repondue)
        return next(sans_reponse, None) or next(iter(hors_elements), None)


def cle_de_liste(section: Section) -> str:
    """La clé de l'étape « liste » d'une section répétée."""
    return f"liste {section.liste}"


def parcourir(bilan: Bilan, aussi: str = "") -> Parcours:
    """Le parcours d'un bilan. ``aussi`` : le chemin d'une question à montrer même si elle n'est que « peut-être »."""
    groupes: dict[str, list[SectionVue]] = {}
    for vue in bilan.entretien.sections:
        groupes.setdefault(vue.section.id, []).append(vue)
    sections = (_section(vues, aussi, bilan.situation) for vues in groupes.values())
    return Parcours(tuple(section for section in sections if section.etapes))


def _section(vues: Sequence[SectionVue], aussi: str, situation: Situation) -> SectionParcourue:
    section = vues[0].section
    etapes = [etape for vue in vues for etape in _etapes(vue, aussi)]
    if section.liste and (etapes or section.si is None or evaluer(section.si, situation)):
        etapes.insert(0, Etape(cle_de_liste(section), section))
    posees = sum(len(vue.posees) for vue in vues) + bool(section.liste)
    faites = sum(vue.repondues for vue in vues) + bool(section.liste and vues[0].close)
    etats = {vue.avancement for vue in vues}
    commence = Avancement.EN_COURS if faites else Avancement.VIDE
    avancement = Avancement.FAIT if etats == {Avancement.FAIT} else commence
    return SectionParcourue(section, tuple(etapes), avancement, faites, posees)


def _etapes(vue: SectionVue, aussi: str) -> Iterator[Etape]:
    # Ce qui ne s'écrit pas ne se demande qu'au premier contact.
    ordre = [question for question in vue.questions if not question.question.ephemere]
    liees = dict(_liees(ordre))
    meneuses = [q for q in ordre if q.chemin not in liees and _se_pose(q, aussi)]
    for question in sorted(meneuses, key=_rang):
        precisions = tuple(
            q for q in ordre if liees.get(q.chemin) == question.chemin and _se_pose(q, aussi) and question.repondue
        )
        yield Etape(question.chemin, vue.section, vue.element, question, precisions)


def _se_pose(vue: QuestionVue, aussi: str) -> bool:
    return vue.visibilite is Visibilite.VISIBLE or (vue.chemin == aussi and vue.visibilite is Visibilite.PEUT_ETRE)


def _rang(vue: QuestionVue) -> int:
    return vue.question.rang or _DERNIER


def _liees(ordre: Sequence[QuestionVue]) -> Iterator[tuple[str, str]]:
    """Chaque question qui précise celle qui la précède dans le fichier, et cette dernière."""
    for avant, vue in pairwise(ordre):
        if _precise(avant, vue):
            yield vue.chemin, avant.chemin


def _precise(avant: QuestionVue, vue: QuestionVue) -> bool:
    """Une date ou un nombre, du même groupe, que la réponse d'avant appelle ou qui ne se comprend qu'après elle."""
    if vue.question.genre not in _COURTES or avant.question.genre not in _PRECISABLES:
        return False
    if vue.chemin.rpartition(".")[0] != avant.chemin.rpartition(".")[0]:
        return False
    if vue.question.si is None:
        return vue.question.genre is Genre.DATE and len(vue.question.dire) < _SEULE
    return not frozenset(avant.question.faits).isdisjoint(noms_des_faits(vue.question.si))


def _voisine(etapes: Sequence[Etape], etape: Etape, pas: int) -> Etape | None:
    cles = [e.cle for e in etapes]
    if etape.cle not in cles:
        return None
    rang = cles.index(etape.cle) + pas
    return etapes[rang] if 0 <= rang < len(etapes) else None


def _parents(un: str, autre: str) -> bool:
    return un.startswith(f"{autre}.") or autre.startswith(f"{un}.")
