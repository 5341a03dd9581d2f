"""L'entretien joué : on demande dans l'ordre qu'on veut, le demandeur répond ce que dit le cas."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from modele.formation.cas import Cas, Question
from modele.formation.idees import dite

PAS_COMPRIS: Final = "« Je ne comprends pas bien. Vous pouvez me le demander autrement ? »"


@dataclass(frozen=True, slots=True)
class Posee:
    """Une question posée, seul à seul ou non."""

    question: str
    seul: bool


def repondre(question: Question, *, seul: bool) -> str:
    """Ce que le demandeur répond. ``seul`` : personne d'autre n'est là."""
    return question.seul if seul and question.seul else question.replique


def comprendre(cas: Cas, dite_par_l_agent: str) -> Question | None:
    """La question du cas que ces mots posent le plus précisément ; ``None`` si aucune ne s'y reconnaît."""
    scores = [(dite(dite_par_l_agent, (un.point.texte, *un.point.variantes)), un) for un in cas.questions]
    score, trouvee = max(scores, key=lambda score: score[0], default=(0, None))
    return trouvee if score else None


def seul_d_abord(cas: Cas, *, separes: bool) -> bool:
    """Est-on seul à seul ? Sans accompagnant, toujours."""
    return separes or not cas.scene.accompagnant


def entendue(posees: Collection[Posee], question: Question) -> bool:
    """La question a-t-elle été posée là où sa vraie réponse se dit ?"""
    return any(une.question == question.point.id and (une.seul or not question.seul) for une in posees)
