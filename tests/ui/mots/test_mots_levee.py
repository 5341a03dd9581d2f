"""Lever la discrétion, en mots : à chaque étape, ce qui s'offre, et à qui."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from modele.protection.levee import Levee
from ui.mots.levee import CONFIRMER, DEMANDER, LEVER, RETIRER, dire_l_etat, gestes

QUAND = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
NOTEE = Levee("Relogée.", "Léa")


@pytest.mark.parametrize(
    ("levee", "agent", "offerts", "dit"),
    [
        (Levee(), "Léa", (DEMANDER,), ""),
        (NOTEE, "Léa", (RETIRER,), "Demande notée par Léa : « Relogée. » Un autre travailleur social la confirme."),
        (NOTEE, "Paul", (CONFIRMER, RETIRER), "Demande notée par Léa : « Relogée. » Un autre"),
        (Levee("Relogée.", "Léa", "Paul", QUAND + timedelta(hours=1)), "Léa", (RETIRER,),
         "Demande notée par Léa : « Relogée. » Confirmée par Paul. Elle pourra être levée à partir du 30/11/2026 à 1"),
        (Levee("Relogée.", "Léa", "Paul", QUAND), "Léa", (LEVER, RETIRER),
         "Demande notée par Léa : « Relogée. » Confirmée par Paul. Elle peut être levée."),
    ],
)  # fmt: skip
def test_a_chaque_etape(levee: Levee, agent: str, offerts: tuple[str, ...], dit: str) -> None:
    assert gestes(levee, agent, QUAND) == offerts
    assert dire_l_etat(levee, QUAND).startswith(dit)
