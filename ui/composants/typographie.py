"""La typographie française, posée à l'affichage seulement : rien de ce qui s'enregistre ne change.

Un « ? » ne passe jamais seul à la ligne, et l'apostrophe est courbe.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_INSECABLE: Final = "\u00a0"
_SIGNES: Final = "?!;:»%€"


@lru_cache(maxsize=2048)
def typographier(phrase: str) -> str:
    """``phrase`` avec ses espaces insécables et ses apostrophes courbes."""
    for signe in _SIGNES:
        phrase = phrase.replace(f" {signe}", f"{_INSECABLE}{signe}")
    return phrase.replace("« ", f"«{_INSECABLE}").replace("'", "\u2019")
