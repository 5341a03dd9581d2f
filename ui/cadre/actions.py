"""Les actions de l'application : un libellé, un raccourci, un geste. La fenêtre et la palette lisent la même liste."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _toujours() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Action:
    """``raccourci`` : « Ctrl+U », vide s'il n'y en a pas. ``ouvert`` : n'a de sens que coffre déverrouillé.

    ``mots`` : les autres mots qu'on emploie pour elle ; la palette la trouve aussi par eux. ``si`` : faux, elle ne
    s'offre pas maintenant, et rien ne dit qu'elle existe.
    """

    id: str
    libelle: str
    faire: Callable[[], object]
    raccourci: str = ""
    icone: str = "chevron-right"
    detail: str = ""
    ouvert: bool = True
    mots: str = ""
    si: Callable[[], bool] = _toujours


@dataclass(frozen=True, slots=True)
class PasEncore:
    """Ce qu'on cherche souvent et que Perron ne fait pas encore : une phrase, jamais un bouton."""

    libelle: str
    mots: str
    detail: str = ""
