"""La typographie française, posée à l'affichage seulement : rien de ce qui s'enregistre ne change.

Un « ? » ne passe jamais seul à la ligne, un numéro ou un montant ne s'y coupe pas, l'apostrophe est courbe.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_INSECABLE: Final = "\u00a0"
_SIGNES: Final = "?!;:»%€"
_ENTRE_CHIFFRES: Final = re.compile(r"(?<=\d) (?=\d{2,3}\b)")
"""L'espace entre deux groupes d'un même nombre : un numéro se compose en le lisant d'une traite."""


@lru_cache(maxsize=2048)
def typographier(phrase: str) -> str:
    """``phrase`` avec ses espaces insécables et ses apostrophes courbes."""
    for signe in _SIGNES:
        phrase = phrase.replace(f" {signe}", f"{_INSECABLE}{signe}")
    phrase = _ENTRE_CHIFFRES.sub(_INSECABLE, phrase)
    return phrase.replace("« ", f"«{_INSECABLE}").replace("'", "\u2019")
