"""L'ordre de l'entretien : les sections qui se posent, leurs étapes, ce qui précise chacune. Sans Qt, sans question.

Une étape montre une question et celles qui la précisent, un formulaire, ou le tableau d'une section répétée.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from modele.bilan import Bilan
from modele.dossier.chemins import sans_identifiant
from modele.dossier.entretien import Avancement, QuestionVue, SectionVue, Visibilite
from modele.dossier.inventaire import PERSONNES, Genre
from modele.dossier.pages import GenrePage, Page
from modele.dossier.portail import Portail
from modele.dossier.questions import Section
from modele.mots.noms import champ_de
from modele.regles.conditions import noms_des_faits
from modele.regles.etats import Situation
from modele.regles.kleene import evaluer

_COURTES: Final = frozenset({Genre.DATE, Genre.ENTIER, Genre.DECIMAL})
_PRECISABLES: Final = frozenset({Genre.BOOLEEN, Genre.CHOIX})
# « Depuis quand ? », « À quelle date ? » : au-delà, la question se comprend seule.
_SEULE: Final = 24
_DERNIER: Final = 99
_DECISIF: Final = 2


@dataclass(frozen=True, slots=True)
class Etape:
    """Une étape : une question dite et celles qui la précisent ; ou une page, formulaire ou tableau, et les siennes.

    ``element`` : l'élément de liste dont elle parle ; vide pour un tableau, qui les montre tous. ``close`` : vrai si la
    liste d'un tableau est dite complète.
    """

    cle: str
    section: Section
    vues: tuple[QuestionVue, ...]
    element: str = ""
    page: Page | None = None
    close: bool = True

    @property
    def dite(self) -> QuestionVue | None:
        """La question qui se dit seule ; ``None`` pour une page."""
        return None if self.page is not None else self.vues[0]

    @property
    def precisions(self) -> tuple[QuestionVue, ...]:
        """Les questions montrées sous celle qui se dit."""
        return () if self.page is not None else self.vues[1:]

    @property
    def tableau(self) -> bool:
        """Vrai si l'étape montre toute une liste."""
        return self.page is not None and self.page.genre is GenrePage.TABLEAU

    @property
    def repondue(self) -> bool:
        """Vrai si toutes ses questions ont une réponse, et la liste sa fin."""
        return self.close and all(vue.repondue for vue in self.vues)

    @property
    def essentielle(self) -> bool:
        """Vrai si elle décide d'une voie, d'une note ou de l'enregistrement : elle passe avant ce qui peut attendre."""
        return any(_essentielle(vue) for vue in self.vues) or (self.tableau and self.section.liste == PERSONNES)

    @property
    def chemins(self) -> tuple[str, ...]:
        """Les champs que cette étape remplit."""
        liste = (self.section.liste,) if self.tableau else ()
        return (*liste, *(vue.chemin for vue in self.vues))


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
    """Tout l'entretien, dans l'ordre. ``papier`` : la place de chaque case du papier, si l'on en saisit un."""

    sections: tuple[SectionParcourue, ...]
    papier: Mapping[str, int] | None = None

    def etapes(self) -> Iterator[Etape]:
        """Toutes les étapes."""
        for section in self.sections:
            yield from section.etapes

    @property
    def ordre(self) -> list[Etape]:
        """L'ordre où l'on avance : l'essentiel de chaque section, puis le reste ; d'un papier, ses cases d'abord."""
        if self.papier is not None:
            return sorted(self.etapes(), key=self._place)
        return sorted(self.etapes(), key=lambda etape: not etape.essentielle)

    def _place(self, etape: Etape) -> int:
        """La place de sa première case sur le papier ; ce qui n'y est pas vient après, dans l'ordre de l'entretien."""
        papier = self.papier or {}
        return min((place_sur_le_papier(papier, chemin) for chemin in etape.chemins), default=len(papier))

    def fin_de_l_essentiel(self, etape: Etape, suivante: Etape) -> bool:
        """Vrai si l'on peut s'en tenir là : l'essentiel est dit, ou le papier est tout entier saisi."""
        if self.papier is not None:
            return self._place(etape) < len(self.papier) <= self._place(suivante)
        return etape.essentielle and not suivante.essentielle

    def reste(self) -> list[Etape]:
        """Ce qui peut attendre, et n'a pas de réponse."""
        return [etape for etape in self.etapes() if not etape.essentielle and not etape.repondue]

    def trouver(self, cle: str) -> Etape | None:
        """L'étape de cette clé."""
        return next((etape for etape in self.etapes() if etape.cle == cle), None)

    def de_chemin(self, chemin: str) -> Etape | None:
        """L'étape qui remplit ce champ, un champ qui le contient, ou qu'il contient."""
        exacte = next((e for e in self.etapes() if chemin in e.chemins), None)
        proches = [e for e in self.etapes() if any(_parents(chemin, c) for c in e.chemins)]
        # Un champ d'élément pas encore montré est plus près d'une question de cet élément que de sa liste.
        return exacte or max(proches, key=lambda e: max(len(c) for c in e.chemins if _parents(chemin, c)), default=None)

    def suivante(self, etape: Etape, pas: int = 1) -> Etape | None:
        """L'étape d'après (``pas`` 1) ou d'avant (-1)."""
        etapes = self.ordre
        rang = next((rang for rang, une in enumerate(etapes) if une.cle == etape.cle), None)
        if rang is None:
            return None
        return etapes[rang + pas] if 0 <= rang + pas < len(etapes) else None

    def premiere_a_poser(self) -> Etape | None:
        """La première étape sans réponse, à défaut la première."""
        etapes = self.ordre
        return next((e for e in etapes if not e.repondue), None) or next(iter(etapes), None)


