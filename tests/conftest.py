"""Réglages communs : tirages rapides et rejouables par défaut, longs quand ``PERRON_CAMPAGNE`` est posée."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Le temps d'un tirage dépend de la machine partagée : jamais une raison d'échouer.
_COMMUNS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}

settings.register_profile("rapide", derandomize=True, max_examples=40, **_COMMUNS)
settings.register_profile("campagne", max_examples=2000, print_blob=True, **_COMMUNS)
settings.load_profile("campagne" if os.environ.get("PERRON_CAMPAGNE") else "rapide")


_SANS_TRACEUR = ("tests/modele/dossier/", "tests/modele/cotation/test_neutre.py")
"""Où les tirages se jouent sans le traceur, qui les triple : ce qui s'exige y est couvert par les épreuves écrites."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Les tirages les plus longs ne comptent pas pour la couverture ; ils prouvent autant.

    Les épreuves longues (``tests/longues.py``) portent leur marque : ``make essais`` les laisse à ``make verifier``.
    """
    from longues import lues, nom_de

    longues = lues()
    for item in items:
        if nom_de(item.nodeid) in longues:
            item.add_marker("longue")
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False) and item.nodeid.startswith(_SANS_TRACEUR):
            item.add_marker("no_cover")


@pytest.fixture(scope="session", autouse=True)
def _migrations_repetees() -> Iterator[None]:
    """Un coffre neuf répète ce que les migrations ont écrit dans le premier (``outils_migrations`` dit pourquoi)."""
    from outils_migrations import migrations_repetees

    with migrations_repetees():
        yield


@pytest.fixture(scope="session", autouse=True)
def _regles_retenues() -> Iterator[None]:
    """Les règles livrées ne se lisent qu'une fois (``outils_regles`` dit pourquoi, et qui les lit vraiment)."""
    from outils_regles import regles_retenues

    with regles_retenues():
        yield


@pytest.fixture(scope="session", autouse=True)
def _requetes_retenues() -> Iterator[None]:
    """Une requête ne se traduit qu'une fois (``outils_requetes`` dit pourquoi)."""
    from outils_requetes import requetes_retenues

    with requetes_retenues():
        yield


@pytest.fixture
def levee_immediate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lever la discrétion n'attend ni second agent ni deux jours : pour éprouver autre chose qu'elle."""
    monkeypatch.setattr("modele.protection.levee.manque", lambda *_: "")
