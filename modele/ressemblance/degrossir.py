"""Dégrossir beaucoup de noms à l'orthographe, avant de les comparer pour de bon, ce qui coûte trente fois plus.

Une faute dans un nom cache ses termes, un prénom courant laisse des centaines de gens à égalité : sans ce tri, le bon
n'était pas toujours de ceux qu'on compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nlargest
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

_MOT_PROCHE: Final = 0.5


def les_plus_proches(cherches: Sequence[str], noms: Sequence[str], combien: int) -> list[int]:
    """Les rangs des ``combien`` noms (des mots, séparés d'un blanc) dont les mots vont le mieux avec ceux cherchés."""
    porteurs: dict[str, list[int]] = {}
    for rang, nom in enumerate(noms):
        for mot in nom.split():
            porteurs.setdefault(mot, []).append(rang)
    accords = [0.0] * len(noms)
    for cherche in cherches:
        for rang, accord in _accords(cherche, porteurs).items():
            accords[rang] += accord
    return nlargest(combien, range(len(noms)), key=accords.__getitem__)


def _accords(cherche: str, porteurs: Mapping[str, Sequence[int]]) -> dict[int, float]:
    """De chaque rang, l'accord du mot qui va le mieux avec celui-ci : les plus proches sortent d'abord."""
    accords: dict[int, float] = {}
    proches = extract(cherche, list(porteurs), scorer=OSA.normalized_similarity, score_cutoff=_MOT_PROCHE, limit=None)
    for mot, accord, _ in proches:
        for rang in porteurs[mot]:
            accords.setdefault(rang, accord)
    return accords
