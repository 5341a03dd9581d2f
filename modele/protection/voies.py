"""Une même rue écrite autrement : « 12 r. des Lilas » et « 12, rue des Lilas » (``voies.toml``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from modele.regles.confiance import CONFIANCES
from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml
from ressources import RESSOURCES

FICHIER: Final = RESSOURCES / "national" / "voies.toml"


@dataclass(frozen=True, slots=True)
class Voies:
    """``entiers`` : de chaque abréviation, le mot entier. ``vides`` : les mots qui s'omettent."""

    entiers: Mapping[str, str]
    vides: frozenset[str]


def en_entier(mots: Iterable[str]) -> list[str]:
    """Ces mots (minuscules, sans accent), en entier, sans ceux qui s'omettent."""
    voies = livrees()
    return [voies.entiers.get(mot, mot) for mot in mots if mot not in voies.vides]


@lru_cache(maxsize=1)
def livrees() -> Voies:
    """Celles que Perron livre."""
    return lire_voies(FICHIER)


def lire_voies(chemin: Lisible) -> Voies:
    """Lit et vérifie un fichier d'abréviations. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    vides = frozenset(lecteur.textes("vides"))
    lues: dict[str, str] = {}
    vus: set[str] = set()
    for table in lecteur.tables("ensemble", obligatoire=True):
        table.identifiant(vus)
        table.texte("source", obligatoire=True)
        table.texte("lien")
        table.texte("confiance", obligatoire=True, permis=CONFIANCES)
        table.date("verifie_le", obligatoire=True)
        for ligne in table.textes("familles", obligatoire=True):
            _retenir(table, lues, ligne)
        table.clore()
    lecteur.finir()
    return Voies(lues, vides)


def _retenir(table: Lecteur, lues: dict[str, str], ligne: str) -> None:
    entier, *abreges = ligne.split()
    for mot in abreges:
        if lues.setdefault(mot, entier) != entier:
            table.signaler("familles", f"« {mot} » abrège déjà « {lues[mot]} »")
    if not abreges or entier in lues:
        table.signaler("familles", f"« {ligne} » : attendu un mot entier, puis ses abréviations")
