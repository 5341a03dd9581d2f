"""Une valeur, une écriture : ce qu'on garde d'un texte collé, d'un téléphone, d'un numéro, d'un courriel.

Rien n'y change de sens : des signes qui ne se voient pas, une apostrophe courbe, un saut de ligne dans un champ d'une
ligne. Pur : le même à la porte du coffre et dans la fusion, où deux écritures d'une valeur ne se contredisent pas.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from modele.dossier import telephones
from modele.dossier.lettres import APOSTROPHES
from modele.dossier.types import Champ

_DROITES: Final = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_LIANTS: Final = frozenset("\u200c\u200d")
"""Le persan et les écritures indiennes en ont besoin : entre deux de leurs lettres, ils se gardent."""
# De la catégorie « Cf », mais qui se voient : signes de nombre arabes, abréviation syriaque, kaithi.
_VISIBLES: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
# Des lettres et des accents sans dessin : joint de graphèmes, remplissages coréens et khmers, variantes.
_SANS_DESSIN: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | {
    chr(0xFE00 + rang) for rang in range(16)
}
_BLANC: Final = re.compile(r"\s+")
# Territoire, mois, année, rang, puis le guichet (``formes.toml``).
_NUMERO_UNIQUE: Final = re.compile(r"[0-9AB]{3}(?:0[1-9]|1[0-2])[0-9]{2}[0-9]{6}[0-9A-Z]{0,5}")
_SANS_LIANT: Final = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW")


def ecrire(champ: Champ, valeur: Any) -> Any:
    """La valeur de ce champ de texte, d'une seule écriture ; telle quelle si ce n'est pas un texte, ou une liste."""
    if isinstance(valeur, str):
        return _ecrire_la_forme(champ.forme, ecrire_un_texte(valeur))
    if isinstance(valeur, list):
        return [ecrire(champ, une) for une in valeur]
    return valeur


@lru_cache(maxsize=10_000)
def ecrire_un_texte(texte: str) -> str:
    """Le texte sur une ligne, composé (NFC), apostrophe droite, sans signe invisible ni blanc de trop."""
    if texte.isascii() and texte.isprintable() and "  " not in texte and "`" not in texte:
        return texte.strip()
    blancs = _BLANC.sub(" ", texte)
    gardes = "".join(signe for rang, signe in enumerate(blancs) if _se_garde(blancs, rang))
    return _BLANC.sub(" ", unicodedata.normalize("NFC", gardes.translate(_DROITES))).strip()


def _se_garde(texte: str, rang: int) -> bool:
    signe = texte[rang]
    if signe.isalnum() and signe not in _SANS_DESSIN:
        return True
    if signe in _LIANTS:
        return _lie(texte[rang - 1 : rang]) and _lie(texte[rang + 1 : rang + 2])
    cache = unicodedata.category(signe) in ("Cc", "Cf", "Cs") and signe not in _VISIBLES
    return not (cache or signe in _SANS_DESSIN)


def _lie(lettre: str) -> bool:
    """Vrai d'une lettre, ou d'un signe qu'elle porte, dont l'écriture emploie les liants."""
    if not lettre or unicodedata.category(lettre)[0] not in "LM":
        return False
    return not unicodedata.name(lettre, "LATIN").startswith(_SANS_LIANT)


def _ecrire_la_forme(forme: str, texte: str) -> str:
    ecriture = _FORMES.get(forme)
    return ecriture(texte) if ecriture and texte else texte


def _serre(texte: str) -> str:
    return texte.replace(" ", "").upper()


def _numero_unique(texte: str) -> str:
    """Sans blancs ni minuscules s'il a la forme d'un numéro unique, même incomplet ; d'une autre, comme il est dit."""
    serre = _serre(texte)
    return serre if _NUMERO_UNIQUE.fullmatch(serre) else texte


def _courriel(texte: str) -> str:
    return texte.lower()


_FORMES: Final[Mapping[str, Callable[[str], str]]] = {
    "telephone": telephones.une_ecriture,
    "courriel": _courriel,
    "numero_unique": _numero_unique,
    "siret": _serre,
    "siren": _serre,
    "code_postal": _serre,
    "insee": _serre,
    "insee_ou_pays": _serre,
}
