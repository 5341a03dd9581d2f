"""Ce qui se dit des dossiers qui ressemblent, pendant qu'on tape une identité. Sans Qt, sans nom.

Essais : ``tests/ui/mots/test_semblables.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

REGARDEZ: Final = (
    "Regardez d'abord s'il s'agit d'elle. Aucun n'est cette personne ? Ouvrez son dossier : le même geste, "
    "encore une fois."
)


def constat(nombre: int) -> str:
    """Combien ressemblent ; vide s'il n'y en a pas."""
    if not nombre:
        return ""
    combien = "Un dossier de ce poste ressemble" if nombre == 1 else f"{nombre} dossiers de ce poste ressemblent"
    return f"{combien}. Flèches, puis Entrée pour l'ouvrir."


def a_comparer(raisons: Sequence[Sequence[str]]) -> str:
    """La même chose depuis un dossier ouvert : combien, et pourquoi le plus ressemblant est là ; vide sans aucun."""
    if not raisons:
        return ""
    combien = "Un autre dossier de ce poste ressemble" if len(raisons) == 1 else f"{len(raisons)} autres ressemblent"
    pourquoi = f" : {', '.join(raisons[0])}" if raisons[0] else ""
    return f"{combien}{pourquoi}."
