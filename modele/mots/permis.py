"""Ce qui peut se dire dans une langue comme en français.

Un mot, pour une autre langue : ``[permis]`` de son ``mots.toml``. Une phrase entière, pour un autre français : celle
que ``deja_simple.toml`` déclare, telle quelle. Ce français change-t-il ? Elle n'y est plus, et manque de nouveau.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from modele.mots.phrases import FICHIER, LANGUES, mots
from modele.regles.langues import langue as langue_de
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import lire_provenance

DEJA_SIMPLE: Final = "deja_simple.toml"


@cache
def permis(langue: str) -> frozenset[str]:
    """Les mots, ou les phrases, qui s'y disent comme en français, en minuscules.

    Lève ``ErreurUtilisateur`` si la langue est inconnue, ``FichierFautif`` si une phrase est déclarée deux fois.
    """
    if langue_de(langue).socle:
        return _deja_simples(langue)
    if not (LANGUES / langue / FICHIER).is_file():
        return frozenset()
    return frozenset(mot.casefold() for mot in mots(langue).tables.get("permis", {}))


def _deja_simples(langue: str) -> frozenset[str]:
    chemin = LANGUES / langue / DEJA_SIMPLE
    if not chemin.is_file():
        return frozenset()
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    lire_provenance(lecteur, exigees=("source", "verifie_le"))
    lues: set[str] = set()
    for table in lecteur.tables("tel_quel", obligatoire=True):
        lues |= _groupe(table, lues)
    lecteur.finir()
    return frozenset(lues)


def _groupe(table: Lecteur, deja: set[str]) -> set[str]:
    """Des phrases, et pourquoi elles sont déjà simples."""
    table.texte("raison", obligatoire=True)
    lues: set[str] = set()
    for dit in table.textes("textes", obligatoire=True):
        if dit.casefold() in lues | deja:
            table.signaler("textes", f"« {dit} » est écrit deux fois")
        lues.add(dit.casefold())
    table.clore()
    return lues
