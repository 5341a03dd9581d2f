"""Ce qu'une traduction ne change jamais : ses nombres, ses téléphones, ses emplacements. Se compare ici seulement."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final

_NOMBRE: Final = re.compile(r"\d+(?:[\u00a0\u202f ,.\u066b\u066c](?=\d{3}(?!\d))\d{3})*")
_AILLEURS: Final = re.compile(r"[^\D0-9]")
"""Un chiffre d'une autre écriture."""
_EMPLACEMENT: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\w*\}", re.DOTALL)
_SERRE: Final = re.compile(r"\s+")


def nombres(texte: str) -> Counter[str]:
    """Les nombres d'un texte, hors de ses emplacements : en chiffres latins, ni séparateur de milliers ni zéro devant.

    Un téléphone en est la suite de nombres ; un article aussi.
    """
    chiffres = _AILLEURS.sub(lambda un: str(unicodedata.digit(un[0])), _EMPLACEMENT.sub(" ", texte))
    return Counter(re.sub(r"\D", "", un).lstrip("0") or "0" for un in _NOMBRE.findall(chiffres))


def emplacements(texte: str) -> Counter[str]:
    """Ce qui s'y remplit ou s'y décide : « {{ … }} », « {% … %} », « {date} »."""
    return Counter(_SERRE.sub(" ", un) for un in _EMPLACEMENT.findall(texte))


def ecart(francais: str, dit: str) -> str:
    """Ce que la traduction perd ou ajoute, en une phrase ; vide si elle garde tout."""
    for nom, compter in (("les nombres", nombres), ("les emplacements", emplacements)):
        avant, apres = compter(francais), compter(dit)
        if avant != apres:
            manque, trop = (
                ", ".join(sorted((un - autre).elements())) for un, autre in ((avant, apres), (apres, avant))
            )
            dits = [f"il manque {manque}"] * bool(manque) + [f"{trop} en trop"] * bool(trop)
            return f"{nom} ne sont pas ceux du français : {', '.join(dits)}"
    return ""
