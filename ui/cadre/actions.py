"""Les actions de l'application : un libellé, un raccourci, un geste. La fenêtre et la palette lisent la même liste."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """``raccourci`` : « Ctrl+U », vide s'il n'y en a pas. ``ouvert`` : n'a de sens que coffre déverrouillé."""

    id: str
    libelle: str
    faire: Callable[[], object]
    raccourci: str = ""
    icone: str = "chevron-right"
    detail: str = ""
    ouvert: bool = True