def cle_de_liste(section: Section) -> str:
    """La clé de l'étape « tableau » d'une section répétée."""
    return f"liste {section.liste}"


def places_du_papier(portail: Portail) -> dict[str, int]:
    """Chaque champ du formulaire papier, et son rang."""
    champs = (".".join(filter(None, (r.liste, champ))) for r in portail.rubriques for champ in r.champs)
    return {champ: rang for rang, champ in enumerate(champs)}


def place_sur_le_papier(papier: Mapping[str, int], chemin: str) -> int:
    """Le rang d'un champ, ou du premier champ de son groupe ou de sa liste ; après tous s'il n'a pas de case."""
    nom = sans_identifiant(chemin)
    return min((rang for champ, rang in papier.items() if _parents(champ, nom) or champ == nom), default=len(papier))


def parcourir(bilan: Bilan, aussi: str = "", *, papier: bool = False) -> Parcours:
    """Le parcours d'un bilan. ``aussi`` : le chemin d'une question à montrer même si elle n'est que « peut-être ».

    ``papier`` : dans l'ordre du formulaire papier, celui qu'on recopie.
    """
    groupes: dict[str, list[SectionVue]] = {}
    for vue in bilan.entretien.sections:
        groupes.setdefault(vue.section.id, []).append(vue)
    sections = (_section(vues, aussi, bilan.situation) for vues in groupes.values())
    places = places_du_papier(bilan.regles.portail) if papier else None
    return Parcours(tuple(section for section in sections if section.etapes), places)


def _section(vues: Sequence[SectionVue], aussi: str, situation: Situation) -> SectionParcourue:
    section = vues[0].section
    etapes = [etape for vue in vues for etape in _etapes(vue, aussi)]
    if section.liste and (etapes or section.si is None or evaluer(section.si, situation)):
        etapes.insert(0, _tableau(vues, aussi))
    posees = sum(len(vue.posees) for vue in vues) + bool(section.liste)
    faites = sum(vue.repondues for vue in vues) + bool(section.liste and vues[0].close)
    etats = {vue.avancement for vue in vues}
    commence = Avancement.EN_COURS if faites else Avancement.VIDE
    avancement = Avancement.FAIT if etats == {Avancement.FAIT} else commence
    return SectionParcourue(section, tuple(etapes), avancement, faites, posees)


def _tableau(vues: Sequence[SectionVue], aussi: str) -> Etape:
    """Le tableau d'une liste : toutes ses lignes, les cellules qui se posent."""
    section = vues[0].section
    page = next(page for page in section.pages if page.genre is GenrePage.TABLEAU)
    cellules = [q for vue in vues for q in vue.questions if q.question.id in page.questions and _se_pose(q, aussi)]
    return Etape(cle_de_liste(section), section, tuple(cellules), page=page, close=vues[0].close)


def _etapes(vue: SectionVue, aussi: str) -> Iterator[Etape]:
    """Les étapes d'une section, ou d'un élément de sa liste hors de son tableau : l'important d'abord."""
    pages = {nom: page for page in vue.section.pages for nom in page.questions}
    # Ce qui ne s'écrit pas ne se demande qu'au premier contact.
    ordre = [question for question in vue.questions if not question.question.ephemere]
    seules = [question for question in ordre if question.question.id not in pages]
    formulaires = [page for page in vue.section.pages if page.genre is GenrePage.FORMULAIRE]
    etapes = [*_dites(vue, seules, aussi), *(_formulaire(vue, page, ordre, aussi) for page in formulaires)]
    places = {question.chemin: place for place, question in enumerate(ordre)}
    posees = [etape for etape in etapes if etape.vues]
    yield from sorted(posees, key=lambda etape: (_rang(etape), places[etape.vues[0].chemin]))


def _dites(vue: SectionVue, seules: Sequence[QuestionVue], aussi: str) -> Iterator[Etape]:
    liees = dict(_liees(seules))
    for question in seules:
        if question.chemin not in liees and _se_pose(question, aussi):
            precisions = (
                q for q in seules if liees.get(q.chemin) == question.chemin and _se_pose(q, aussi) and question.repondue
            )
            yield Etape(question.chemin, vue.section, (question, *precisions), vue.element)


def _formulaire(vue: SectionVue, page: Page, ordre: Sequence[QuestionVue], aussi: str) -> Etape:
    """Un formulaire, ses questions dans l'ordre de la page ; sans question à poser, il n'est pas une étape."""
    connues = {question.question.id: question for question in ordre}
    posees = (connues[nom] for nom in page.questions if nom in connues and _se_pose(connues[nom], aussi))
    debut = f"{vue.section.liste}.elements.{vue.element}." if vue.element else ""
    return Etape(f"page {debut}{vue.section.id} {page.id}", vue.section, tuple(posees), vue.element, page)


def _se_pose(vue: QuestionVue, aussi: str) -> bool:
    return vue.visibilite is Visibilite.VISIBLE or (vue.chemin == aussi and vue.visibilite is Visibilite.PEUT_ETRE)


def _essentielle(vue: QuestionVue) -> bool:
    champ = champ_de(vue.chemin)
    obligatoire = champ is not None and champ.champ.obligatoire
    return obligatoire or (vue.question.rang or _DERNIER) <= _DECISIF


def _rang(etape: Etape) -> int:
    return min(vue.question.rang or _DERNIER for vue in etape.vues)


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


def _parents(un: str, autre: str) -> bool:
    return un.startswith(f"{autre}.") or autre.startswith(f"{un}.")
