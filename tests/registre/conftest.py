"""Les fixtures du registre : un vrai PostgreSQL par session, vidé entre deux épreuves.

Les épreuves de ``service`` et ``base`` se jouent aussi sur le PostgreSQL de Debian.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from outils_postgresql import DEBIAN, LIVRE, Grappes, Postgresql
from outils_registre import TERRITOIRE, Horloge, PosteDEssai, enrole, peupler
from sqlalchemy import Engine

_SUR_LES_DEUX = {"service", "base"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choisit les versions de PostgreSQL d'une épreuve d'après son dossier."""
    if "postgresql" in metafunc.fixturenames:
        deux = metafunc.definition.path.parent.name in _SUR_LES_DEUX
        versions = [LIVRE, DEBIAN] if deux else [LIVRE]
        metafunc.parametrize("postgresql", versions, indirect=True, scope="session")


@pytest.fixture(scope="session")
def grappes() -> Iterator[Grappes]:
    """Les PostgreSQL de la session."""
    ouvertes = Grappes()
    yield ouvertes
    ouvertes.fermer()


@pytest.fixture(scope="session")
def postgresql(request: pytest.FixtureRequest, grappes: Grappes) -> Postgresql:
    """Le PostgreSQL de l'épreuve, à jour."""
    return grappes.prendre(request.param)


@pytest.fixture
def moteur(postgresql: Postgresql) -> Engine:
    """Le moteur d'une base à jour et vide."""
    postgresql.vider()
    return postgresql.moteur


@pytest.fixture
def horloge() -> Horloge:
    """L'heure du registre."""
    return Horloge()


@pytest.fixture
def territoire(moteur: Engine) -> str:
    """Un territoire et ses deux guichets, « accueil » et « annexe »."""
    peupler(moteur, TERRITOIRE)
    return TERRITOIRE


@pytest.fixture
def poste_enrole(moteur: Engine, territoire: str) -> PosteDEssai:
    """Un poste d'agent, au guichet « accueil »."""
    return enrole(moteur, PosteDEssai())
