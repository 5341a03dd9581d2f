"""Les données que le produit embarque. Leur adresse ne s'écrit qu'ici : tout le reste la reçoit."""

from __future__ import annotations

from pathlib import Path
from typing import Final

RESSOURCES: Final = Path(__file__).resolve().parent
