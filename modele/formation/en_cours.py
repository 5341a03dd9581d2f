"""Un essai laissé en route : où il en est, et tout ce qui s'y est dit et choisi, pour le reprendre tel quel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from modele.formation.entretien import Posee


@dataclass(frozen=True, slots=True)
class EnCours:
    """``rang`` : 0 à l'entretien, puis une par étape. ``dits`` : chaque question et sa réponse, dans l'ordre.

    ``choix`` et ``textes`` : par étape. ``version`` : le cas tel qu'il était ; changé depuis, il se recommence.
    """

    cas: str
    version: str
    rang: int = 0
    posees: tuple[Posee, ...] = ()
    separes: bool = False
    dits: tuple[tuple[str, str], ...] = ()
    choix: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    textes: Mapping[str, str] = field(default_factory=dict)


def ecrire(laisse: EnCours) -> str:
    """Cet essai, en texte."""
    return msgspec.json.encode(laisse).decode()


def relire(ecrit: str) -> EnCours | None:
    """L'essai écrit ; ``None`` s'il n'y en a pas, ou d'une version qui ne se lit plus : il se recommence."""
    try:
        return msgspec.json.decode(ecrit, type=EnCours)
    except msgspec.DecodeError:
        return None
