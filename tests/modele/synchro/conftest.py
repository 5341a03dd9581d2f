"""De vrais coffres face à un vrai registre : PostgreSQL, uvicorn, HTTP sur la boucle locale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_ESSAIS = Path(__file__).parents[2]
sys.path[:0] = [str(_ESSAIS / "registre"), str(_ESSAIS / "modele" / "coffre")]

from outils_postgresql import LIVRE, Grappes, Postgresql  # noqa: E402
from outils_synchro import Site  # noqa: E402


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """Le PostgreSQL de la session."""
    grappes = Grappes()
    yield grappes.prendre(LIVRE)
    grappes.fermer()


@pytest.fixture
def site(postgresql: Postgresql, tmp_path: Path) -> Iterator[Site]:
    """Un registre servi, vide, et de quoi y relier des postes."""
    postgresql.vider()
    with Site.ouvrir(postgresql.moteur, tmp_path) as ouvert:
        yield ouvert
