"""Ce qui ne se montre que seul à seul : une question, une réponse, une pièce, un fait."""

from __future__ import annotations

import pytest

from modele.bilan import charger_regles
from modele.protection.faits import condition_protegee, fait_protege
from modele.protection.reserve import piece_reservee, question_reservee, reponse_reservee

REGLES = charger_regles("metropole-exemple")
QUESTIONS = {question.champ: question for section in REGLES.questionnaire.sections for question in section.questions}


@pytest.mark.parametrize(
    ("champ", "attendu"),
    [("triage.peur_au_domicile", True), ("demande.mariage_force", True), ("contact.telephone", False)],
)
def test_une_question_reservee(champ: str, attendu: bool) -> None:
    """Celle qui se pose seul à seul, ou qui parle de violences."""
    assert question_reservee(QUESTIONS[champ]) is attendu
    assert reponse_reservee(champ, QUESTIONS[champ]) is attendu


def test_une_reponse_reservee_sans_question() -> None:
    """Par son champ, ou par ce qu'elle dit."""
    assert reponse_reservee("demande.mariage_force", None)
    assert reponse_reservee("demande.motif_principal", None, ["trop_petit", "violences"])
    assert not reponse_reservee("demande.motif_principal", None, ["trop_petit"])
    seule = next(question for question in QUESTIONS.values() if question.seul_a_seul)
    assert reponse_reservee("contact.telephone", seule)


def test_une_piece_reservee() -> None:
    """Sa famille le dit."""
    reservees = {piece.id for piece in REGLES.pieces if piece_reservee(piece)}
    assert "ordonnance-protection" in reservees
    assert "identite" not in reservees


def test_un_fait_protege_remonte_ses_sources() -> None:
    """Un fait dérivé d'une violence en dit une ; l'ancienneté, non ; un fait inconnu non plus."""
    assert fait_protege(REGLES.catalogue, "violences_declarees")
    assert not fait_protege(REGLES.catalogue, "anciennete_mois")
    assert not fait_protege(REGLES.catalogue, "inconnu")


def test_une_condition_protegee_par_son_code() -> None:
    """Un critère qui demande le motif « violences » le dit à qui le lit ; un autre motif, non."""
    criteres = [c for g in REGLES.grilles for r in g.rubriques for c in r.criteres if c.si is not None]
    assert {c.id for c in criteres if condition_protegee(c.si)} <= REGLES.criteres_proteges
    assert not all(condition_protegee(c.si) for c in criteres)
