"""Comment un nom s'entend en français : deux clés, l'une proche de l'écrit, l'autre réduite aux consonnes.

Écrite ici parce que les bibliothèques tenues ne connaissent que l'anglais (Soundex, Metaphone, NYSIIS, MRA) :
elles séparent Mohamed de Mouhammad et Philippe de Filipe.
"""

from __future__ import annotations

import re
from functools import lru_cache

from modele.dossier.lettres import a_plat
from modele.ressemblance.graphies import livrees

_MOT = re.compile(r"[a-z]+")
# « N'Diaye » est Ndiaye, « Floc'h » Floch, « Sa'adatu » Saadatu ; « d'Angelo », « Dell'Acqua » : deux mots.
_APOSTROPHE = re.compile(r"(?<=[a-z])(?<!\bd)(?<!\bl)(?<!\bo)(?<!\bqu)(?<!ell)(?<!all)(?<!sant)'(?=[a-z])")
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
    """Les mots d'un nom, à plat, dans toute écriture ; l'article arabe s'écrit d'une seule façon.

    L'apostrophe ne sépare qu'une particule élidée.
    """
    return ["el" if mot == "al" else mot for mot in _MOT.findall(_APOSTROPHE.sub("", a_plat(texte)))]


def famille(mot: str) -> str:
    """La famille de graphies de ce mot à plat (``jallow`` et ``djalo`` sont ``diallo``) ; vide : il n'en a pas."""
    return livrees().get(mot, "")


@lru_cache(maxsize=50_000)
def son(mot: str) -> str:
    """Ce qu'on entend : ``philippe`` et ``filipe`` se rejoignent, et toutes les graphies d'une famille."""
    return prononce(famille(mot) or mot)


@lru_cache(maxsize=50_000)
def prononce(mot: str) -> str:
    """Ce qu'on entend de ce mot, tel qu'il est écrit : le début d'un mot y est le début d'un son."""
    for motif, remplacement in _SONS:
        mot = motif.sub(remplacement, mot)
    return mot


@lru_cache(maxsize=50_000)
def ossature(mot: str) -> str:
    """Les consonnes de ce qu'on entend : ``mohamed`` et ``mouhammad`` se rejoignent."""
    entendu = son(mot)
    debut = "a" if entendu[:1] in "aeiou" else entendu[:1]
    return debut + re.sub(r"[aeiou]", "", entendu[1:])
