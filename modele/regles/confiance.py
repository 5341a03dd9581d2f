"""La confiance qu'une donnée mérite : d'où elle est tenue, et s'il faut la faire valider avant de s'y fier."""

from __future__ import annotations

from typing import Final

CONFIANCES: Final = ("V", "V2", "D", "M")
"""Texte ou page primaire, source secondaire, déduction, connaissance commune."""
_A_VALIDER: Final = frozenset({"D", "M"})


def a_valider(confiance: str) -> bool:
    """Vrai si ce qui porte cette confiance se dit « à faire valider » : une déduction, une connaissance commune."""
    return confiance in _A_VALIDER
