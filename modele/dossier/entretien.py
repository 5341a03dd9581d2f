"""Dérouler le questionnaire sur un dossier : ce qui se demande, ce qui est sans objet, où l'on en est."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, NamedTuple

from modele.dossier.chemins import ABSENT, lire
from modele.dossier.ecarts import ecarts, noms_differents
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, inventaire
from modele.dossier.questionnaire import Questionnaire
from modele.dossier.questions import SANS_VALEUR, SEUL_A_SEUL, Question, Section
from modele.dossier.reponses import peut_etre_sans_objet, repondue
from modele.dossier.situation import Etats, EtatsBruts, EtatsListe, liste_close
from modele.regles.conditions import Condition
from modele.regles.etats import INCONNU, SANS_OBJET, Etat, Situation, Statut
from modele.regles.faits import PREFIXE_PERSONNE
from modele.regles.kleene import evaluer


class Visibilite(StrEnum):
    """Ce que devient une question dans cette situation."""

    VISIBLE = "visible"
    PEUT_ETRE = "peut-être"
    SEUL_A_SEUL = "à poser seul à seul"
    SANS_OBJET = "sans objet"


# Lus à chaque question : une variable se lit neuf fois plus vite qu'un membre par sa classe (Python 3.11).
_VISIBLE, _PEUT_ETRE = Visibilite.VISIBLE, Visibilite.PEUT_ETRE
_SEUL_A_SEUL, _SANS_OBJET = Visibilite.SEUL_A_SEUL, Visibilite.SANS_OBJET


class Avancement(StrEnum):
    """Où en est une section."""

    VIDE = "vide"
    EN_COURS = "en cours"
    FAIT = "fait"


class QuestionVue(NamedTuple):
    """Une question dans un dossier : son chemin complet, sa visibilité, la réponse écrite, les alertes qu'elle lève.

    ``deduite`` : ce que d'autres réponses disent déjà de la sienne ; ``ABSENT`` si rien ne le dit.
    """

    question: Question
    chemin: str
    visibilite: Visibilite
    reponse: Any
    alertes: tuple[str, ...] = ()
    deduite: Any = ABSENT

    @property
    def repondue(self) -> bool:
        """Vrai si la question a reçu une réponse, « ne sait pas » et refus compris."""
        return repondue(self.reponse)


@dataclass(frozen=True, slots=True)
class SectionVue:
    """Une section, ou l'une de ses répétitions (``element`` : l'identifiant ; ``""`` hors liste ou liste vide).

    ``close`` : pour une liste, elle est dite complète ; vrai hors liste.
    """

    section: Section
    element: str
    questions: tuple[QuestionVue, ...]
    close: bool = True

    @property
    def posees(self) -> tuple[QuestionVue, ...]:
        """Les questions visibles dont la réponse se garde."""
        return tuple(v for v in self.questions if v.visibilite is Visibilite.VISIBLE and not v.question.ephemere)

    @property
    def repondues(self) -> int:
        """Combien de questions visibles ont reçu une réponse."""
        return sum(vue.repondue for vue in self.posees)

    @property
    def avancement(self) -> Avancement:
        """Vide, en cours ou fait."""
        if self.close and self.repondues == len(self.posees):
            return Avancement.FAIT
        return Avancement.EN_COURS if self.repondues else Avancement.VIDE


@dataclass(frozen=True, slots=True)
class Entretien:
    """Le questionnaire déroulé. ``bruts`` : les états du dossier, où ce qui n'est pas à demander est sans objet."""

    sections: tuple[SectionVue, ...]
    bruts: EtatsBruts

    def questions(self) -> Iterator[QuestionVue]:
        """Toutes les questions, dans l'ordre de l'entretien."""
        for section in self.sections:
            yield from section.questions


