"""Qui n'ouvre jamais un dossier : un agent par son nom, un lieu par le sien. La personne l'a demandé, ou il la connaît.

Un écart est un objet rattaché au dossier (``Genre.ecarte``), jamais un champ : rien ne l'imprime ni ne le cherche.
Essais : ``tests/modele/protection/test_ecarts.py``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from typing import Any, Final

from modele.protection.referents import meme_agent

AGENT: Final = "agent"
LIEU: Final = "lieu"
LEVE_LE: Final = "leve_le"
LEVE_PAR: Final = "leve_par"


def leve(ecart: Mapping[str, Any]) -> bool:
    """La personne a demandé que cet écart ne vaille plus."""
    return bool(ecart.get(LEVE_LE))


def ecarte(ecart: Mapping[str, Any], agent: str, lieux: Collection[str]) -> bool:
    """Vrai si cet écart nomme cet agent, ou l'un de ces lieux (``nomme_de_meme``)."""
    if leve(ecart):
        return False
    return _dit(ecart, AGENT, [agent]) or _dit(ecart, LIEU, lieux)


def nomme_de_meme(un: str, autre: str) -> bool:
    """Vrai si ces deux noms n'en font qu'un : ni majuscule, ni accent, ni espace ne comptent.

    Entendu de vive voix, un nom s'écrit souvent sans ses accents ; il protège quand même.
    """
    return bool(un.strip()) and _nu(un) == _nu(autre)


def _nu(nom: str) -> str:
    return "".join(
        signe for signe in unicodedata.normalize("NFKD", meme_agent(nom)) if not unicodedata.combining(signe)
    )


def _dit(ecart: Mapping[str, Any], champ: str, noms: Collection[str]) -> bool:
    dit = ecart.get(champ)
    return isinstance(dit, str) and any(nomme_de_meme(dit, nom) for nom in noms)
