"""Ce qu'une question dite doit être : courte, jamais négative, ses réponses les plus données sous les yeux.

« N'avez-vous pas… ? » se répond de travers : oui et non y veulent dire la même chose. Au-delà de vingt mots, la
personne a perdu le début.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

MOTS_AU_PLUS: Final = 20
SOUS_LES_YEUX: Final = 12
"""Les réponses qui tiennent à l'écran (1366 × 768) sans défiler, sur deux colonnes."""
_MOT: Final = re.compile(r"\w")
_PHRASE: Final = re.compile(r"[^.?!]*\?")
# La négation qui porte sur le verbe de la question : « n'avez-vous », « ne l'avez-vous », « est-ce que … ne ».
_NEGATIVE: Final = re.compile(
    r"(?:^|[\s,:])n(?:e\s+|['’])(?:\w+['’])?\w+-(?:t-)?(?:vous|tu|il|elle|on|ils|elles|ce|je)\b"
    r"|\best-ce qu[e'’][^,?]*\bn(?:e\b|['’])"
    r"|\bsans aucune?\b",
    re.IGNORECASE,
)


def reproches(dire: str, options: Sequence[Sequence[str]], frequentes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Ce qui ne va pas : la clé fautive et quoi corriger.

    ``options`` : les codes de chaque réponse, dans l'ordre montré. ``frequentes`` : les codes les plus donnés.
    """
    nombre = sum(bool(_MOT.search(mot)) for mot in dire.split())
    if nombre > MOTS_AU_PLUS:
        yield "dire", f"{nombre} mots à dire d'une traite ; {MOTS_AU_PLUS} au plus"
    if any(_NEGATIVE.search(phrase) for phrase in _PHRASE.findall(dire)):
        yield "dire", "question négative : on y répond de travers ; demandez-la à l'endroit"
    vus = {code for codes in options[:SOUS_LES_YEUX] for code in codes}
    if caches := [code for code in frequentes if code not in vus]:
        yield "frequentes", f"sous le pli : {', '.join(caches)} ; mettez-les parmi les {SOUS_LES_YEUX} premières"