def derouler(
    questionnaire: Questionnaire, document: Mapping[str, Any], bruts: EtatsBruts, situation: Situation
) -> Entretien:
    """Déroule les sections dans l'ordre du fichier.

    Une question invisible rend ses faits sans objet, et les questions suivantes le voient. ``situation`` : les faits
    dérivés et les paramètres ; les faits bruts se relisent dans ``bruts``.
    """
    return Passage(questionnaire, document, bruts, situation).entretien


class _Note(NamedTuple):
    """Ce qu'un passage a dit d'une question ; voir ``QuestionVue``."""

    verdict: bool | None
    visibilite: Visibilite
    alertes: tuple[str, ...]
    deduite: Any


class _Superposees(ChainMap[str, Etat]):
    """Les états d'un élément sur ceux du foyer : la question suivante voit ce que celle-ci vient de rendre sans objet.

    ``get`` cherche table par table : celui de ``ChainMap`` les parcourt toutes deux fois.
    """

    def get(self, nom: str, defaut: Any = None) -> Any:
        """L'état du fait dans la première table qui le porte, ou ``defaut``."""
        for table in self.maps:
            if nom in table:
                return table[nom]
        return defaut


class Passage:
    """Un passage sur le questionnaire ; les tables d'états y sont modifiées au fil des questions.

    ``modele`` : un passage déjà fait sur le même questionnaire. Une question qui ne lit rien de ce qui les distingue y
    est déjà jugée : son jugement se reprend. ``entretien`` : le même, avec ou sans modèle.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        document: Mapping[str, Any],
        bruts: EtatsBruts,
        situation: Situation,
        modele: Passage | None = None,
    ) -> None:
        self.questionnaire = questionnaire
        self.document = document
        self.bruts = bruts
        self.faits: Etats = {**situation.faits, **bruts.faits}
        derives = situation.personnes or ({},) * len(bruts.personnes)
        self.personnes: list[Etats] = [{**d, **b} for d, b in zip(derives, bruts.personnes, strict=True)]
        self.roles = dict(zip((DEMANDEUR, CODEMANDEUR), self.personnes[: self.titulaires()], strict=False))
        self.listes = {chemin: self.prefixer(chemin, liste) for chemin, liste in bruts.listes.items()}
        self.situation = replace(situation, faits=self.faits, personnes=tuple(self.personnes))
        # Par table d'états et par fait : combien de questions l'ont porté, et le meilleur verdict.
        self.verdicts: dict[tuple[int, str], list[bool | None]] = {}
        self.depart = (dict(self.faits), *map(dict, self.personnes))
        ecarts = self.ecarts_avec(modele) if modele else None
        self.ecarts = ecarts or set()
        self.reprises: Iterator[_Note] = iter(modele.notes if modele and ecarts is not None else ())
        self.notes: list[_Note] = []
        self.juger_tout()
        self.juges = self.etats()

    @cached_property
    def entretien(self) -> Entretien:
        """Ce qui se voit de ce passage. Un passage dont seuls les états servent ne le prépare pas."""
        notes = iter(self.notes)
        return Entretien(tuple(vue for une in self.questionnaire.sections for vue in self.vues(une, notes)), self.juges)

    def ecarts_avec(self, modele: Passage) -> set[str] | None:
        """Les faits qui ne sont pas, au départ, dans l'état où ils étaient ; ``None`` si rien ne se reprend."""
        bruts = ecarts(modele.bruts, self.bruts)
        if bruts is None or modele.situation.parametres != self.situation.parametres:
            return None
        tables = zip(modele.depart, self.depart, strict=True)
        return {*bruts, *(nom for avant, apres in tables for nom in noms_differents(avant, apres))}

    def titulaires(self) -> int:
        """Combien de personnes précèdent celles de la liste : le demandeur, et le codemandeur s'il y en a un."""
        return len(self.personnes) - len(self.bruts.listes[PERSONNES].elements)

    def prefixer(self, chemin: str, liste: EtatsListe) -> dict[str, Etats]:
        if chemin == PERSONNES:
            return dict(zip(liste.elements, self.personnes[self.titulaires() :], strict=True))
        prefixe = inventaire().listes[chemin].prefixe
        return {i: {f"{prefixe}.{nom}": e for nom, e in etats.items()} for i, etats in liste.elements.items()}

    def juger_tout(self) -> None:
        self.ecarter_jamais_posees()
        for section in self.questionnaire.sections:
            if not section.liste:
                self.juger_section(section, self.faits, self.situation)
                continue
            for etats in self.listes[section.liste].values():
                self.juger_section(section, etats, self.situation.avec_faits(_Superposees(etats, self.faits)))

    def ecarter_jamais_posees(self) -> None:
        """Ce qu'on ne demande jamais à ce rôle est sans objet pour lui, à moins d'avoir été dit quand même."""
        for role, faits in self.questionnaire.jamais_posees.items():
            for fait in faits:
                for table, nom in self.places(role, fait):
                    if table.get(nom, INCONNU).statut is Statut.INCONNU:
                        table[nom] = SANS_OBJET

    def places(self, role: str, fait: str) -> Iterator[tuple[MutableMapping[str, Etat], str]]:
        """Où se lit un fait de personne pour un rôle : sa table, et son chemin s'il est demandeur ou codemandeur."""
        if role not in (DEMANDEUR, CODEMANDEUR):
            yield from ((table, fait) for table in self.listes[PERSONNES].values())
            return
        yield self.faits, f"{role}.{fait.removeprefix(PREFIXE_PERSONNE)}"
        if role in self.roles:
            yield self.roles[role], fait

    def juger_section(self, section: Section, etats: Etats, situation: Situation) -> None:
        """Juge les questions d'une section, ou d'une répétition ; ``etats`` : où vont les faits qu'elles disent.

        Ce qu'un modèle a jugé de même se reprend ; ce qui y était jugé autrement distingue désormais les deux.
        """
        ouverte, liste, partages = _vrai(section.si, self.situation), section.liste, self.questionnaire.partages
        for question, lus in zip(section.questions, self.questionnaire.lus[section.id], strict=True):
            note = deja = next(self.reprises, None)
            if note is None or lus is None or not lus.isdisjoint(self.ecarts):
                note = self.noter(question, ouverte, situation)
                if deja and note.verdict is not deja.verdict:
                    self.ecarts.update(nom for fait in question.faits for _, nom in self.partout(etats, fait))
            self.notes.append(note)
            for fait in question.faits:
                # Posée, et seule à le porter : l'état du fait reste ce qu'il est.
                if note.verdict is not True or (liste, fait) in partages:
                    self.juger(liste, etats, fait, note.verdict)

    def vues(self, section: Section, notes: Iterator[_Note]) -> Iterator[SectionVue]:
        """Une section, ou chacune de ses répétitions, d'après les notes de ses questions dans leur ordre."""
        if not section.liste:
            yield SectionVue(section, "", self.questions(section, "", self.document, notes))
            return
        close = liste_close(self.document, section.liste)
        elements = self.listes[section.liste]
        if not elements:
            yield SectionVue(section, "", (), close)
        for identifiant in elements:
            debut = f"{section.liste}.elements.{identifiant}"
            vues = self.questions(section, f"{debut}.", lire(self.document, debut), notes)
            yield SectionVue(section, identifiant, vues, close)

    def questions(self, section: Section, debut: str, table: Any, notes: Iterator[_Note]) -> tuple[QuestionVue, ...]:
        """Les questions d'une section ; ``debut`` et ``table`` : où leurs réponses s'écrivent."""
        return tuple(
            QuestionVue(une, f"{debut}{relatif}", note.visibilite, lire(table, relatif), note.alertes, note.deduite)
            for une, note in zip(section.questions, notes, strict=False)
            for relatif in [_relatif(section.liste, une.champ)]
        )

    def noter(self, question: Question, ouverte: bool | None, situation: Situation) -> _Note:
        """Juge une question d'une section ``ouverte`` : si elle se pose, ce qui y alerte, ce qui s'y déduit."""
        verdict = ouverte
        if ouverte is not False and question.si is not None:
            verdict = evaluer(question.si, situation)
            if ouverte is None and verdict:
                verdict = None
        if question.si_dit and verdict is not False:
            verdict = _selon(dit(self.document, question.si_dit), verdict)
        visibilite = self.visibilite(question, verdict)
        alertes: tuple[str, ...] = ()
        if question.alertes and visibilite is _VISIBLE:
            alertes = tuple(a.message for a in question.alertes if evaluer(a.si, situation))
        deduite: Any = ABSENT
        if question.deductions and visibilite is _VISIBLE:
            deduite = next((d.valeur for d in question.deductions if evaluer(d.si, situation)), ABSENT)
        return _Note(verdict, visibilite, alertes, deduite)

    def visibilite(self, question: Question, verdict: bool | None) -> Visibilite:
        if verdict is False:
            return _SANS_OBJET
        if question.seul_a_seul and self.faits.get(SEUL_A_SEUL, INCONNU).valeur is not True:
            return _SEUL_A_SEUL
        return _PEUT_ETRE if verdict is None else _VISIBLE

    def juger(self, liste: str, etats: Etats, fait: str, verdict: bool | None) -> None:
        """Note le verdict d'une question sur un fait ; après la dernière qui le porte, en tire l'état."""
        porteuses = self.questionnaire.porteuses[liste, fait]
        if porteuses > 1:
            verdicts = self.verdicts.setdefault((id(etats), fait), [])
            verdicts.append(verdict)
            if len(verdicts) < porteuses:
                return
            verdict = True if True in verdicts else None if None in verdicts else False
        if verdict is True:
            return
        for table, nom in self.partout(etats, fait):
            table[nom] = SANS_OBJET if verdict is False else peut_etre_sans_objet(table.get(nom, INCONNU))

    def partout(self, etats: Etats, fait: str) -> Iterator[tuple[Etats, str]]:
        """La table du fait, et celle de la personne si c'est un champ du demandeur ou du codemandeur."""
        yield etats, fait
        role, _, relatif = fait.partition(".")
        if etats is self.faits and role in self.roles:
            yield self.roles[role], f"{PREFIXE_PERSONNE}{relatif}"

    def etats(self) -> EtatsBruts:
        """Les états bruts, après le passage ; les faits dérivés n'en sont pas."""
        listes = {}
        for chemin, liste in self.bruts.listes.items():
            debut = f"{inventaire().listes[chemin].prefixe}."
            propres = {
                i: {nom: self.listes[chemin][i][f"{debut}{nom}"] for nom in etats}
                for i, etats in liste.elements.items()
            }
            listes[chemin] = EtatsListe(propres, liste.close)
        return replace(
            self.bruts,
            faits={nom: self.faits[nom] for nom in self.bruts.faits},
            personnes=tuple(
                {nom: table[nom] for nom in brute}
                for table, brute in zip(self.personnes, self.bruts.personnes, strict=True)
            ),
            listes=listes,
        )


def dit(document: Mapping[str, Any], chemin: str) -> bool | None:
    """Vrai si le champ a une vraie réponse, faux si la personne n'en a pas ou n'en dit rien, ``None`` s'il est vide."""
    ecrit = lire(document, chemin)
    return None if ecrit in (ABSENT, None) else ecrit not in SANS_VALEUR


def _selon(dit: bool | None, verdict: bool | None) -> bool | None:
    """« Et » à trois valeurs, ``verdict`` n'étant pas faux."""
    return dit if verdict else False if dit is False else None


def _vrai(condition: Condition | None, situation: Situation) -> bool | None:
    return True if condition is None else evaluer(condition, situation)


@cache
def _relatif(liste: str, champ: str) -> str:
    """Le chemin d'un champ dans son élément, ou dans le document s'il n'est pas d'une liste."""
    return champ.removeprefix(f"{inventaire().listes[liste].prefixe}.") if liste else champ
