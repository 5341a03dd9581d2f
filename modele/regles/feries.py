"""Les jours fériés de métropole. Une seule adresse : les délais s'y reportent, les lieux d'accueil y ferment."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def est_ferie(jour: date) -> bool:
    """Vrai si ce jour est férié en métropole."""
    return jour in _feries()


@lru_cache(maxsize=1)
def _feries() -> Container[date]:
    # Importée ici : peu d'échéances se reportent, et la bibliothèque est lente à charger.
    from holidays import country_holidays

    return country_holidays("FR")
