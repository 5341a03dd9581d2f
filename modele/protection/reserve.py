"""Ce qui ne se montre que seul à seul : une question, une réponse, une pièce."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from modele.dossier.chemins import poser
from modele.dossier.pieces import Piece
from modele.dossier.questions import Question
from modele.protection.sensibles import FAMILLE_PROTEGEE, par_toute_reponse
from modele.protection.violences import faits_de_violence


def question_reservee(question: Question) -> bool:
    """Vrai si la question ne se pose que seul à seul, ou parle de violences."""
    return question.seul_a_seul or par_toute_reponse(question.champ)


def reponse_reservee(chemin: str, question: Question | None, valeurs: Iterable[Any] = ()) -> bool:
    """Vrai si cette réponse dit une violence, ou si sa question (``None`` : aucune) ne se pose que seul à seul."""
    if par_toute_reponse(chemin) or (question is not None and question.seul_a_seul):
        return True
    return any(faits_de_violence(poser({}, chemin, valeur)) for valeur in valeurs)


def piece_reservee(piece: Piece) -> bool:
    """Vrai si le seul nom de la pièce dit une violence."""
    return piece.famille == FAMILLE_PROTEGEE
