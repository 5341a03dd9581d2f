"""Dégrossir : les noms les plus proches à l'orthographe passent, dans toute foule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.ressemblance.degrossir import les_plus_proches

FOULE = ["alaoui malika", "amane malika sonia", "benali karim", "amrane malika", "", "malika"]


def test_la_bonne_passe_devant_la_foule() -> None:
    """Une lettre oubliée dans le nom : elle vient avant toutes celles qui n'ont que le prénom."""
    assert les_plus_proches(("amrane", "malika"), FOULE, 1) == [3]
    assert les_plus_proches(("amrne", "malika"), FOULE, 2) == [3, 1]
    assert les_plus_proches(("amrane",), [], 3) == []


@pytest.mark.parametrize("combien", [0, 1, 6, 60])
def test_jamais_plus_qu_on_n_en_demande(combien: int) -> None:
    assert len(les_plus_proches(("malika",), FOULE, combien)) == min(combien, len(FOULE))


@given(st.lists(st.text("abcd ", max_size=12), max_size=30), st.text("abcd", min_size=1, max_size=8))
def test_le_mot_lui_meme_vient_toujours_d_abord(noms: list[str], cherche: str) -> None:
    (premier,) = les_plus_proches((cherche,), [*noms, f"zzzz {cherche}"], 1)
    assert cherche in [*noms, f"zzzz {cherche}"][premier].split()
