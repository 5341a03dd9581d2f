"""Les fixtures du registre : un vrai PostgreSQL par session, vidé entre deux épreuves.

Les épreuves de ``service`` et ``base`` se jouent aussi sur le PostgreSQL de Debian ; pas celles d'un module qui dit
``SUR_LES_DEUX = False`` : le rejeu de ses unités s'y joue déjà.
"""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from outils_http import Servi, servie
from outils_postgresql import DEBIAN, LIVRE, Grappes, Postgresql
from outils_registre import TERRITOIRE, Horloge, PosteDEssai, enrole, peupler
from sqlalchemy import Engine

from registre.http.application import creer_application
from registre.http.contexte import Registre
from registre.http.limites import Debit, Limites, Seaux

_SUR_LES_DEUX = {"service", "base"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choisit les versions de PostgreSQL d'une épreuve d'après son dossier."""
    if "postgresql" in metafunc.fixturenames:
        deux = getattr(metafunc.module, "SUR_LES_DEUX", metafunc.definition.path.parent.name in _SUR_LES_DEUX)
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


@pytest.fixture
def registre(moteur: Engine, horloge: Horloge) -> Registre:
    """Le registre de l'épreuve, à l'heure de ``horloge``, sans limite de débit qui gêne."""
    large = Debit(1e6, 1_000_000)
    return Registre(moteur, horloge, Limites(Seaux(large), Seaux(large), Seaux(large)))


@pytest.fixture
def serveur(registre: Registre) -> Iterator[Servi]:
    """Le registre, servi par un vrai uvicorn sur la boucle locale."""
    with servie(creer_application(registre)) as servi:
        yield servi


@pytest.fixture
def client_http(serveur: Servi) -> Iterator[httpx.Client]:
    """Un client sans jeton, qui dit son schéma."""
    with serveur.client() as client:
        yield client


@pytest.fixture
def client_du_poste(serveur: Servi, moteur: Engine, poste_enrole: PosteDEssai) -> Iterator[httpx.Client]:
    """Le client de ``poste_enrole``, avec son jeton."""
    with serveur.client(poste_enrole.jeton(moteur)) as client:
        yield client
