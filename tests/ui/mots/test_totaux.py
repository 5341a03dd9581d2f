"""Le total d'un tableau : une somme, « au moins » tant qu'un montant manque, rien quand rien n'est su."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from modele.bilan import charger_regles, etablir
from ui.mots.totaux import dire_total

JOUR = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("montants", "dit"),
    [
        ([], ""),
        ([None], ""),
        (["1640", "870.50"], "En tout : 2\u202f510,5 euros par mois"),
        (["1640", None], "Au moins : 1\u202f640 euros par mois"),
        (["1640", {"refus": True}], "Au moins : 1\u202f640 euros par mois"),
        (["mille"], ""),
    ],
)
def test_le_total_dit_ce_qui_lui_manque(montants: list[Any], dit: str) -> None:
    """Un montant refusé ou inconnu ne compte pas pour zéro."""
    regles = charger_regles("metropole-exemple")
    elements = {f"e{rang}": {} if un is None else {"montant": un} for rang, un in enumerate(montants)}
    document = {"ressources": {"revenus": {"elements": elements, "ordre": list(elements)}}}
    bilan = etablir(regles, {"territoire": "metropole-exemple", **document}, JOUR)
    (section,) = (une for une in regles.questionnaire.sections if une.id == "revenus")
    assert dire_total(bilan, section, "montant") == dit
    assert dire_total(bilan, section, "") == ""
