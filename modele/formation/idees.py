"""Reconnaître une idée dans un texte libre, par les façons de la dire que le cas a prévues.

Trouvée, elle y est ; pas trouvée, on n'en sait rien : un texte se lit, il ne se compte pas faux.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_MOT = re.compile(r"[0-9a-z]+")


def mots(texte: str) -> list[str]:
    """Les mots d'un texte, sans accent ni majuscule."""
    nu = "".join(un for un in unicodedata.normalize("NFD", texte.casefold()) if not unicodedata.combining(un))
    return _MOT.findall(nu.replace("œ", "oe").replace("æ", "ae"))


def dite(texte: str, variantes: Iterable[str]) -> int:
    """Le nombre de mots de la plus longue variante dite dans le texte ; 0 : aucune.

    Une variante y est quand tous ses mots y sont, dans n'importe quel ordre, chacun par son début.
    """
    lus = mots(texte)
    return max((len(voulus) for voulus in map(mots, variantes) if _toute(voulus, lus)), default=0)


def _toute(voulus: list[str], lus: list[str]) -> bool:
    return all(any(_est(voulu, lu) for lu in lus) for voulu in voulus)


def _est(voulu: str, lu: str) -> bool:
    """Un nombre se dit en entier ; un mot peut s'accorder."""
    return lu == voulu if voulu.isdigit() else lu.startswith(voulu)
