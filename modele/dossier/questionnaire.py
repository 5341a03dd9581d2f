"""Le questionnaire de l'entretien : toutes ses sections, ce qu'elles portent, et les questions d'une grille."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from modele.dossier.faits_bruts import ROLES, catalogue_brut
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, Genre
from modele.dossier.pages import CHAMPS_AU_PLUS, GenrePage, Page
from modele.dossier.questions import SANS_VALEUR, SEUL_A_SEUL, Option, Question, Section
from modele.regles.conditions import (
    AuMoins,
    Comparaison,
    Condition,
    NombreDePersonnes,
    Non,
    Tous,
    UnDe,
    comparaisons,
)
from modele.regles.faits import PREFIXE_LOCAL, PREFIXE_PERSONNE, Fait, TypeFait

_ROLE_DES_CHEMINS: Final = {f"{DEMANDEUR}.": ROLES[0], f"{CODEMANDEUR}.": ROLES[1]}


@dataclass(frozen=True)
class Questionnaire:
    """Toutes les sections, dans l'ordre de l'entretien."""

    sections: tuple[Section, ...]

    @cached_property
    def porteuses(self) -> Mapping[tuple[str, str], int]:
        """Combien de questions portent chaque fait, par (liste, fait)."""
        comptes: dict[tuple[str, str], int] = {}
        for section in self.sections:
            for fait in (fait for question in section.questions for fait in question.faits):
                comptes[section.liste, fait] = comptes.get((section.liste, fait), 0) + 1
        return comptes

    @cached_property
    def partages(self) -> frozenset[tuple[str, str]]:
        """Les faits que plusieurs questions portent, par (liste, fait)."""
        return frozenset(cle for cle, nombre in self.porteuses.items() if nombre > 1)

    @cached_property
    def lus(self) -> Mapping[str, tuple[frozenset[str] | None, ...]]:
        """Par section, les faits dont dépend ce qu'on dit de chacune de ses questions.

        ``None`` : elle dépend aussi d'un texte du dossier, qui n'est aucun fait.
        """
        return {
            section.id: tuple(_lus(section, question) for question in section.questions) for section in self.sections
        }

    @cached_property
    def recopies(self) -> Mapping[str, tuple[str, ...]]:
        """Par champ, ceux où sa réponse s'écrit aussi."""
        questions = (question for section in self.sections for question in section.questions)
        return {question.champ: question.recopie for question in questions if question.recopie}

    def avec_recopies(self, valeurs: Mapping[str, Any]) -> dict[str, Any]:
        """Ces réponses et leurs recopies. Effacer, refuser ou ne pas savoir n'en remplace aucune autre."""
        tout = dict(valeurs)
        for champ, valeur in valeurs.items():
            dit = not any(valeur == rien for rien in SANS_VALEUR)
            tout |= {autre: valeur for autre in self.recopies.get(champ, ()) if dit and autre not in valeurs}
        return tout

    @cached_property
    def comparaisons_derivees(self) -> Mapping[Comparaison, bool]:
        """Les comparaisons d'un fait dérivé que lit le questionnaire ; vrai si seul leur « vrai » compte.

        C'est le cas dans une alerte, qui ne se lève qu'une fois certaine, tant qu'aucun « non » ne la retourne.
        """
        lues: dict[Comparaison, bool] = {}
        for question in (question for section in self.sections for question in section.questions):
            for alerte in question.alertes:
                en_non = set(retournees(alerte.si))
                lues |= {c: c not in en_non and lues.get(c, True) for c in comparaisons(alerte.si)}
        for condition in (c for section in self.sections for c in _visibilites(section) if c is not None):
            lues |= dict.fromkeys(comparaisons(condition), False)
        return {c: vrai_seul for c, vrai_seul in lues.items() if c.fait.nom not in catalogue_brut()}

    @cached_property
    def jamais_posees(self) -> Mapping[str, tuple[str, ...]]:
        """Par rôle, les faits de personne qu'on demande à d'autres mais pas à ce rôle (le lien du demandeur…)."""
        posees: dict[str, set[str]] = {role: set() for role in ROLES}
        for liste, fait in self.porteuses:
            role, relatif = _role(liste, fait)
            if role:
                posees[role].add(relatif)
        toutes = dict.fromkeys(f for faits in posees.values() for f in sorted(faits))
        return {role: tuple(f for f in toutes if f not in faits) for role, faits in posees.items()}


def _lus(section: Section, question: Question) -> frozenset[str] | None:
    if question.si_dit:
        return None
    lues = (section.si, question.si, *(a.si for a in question.alertes), *(d.si for d in question.deductions))
    noms = {c.fait.nom for condition in lues if condition is not None for c in comparaisons(condition)}
    return frozenset(noms | {SEUL_A_SEUL} if question.seul_a_seul else noms)


def _visibilites(section: Section) -> Iterator[Condition | None]:
    yield section.si
    yield from (question.si for question in section.questions)


def retournees(condition: Condition) -> Iterator[Comparaison]:
    """Les comparaisons dont le faux peut rendre la condition vraie."""
    match condition:
        case Non() | NombreDePersonnes():
            yield from comparaisons(condition)
        case Tous(de) | UnDe(de) | AuMoins(_, de):
            for dessous in de:
                yield from retournees(dessous)


def _role(liste: str, fait: str) -> tuple[str, str]:
    """Le rôle auquel se pose un fait de personne, et le nom de ce fait sur une personne ; ``("", "")`` sinon."""
    if liste == PERSONNES:
        return ROLES[2], fait
    for debut, role in _ROLE_DES_CHEMINS.items():
        if fait.startswith(debut):
            return role, f"{PREFIXE_PERSONNE}{fait.removeprefix(debut)}"
    return "", ""


def avec_locales(questionnaire: Questionnaire, faits: Iterable[Fait]) -> Questionnaire:
    """Le questionnaire, plus une section « Questions locales » pour les faits déclarés par la grille."""
    questions = tuple(_locale(fait) for fait in faits)
    if not questions:
        return questionnaire
    return Questionnaire((*questionnaire.sections, _section_locale(questions)))


def _section_locale(questions: tuple[Question, ...]) -> Section:
    """Les questions d'une grille, sur des formulaires ; les cases à cocher se disent seules."""
    sur_page = [question.id for question in questions if question.genre is not Genre.COCHES]
    lots = [sur_page[debut : debut + CHAMPS_AU_PLUS] for debut in range(0, len(sur_page), CHAMPS_AU_PLUS)]
    pages = [
        Page(f"locales_{rang}", GenrePage.FORMULAIRE, "Quelques questions de ce territoire.", tuple(lot))
        for rang, lot in enumerate(lots, 1)
    ]
    return Section("local", "Questions locales", questions, pages=tuple(pages))


def _locale(fait: Fait) -> Question:
    genres = {TypeFait.ENSEMBLE: Genre.COCHES}
    return Question(
        id=fait.nom.removeprefix(PREFIXE_LOCAL),
        champ=fait.nom,
        dire=fait.question or fait.definition,
        pourquoi=fait.definition if fait.question else "",
        options=tuple(Option(fait.libelle(code), (code,)) for code in fait.codes),
        genre=genres.get(fait.type) or Genre(fait.type.value),
        faits=(fait.nom,),
    )
