"""La typographie française, posée à l'affichage seulement : rien de ce qui s'enregistre ne change.

Un « ? » ne passe jamais seul à la ligne, et l'apostrophe est courbe.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_AVANT: Final = re.compile(r" (?=[?!;:»%€])")
_APRES: Final = re.compile(r"(?<=«) ")
_INSECABLE: Final = "\u00a0"


@lru_cache(maxsize=2048)
def typographier(phrase: str) -> str:
    """``phrase`` avec ses espaces insécables et ses apostrophes courbes."""
    collee = _APRES.sub(_INSECABLE, _AVANT.sub(_INSECABLE, phrase))
    return collee.replace("'", "\u2019")
