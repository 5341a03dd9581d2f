"""Comment un nom s'entend en français : deux clés, l'une proche de l'écrit, l'autre réduite aux consonnes.

Écrite ici parce que les bibliothèques tenues ne connaissent que l'anglais (Soundex, Metaphone, NYSIIS, MRA) :
elles séparent Mohamed de Mouhammad et Philippe de Filipe.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_MOT = re.compile(r"[a-z]+")
# Ce qui précède un nom sans en être un, tel que ``mots`` l'écrit.
PARTICULES = frozenset(
    (
        *("d", "de", "du", "des", "l", "la", "le", "les", "da", "das", "do", "dos", "di", "del", "della", "van", "von"),
        *("der", "den", "san", "santa", "el", "o", "mac", "mc", "ben", "bin", "bint", "ibn", "abou", "abu", "ait"),
        *("oul", "ould"),
    )
)
# Dans l'ordre : les graphies à plusieurs lettres d'abord.
_SONS = tuple(
    (re.compile(motif), son)
    for motif, son in (
        (r"x", "s"),
        (r"ph", "f"),
        (r"chr", "kr"),
        (r"t?s?ch|sh", "x"),
        (r"qu|ck|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"dj|g(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"h", ""),
        (r"w|ou", "u"),
        (r"y", "i"),
        (r"eau|au", "o"),
        (r"ai|ei|oe|eu|ae", "e"),
        (r"z", "s"),
        (r"(.)\1+", r"\1"),
        (r"[ae][nm](?=[^aeiounm]|$)", "an"),
        (r"(?<=..)[estd]+$", ""),
    )
)


def mots(texte: str) -> list[str]:
    """Les mots d'un nom, en minuscules sans accent ; l'article arabe s'écrit d'une seule façon."""
    texte = texte.lower()
    if not texte.isascii():
        nu = unicodedata.normalize("NFKD", texte.translate(_LIGATURES))
        texte = "".join([lettre for lettre in nu if not unicodedata.combining(lettre)])
    return ["el" if mot == "al" else mot for mot in _MOT.findall(texte)]


@lru_cache(maxsize=50_000)
def son(mot: str) -> str:
    """Ce qu'on entend : ``philippe`` et ``filipe`` se rejoignent."""
    for motif, remplacement in _SONS:
        mot = motif.sub(remplacement, mot)
    return mot


@lru_cache(maxsize=50_000)
def ossature(mot: str) -> str:
    """Les consonnes de ce qu'on entend : ``mohamed`` et ``mouhammad`` se rejoignent."""
    entendu = son(mot)
    debut = "a" if entendu[:1] in "aeiou" else entendu[:1]
    return debut + re.sub(r"[aeiou]", "", entendu[1:])
