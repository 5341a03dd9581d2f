"""Dates, nombres et moments, écrits à la française."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from ui.mots.ecriture import ecrire_jour, ecrire_moment, ecrire_nombre


@pytest.mark.parametrize(("nombre", "ecrit"), [(1250, "1\u202f250"), (Decimal("850.50"), "850,5"), (0, "0")])
def test_nombre_ecrit_a_la_francaise(nombre: Decimal, ecrit: str) -> None:
    """Milliers séparés, virgule, pas de zéro inutile."""
    assert ecrire_nombre(nombre) == ecrit


def test_jour_en_toutes_lettres() -> None:
    """Le premier du mois se dit « 1er »."""
    assert ecrire_jour(date(2026, 12, 1)) == "mardi 1er décembre 2026"


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
