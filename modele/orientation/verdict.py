"""Ce que rend l'examen d'un motif ou d'un public : rempli, à établir, ou non."""

from __future__ import annotations

from enum import StrEnum

from modele.regles.conditions import Condition
from modele.regles.etats import Situation
from modele.regles.kleene import evaluer
from modele.regles.manques import manques


class Verdict(StrEnum):
    """``NON`` veut dire « pas d'après ces réponses », jamais « impossible » : la commission peut aller au-delà."""

    REMPLI = "rempli"
    A_ETABLIR = "a_etablir"
    NON = "non"


_VERDICTS = {True: Verdict.REMPLI, None: Verdict.A_ETABLIR, False: Verdict.NON}


def examiner(si: Condition, situation: Situation) -> tuple[Verdict, tuple[str, ...]]:
    """Le verdict d'une condition, et les faits qui la trancheraient (aucun si elle l'est)."""
    return _VERDICTS[evaluer(si, situation)], manques(si, situation)
