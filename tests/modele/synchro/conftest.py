"""De vrais coffres face à un vrai registre : PostgreSQL, uvicorn, HTTP sur la boucle locale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_ESSAIS = Path(__file__).parents[2]
sys.path[:0] = [str(_ESSAIS / "registre"), str(_ESSAIS / "modele" / "coffre")]

from outils_http import Servi, servie  # noqa: E402
from outils_postgresql import LIVRE, Grappes, Postgresql  # noqa: E402
from outils_registre import DEPART, Horloge  # noqa: E402
from outils_synchro import SANS_LIMITES, Site  # noqa: E402

from registre.http.application import creer_application  # noqa: E402
from registre.http.contexte import Registre  # noqa: E402


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """Le PostgreSQL de la session."""
    grappes = Grappes()
    yield grappes.prendre(LIVRE)
    grappes.fermer()


@pytest.fixture(scope="session")
def servi(postgresql: Postgresql) -> Iterator[tuple[Servi, Horloge]]:
    """Le registre de la session, et son heure."""
    horloge = Horloge()
    with servie(creer_application(Registre(postgresql.moteur, horloge, SANS_LIMITES))) as ouvert:
        yield ouvert, horloge


@pytest.fixture
def site(postgresql: Postgresql, servi: tuple[Servi, Horloge], tmp_path: Path) -> Iterator[Site]:
    """Un registre vide, et de quoi y relier des postes."""
    postgresql.vider()
    # Celle de la session : un essai d'avant l'a peut-être avancée.
    servi[1].heure = DEPART
    ouvert = Site(postgresql.moteur, tmp_path, *servi)
    yield ouvert
    ouvert.fermer()
