"""Les voies livrées, sur une situation dite à l'accueil : de quoi tenir chaque ligne de la relecture du droit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.dossier.questions import Question
from modele.orientation.regles import RegleOrientation
from modele.orientation.resultat import Voie

JOUR = date(2026, 11, 29)
Document = Mapping[str, Any]
Situation = dict[str, Any]
SEIZE_ANS = {"date_naissance": "2010-05-01", "mineur_emancipe": False}


@cache
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def bilan(document: Document, jour: date = JOUR) -> Bilan:
    """Le bilan d'une situation, dans le territoire d'exemple."""
    return etablir(regles(), {"id": "x", "territoire": "metropole-exemple", **document}, jour, exacte=False)


def retenues(document: Document, jour: date = JOUR) -> dict[str, Voie]:
    """Les voies certaines, par nom."""
    return {voie.id: voie for voie in bilan(document, jour).voies_retenues}


def textes(voie: Voie | RegleOrientation) -> str:
    """Tout ce que l'agent lit de cette voie."""
    return "\n".join([*voie.gestes, *voie.a_dire, *voie.a_eviter])


def questions() -> Iterator[Question]:
    """Chaque question de l'entretien livré."""
    for section in regles().questionnaire.sections:
        yield from section.questions


def question(champ: str) -> Question:
    """La question qui remplit ce champ."""
    return next(une for une in questions() if une.champ == champ)


def dehors(**triage: Any) -> Situation:
    """Nulle part où dormir ce soir."""
    return {"triage": {"toit_ce_soir": "non", **triage}}


def peur(de: str | None = None, **reste: Any) -> Situation:
    """Quelqu'un fait peur : qui, s'il est dit."""
    triage = {"peur_au_domicile": True, "toit_ce_soir": "oui"} | ({"peur_de": de} if de else {})
    return {"triage": triage, "protection": {"seul_a_seul": True}, **reste}


def papier(etape: str, **reste: Any) -> Situation:
    """Le dernier papier reçu."""
    return {"expulsion": {"etape": etape}, **reste}


def logement(*evenements: str, **reste: Any) -> Situation:
    """Ce qui est arrivé au logement."""
    dit = {"evenements": {"coches": list(evenements), "clos": True}} if evenements else {}
    return {"logement_actuel": dit | reste}
