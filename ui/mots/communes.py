"""Chercher une commune par son nom, sans accents, ou par son code postal : celles du territoire d'abord. Sans Qt.

Essais : ``tests/ui/mots/test_communes.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from modele.territoire.communes import Commune, communes_de_france

_MOTS_VIDES = re.compile(r"[^a-z0-9]+")
_LIAISONS = {"st": "saint", "ste": "sainte"}


def nu(texte: str) -> str:
    """Un nom sans accents, ni majuscules, ni traits d'union ; « St » vaut « Saint »."""
    decompose = unicodedata.normalize("NFD", texte.casefold().replace("œ", "oe").replace("æ", "ae"))
    lettres = "".join(signe for signe in decompose if not unicodedata.combining(signe))
    mots = _MOTS_VIDES.sub(" ", lettres).split()
    return " ".join(_LIAISONS.get(mot, mot) for mot in mots)


@cache
def noms_de_france() -> tuple[tuple[str, Commune], ...]:
    """Toutes les communes de France et leur nom nu. Lu une fois ; à préparer hors du fil de l'écran."""
    return tuple((nu(commune.nom), commune) for commune in communes_de_france().values())


def chercher(saisie: str, proches: Mapping[str, Commune], limite: int = 6) -> list[Commune]:
    """Les communes qui répondent à ``saisie`` : celles de ``proches``, puis de France ; les noms courts d'abord."""
    cherche = nu(saisie)
    if len(cherche) < 2:
        return []
    locales = [(nu(commune.nom), commune) for commune in proches.values()]
    trouvees = _retenir(cherche, locales)
    if len(trouvees) < limite:
        trouvees += [c for c in _retenir(cherche, noms_de_france()) if c.code not in proches]
    return trouvees[:limite]


def _retenir(cherche: str, noms: Iterable[tuple[str, Commune]]) -> list[Commune]:
    if cherche.isdigit():
        trouves = [(nom, c) for nom, c in noms if any(postal.startswith(cherche) for postal in c.codes_postaux)]
    else:
        trouves = [(nom, c) for nom, c in noms if nom.startswith(cherche) or f" {cherche}" in nom]
    trouves.sort(key=lambda paire: (not paire[0].startswith(cherche), len(paire[0]), paire[0]))
    return [commune for _, commune in trouves]
