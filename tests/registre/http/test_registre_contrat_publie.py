"""Le contrat publié est celui que le registre sert : qui s'y fie n'est pas trompé."""

from __future__ import annotations

from pathlib import Path

import msgspec

from registre.http.application import creer_application
from registre.http.contexte import Registre

PUBLIE = Path(__file__).parents[3] / "ressources" / "schemas" / "registre.openapi.json"


def test_le_contrat_publie_est_a_jour(registre: Registre) -> None:
    """Le refaire : ``python -m registre openapi --sortie ressources/schemas/registre.openapi.json``."""
    servi = creer_application(registre).openapi()
    assert msgspec.json.decode(PUBLIE.read_bytes()) == msgspec.json.decode(msgspec.json.encode(servi))
