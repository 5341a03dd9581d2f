"""Les paquets d'essai de ``tests/modele/sources`` servent aussi ici."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))

from outils_paquets import avec_cle_nationale


@pytest.fixture(scope="session")
def racine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Les ressources livrées, où la clé nationale d'essai est crue."""
    return avec_cle_nationale(tmp_path_factory.mktemp("ressources"))
