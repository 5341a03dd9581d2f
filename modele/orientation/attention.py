"""L'ordre de l'attention : ce qui est retenu, puis ce qu'une question peut trancher ; le reste se replie.

Replier n'est pas taire : une voie possible à laquelle nulle réponse ne mène tient en une ligne, avec sa question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from modele.orientation.resultat import Urgence, Voie

AU_PLUS: Final = 6
"""Les voies mises en avant, au plus : au-delà, un agent fatigué ne voit plus la première."""


@dataclass(frozen=True, slots=True)
class Attention:
    """``en_avant`` : dans l'ordre où les lire. ``repliees`` : le reste, retenu ou possible."""

    en_avant: tuple[Voie, ...]
    repliees: tuple[Voie, ...]


def ranger(voies: Sequence[Voie]) -> Attention:
    """Les voies, déjà rangées par urgence, selon l'attention qu'elles demandent.

    Une voie immédiate retenue n'est jamais repliée, quel que soit leur nombre. De plusieurs voies discrètes possibles,
    qui ne disent que « une question à poser seul à seul », une seule se montre.
    """
    candidates = [voie for voie in voies if voie.certaine] + _une_seule_discrete(v for v in voies if _a_trancher(v))
    pressantes = [voie for voie in candidates if voie.certaine and voie.urgence is Urgence.IMMEDIATE]
    autres = [voie for voie in candidates if voie not in pressantes]
    en_avant = (*pressantes, *autres[: max(0, AU_PLUS - len(pressantes))])
    return Attention(en_avant, tuple(voie for voie in voies if voie not in en_avant))


def _a_trancher(voie: Voie) -> bool:
    """Possible, une réponse y mène, et une seule question la trancherait."""
    return not voie.certaine and voie.menee and len(voie.a_demander) == 1


def _une_seule_discrete(voies: Iterable[Voie]) -> list[Voie]:
    gardees: list[Voie] = []
    for voie in voies:
        if not (voie.discret and any(gardee.discret for gardee in gardees)):
            gardees.append(voie)
    return gardees
