"""Le poste et le registre ensemble, tels qu'ils seront : vrai coffre, vrai serveur, vrai PostgreSQL."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_ESSAIS = Path(__file__).parents[1]
sys.path[:0] = [str(_ESSAIS / nom) for nom in ("registre", "modele/coffre", "modele/synchro")]

from outils_postgresql import LIVRE, Grappes, Postgresql  # noqa: E402


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """Le PostgreSQL de la session."""
    grappes = Grappes()
    yield grappes.prendre(LIVRE)
    grappes.fermer()
