"""Les PDF enregistrés hors du coffre pendant une réception : en mémoire seulement, pour proposer de les effacer.

Essais : ``tests/ui/etat/test_sortis.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

NE_S_EFFACE_PAS: Final = "Un fichier ne s'efface pas : il est peut-être ouvert ailleurs. Fermez-le, puis réessayez."


class Sortis:
    """Ce qui a été écrit et n'est pas effacé. Fermer sans effacer les garde."""

    def __init__(self) -> None:
        self._chemins: list[Path] = []

    def noter(self, chemins: Iterable[Path]) -> None:
        """Ces fichiers viennent d'être écrits."""
        self._chemins += [chemin for chemin in chemins if chemin not in self._chemins]

    @property
    def restent(self) -> int:
        """Combien sont encore sur le poste."""
        return sum(chemin.exists() for chemin in self._chemins)

    def effacer(self, chemins: Iterable[Path] | None = None) -> str:
        """Efface ces fichiers, ou tous ; rend pourquoi c'est impossible, vide sinon."""
        for chemin in list(self._chemins if chemins is None else chemins):
            try:
                chemin.unlink(missing_ok=True)
            except OSError:
                return NE_S_EFFACE_PAS
            if chemin in self._chemins:
                self._chemins.remove(chemin)
        return ""
