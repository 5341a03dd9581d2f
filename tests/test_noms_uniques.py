"""Deux essais du même nom ne se chargent pas ensemble : l'un des deux ne se jouerait pas."""

from __future__ import annotations

from collections import Counter
from pathlib import Path


def test_aucun_fichier_d_essai_ne_porte_le_nom_d_un_autre() -> None:
    noms = Counter(un.name for un in Path(__file__).parent.rglob("test_*.py"))
    assert [nom for nom, combien in noms.items() if combien > 1] == []
