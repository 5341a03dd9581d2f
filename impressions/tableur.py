"""Un tableau pour un tableur : CSV à la française, et aucune case qu'il prendrait pour une formule."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_MARQUE: Final = "\ufeff"
"""Sans elle, un tableur français lit l'UTF-8 comme du Windows-1252."""
_FORMULES: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Ce par quoi commence ce qu'un tableur exécuterait (OWASP, « CSV injection »)."""


def en_csv(entete: Sequence[str], lignes: Iterable[Sequence[object]]) -> bytes:
    """Le fichier : point-virgule, virgule décimale, une fin de ligne que tout tableur connaît."""
    sortie = io.StringIO()
    redaction = csv.writer(sortie, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    redaction.writerows([_case(une) for une in ligne] for ligne in (entete, *lignes))
    return f"{_MARQUE}{sortie.getvalue()}".encode()


def _case(valeur: object) -> str:
    """Un nombre tel quel ; un texte qui commencerait une formule, précédé d'une apostrophe."""
    if valeur is None:
        return ""
    if isinstance(valeur, int | float):
        return f"{valeur:g}".replace(".", ",") if isinstance(valeur, float) else str(valeur)
    dite = str(valeur)
    return f"'{dite}" if dite.lstrip(" ").startswith(_FORMULES) else dite
