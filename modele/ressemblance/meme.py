"""Ce qui se propose comme peut-être la même personne : plus étroit que ce que la recherche montre.

Jamais une affirmation. Lu sur les raisons mêmes que l'agent lit.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

_AUTRES_QUE_LUI: Final = frozenset({"personne du foyer", "colocataire", "codemandeur", "aidant"})
_NUMEROS: Final = frozenset({"même téléphone", "même numéro"})
# Mesuré (« tests.mesures retrouver ») : presque personne de manqué ; un peu plus d'une proposition fausse sur dix.
_SEUIL: Final = 0.8


def peut_etre_la_meme(score: float, raisons: Collection[str]) -> bool:
    """Son nom, et sa naissance ou un numéro ; ou, sa naissance inconnue d'un côté, le même nom du demandeur."""
    nomme = "même nom" in raisons or "nom proche" in raisons
    date = any(("naissance" in raison and raison != "nom de naissance") or "inversés" in raison for raison in raisons)
    seul = "même nom" in raisons and not _AUTRES_QUE_LUI.intersection(raisons)
    return score >= _SEUIL and nomme and (date or seul or not _NUMEROS.isdisjoint(raisons))
