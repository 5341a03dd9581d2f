"""Des coffres vrais, sur de vrais fichiers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from outils_coffre import creer

from modele.coffre import Coffre


@pytest.fixture
def chemin(tmp_path: Path) -> Path:
    """Où mettre un coffre."""
    return tmp_path / "essai.perron"


@pytest.fixture
def coffre(chemin: Path) -> Iterator[Coffre]:
    """Un coffre neuf, fermé à la fin."""
    ouvert, _ = creer(chemin)
    yield ouvert
    ouvert.fermer()
