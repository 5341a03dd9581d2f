"""La discrétion d'un dossier : la lire, la poser, et ce qu'il faut pour la lever.

Nul autre module n'en connaît le chemin (``tests/modele/protection/test_un_seul_lecteur.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from modele.dossier.chemins import Document, lire, poser

_DISCRET: Final = "protection.discret"
_LEVEE: Final = "protection.levee_motif"


def est_discret(document: Mapping[str, Any]) -> bool:
    """La discrétion du dossier est posée."""
    return lire(document, _DISCRET) is True


def devenir_discret() -> dict[str, Any]:
    """La modification qui rend un dossier discret."""
    return {_DISCRET: True}


def protege_seulement(champs: Mapping[str, Any]) -> bool:
    """Vrai si ces champs ne font que rendre discret : un dossier gelé le permet encore."""
    return dict(champs) == devenir_discret()


def lever(motif: str) -> dict[str, Any]:
    """La modification qui lève la discrétion, avec son motif (``modele.protection.levee`` dit quand elle se peut)."""
    return {_DISCRET: False, _LEVEE: motif}


def rendre_discret(document: Mapping[str, Any]) -> Document:
    """Le même document, discret."""
    return poser(document, _DISCRET, True)


def dit_la_discretion(chemin: str) -> bool:
    """Vrai si ce champ est celui de la discrétion, ou une table qui le contient."""
    return chemin == _DISCRET or _DISCRET.startswith(f"{chemin}.")


def motif_de_levee(champs: Mapping[str, Any]) -> str:
    """Le motif que ces champs, par chemin, donnent pour lever la discrétion ; vide s'ils n'en donnent aucun."""
    motif = champs.get(_LEVEE)
    return motif.strip() if isinstance(motif, str) else ""
