"""Nommer un fichier pour l'agent, sans jamais en écraser un autre."""

from __future__ import annotations

from itertools import count
from pathlib import Path


def nom_libre(chemin: Path) -> Path:
    """``chemin``, ou le même suivi de « -2 », « -3 »… : le papier d'une autre personne n'est jamais écrasé."""
    if not chemin.exists():
        return chemin
    suivants = (chemin.with_name(f"{chemin.stem}-{rang}{chemin.suffix}") for rang in count(2))
    return next(suivant for suivant in suivants if not suivant.exists())
