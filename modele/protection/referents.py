"""Qui répond d'un dossier, et qui le remplace : leurs noms d'agents. Ils reçoivent les avis d'un dossier discret.

Un agent est le nom de son compte, sur ce poste ou sur un autre.
Essais : ``tests/modele/protection/test_referents.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from modele.dossier.chemins import lire

REFERENT: Final = "protection.referent"
SUPPLEANT: Final = "protection.suppleant"


def referents(document: Mapping[str, Any]) -> tuple[str, str]:
    """Le référent et le suppléant, tels qu'ils sont écrits ; vide pour qui n'est pas nommé."""
    referent, suppleant = (lire(document, chemin) for chemin in (REFERENT, SUPPLEANT))
    return referent if isinstance(referent, str) else "", suppleant if isinstance(suppleant, str) else ""


def meme_agent(nom: str) -> str:
    """Ce nom d'agent, tel qu'il se compare : ni majuscule ni espace en trop ne fait un autre agent."""
    return " ".join(nom.split()).casefold()
