"""Un moment passé se dit comme on le dirait."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ui.mots.moments import ecrire_moment


@pytest.mark.parametrize(
    ("recul", "dit"),
    [
        (timedelta(hours=1), "à 11:00"),
        (timedelta(days=1), "hier à 12:00"),
        (timedelta(days=9), "le 14/11/2026 à 12:00"),
    ],
)
def test_moment_dit_hier_ou_la_date(recul: timedelta, dit: str) -> None:
    """Aujourd'hui, l'heure suffit."""
    maintenant = datetime(2026, 11, 23, 12, 0)
    assert ecrire_moment(maintenant - recul, maintenant) == dit
