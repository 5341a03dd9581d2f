"""Les paquets d'essai de ``tests/modele/sources`` servent aussi ici."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))

from outils_paquets import avec_cle_nationale
from outils_regles import charger_vraiment

from modele.chargement import regles


@pytest.fixture(scope="session")
def racine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Les ressources livrées, où la clé nationale d'essai est crue."""
    return avec_cle_nationale(tmp_path_factory.mktemp("ressources"))


@pytest.fixture(autouse=True)
def _lire_vraiment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ces épreuves portent sur le chargement : rien de retenu n'y sert (``outils_regles``)."""
    monkeypatch.setattr(regles, "_charger", charger_vraiment)
