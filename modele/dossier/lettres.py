"""Mettre à plat un texte, dans toute écriture : des lettres latines minuscules sans accent, pour chercher et comparer.

La table est celle d'``anyascii`` (ISC, 345 Ko, tenue depuis 2020, sans dépendance, chaque bloc lu à l'usage) : elle
connaît toutes les lettres latines sans décomposition et toutes les écritures d'Unicode ; Unidecode est sous GPL, ICU
pèse trente mégaoctets.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# ’ ‘ ʼ ʻ ʹ ′ ` ´ ꞌ ＇ et le hamza isolé que des claviers écrivent pour l'apostrophe.
APOSTROPHES: Final = "\u2019\u2018\u201b\u02bc\u02bb\u02b9\u2032\u0060\u00b4\ua78c\uff07"
_DROITE: Final = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
# L'article arabe se colle au mot ; Allah n'en porte pas.
_ARTICLE: Final = re.compile(r"(?<!\w)ال(?!له(?!\w))(?=\w{2})")
# Un nom arabe ou hébreu tait ses voyelles brèves : au moins, celles qu'il porte se lisent comme on les écrit en France.
_PORTEUSES: Final = dict.fromkeys("اأآٱىعאע", "a") | {"إ": "i"}
_HORS_LETTRES: Final = re.compile("[^0-9a-z]+")


def a_plat(texte: str) -> str:
    """Le texte en ASCII minuscule : accents ôtés, lettres d'une autre écriture translittérées, ponctuation gardée."""
    texte = texte.lower()
    if texte.isascii():
        return texte.replace("`", "'")
    compose = _ARTICLE.sub("al ", unicodedata.normalize("NFC", texte).translate(_DROITE))
    return "".join(map(_lettre, compose))


@lru_cache(maxsize=5_000)
def _lettre(lettre: str) -> str:
    """Une lettre, à plat ; un signe qui ne s'écrit pas seul (accent, voyelle brève, invisible) n'est rien."""
    if lettre in _PORTEUSES or lettre.isascii():
        return _PORTEUSES.get(lettre, lettre)
    if unicodedata.combining(lettre) or unicodedata.category(lettre) == "Cf":
        return ""
    nue = "".join(signe for signe in unicodedata.normalize("NFKD", lettre) if not unicodedata.combining(signe))
    if nue.isascii():
        return nue.lower()
    return _translitterer(lettre)


def _translitterer(lettre: str) -> str:
    # Presque tous les noms s'en passent : la bibliothèque ne se charge qu'au premier qui en a besoin.
    from anyascii import anyascii

    ecrite = anyascii(lettre).lower()
    # Le signe mou, l'ayn ou le hamza s'écrivent d'une apostrophe : elle couperait le mot en deux.
    return _HORS_LETTRES.sub("", ecrite) if lettre.isalpha() else ecrite
