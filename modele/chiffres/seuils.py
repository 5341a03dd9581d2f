"""Sous combien de personnes un chiffre ne se publie pas : ``ressources/national/petits_effectifs.toml``, et lui seul.

Livré avec Perron : une structure ne baisse pas un seuil.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance
from ressources import RESSOURCES

_FICHIER: Final = RESSOURCES / "national" / "petits_effectifs.toml"


class Diffusion(StrEnum):
    """À qui vont des chiffres, du plus proche au plus large."""

    PARTENAIRES = "partenaires"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Seuil:
    """Un effectif plus petit que ``effectif`` ne se publie pas. ``libelle`` : à qui, après « pour »."""

    effectif: int
    libelle: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Seuils:
    """Un seuil par diffusion, dans leur ordre ; et celui d'une médiane."""

    diffusions: Mapping[Diffusion, Seuil]
    quantile: Seuil


def seuil_de(diffusion: Diffusion) -> int:
    """Le plus petit effectif qui se publie pour elle."""
    return seuils().diffusions[diffusion].effectif


@lru_cache(maxsize=1)
def seuils() -> Seuils:
    """Ceux qui sont livrés. Lève ``FichierFautif`` avec toutes les fautes."""
    return lire_seuils(lire_toml(_FICHIER))


def lire_seuils(lecteur: Lecteur) -> Seuils:
    """Lit et vérifie : chaque diffusion y est une fois, dans l'ordre, et son seuil monte. Lève ``FichierFautif``."""
    lecteur.exiger_format()
    lus: dict[str, Seuil] = {}
    vus: set[str] = set()
    for table in lecteur.tables("diffusion", obligatoire=True):
        qui = table.identifiant(vus)
        lu = _seuil(table, table.texte("libelle", obligatoire=True))
        if lu.effectif < max((un.effectif for un in lus.values()), default=0):
            table.signaler("seuil", "plus on publie loin, plus le seuil est haut")
        lus[qui] = lu
    if list(lus) != list(Diffusion):
        lecteur.signaler("diffusion", f"attendu, dans cet ordre : {', '.join(Diffusion)}")
    quantile = lecteur.table("quantile", obligatoire=True)
    mediane = _seuil(quantile) if quantile is not None else None
    lecteur.finir()
    assert mediane is not None
    return Seuils({Diffusion(qui): lu for qui, lu in lus.items()}, mediane)


def _seuil(table: Lecteur, libelle: str = "") -> Seuil:
    effectif = table.entier("seuil", obligatoire=True) or 0
    if effectif < 2:
        table.signaler("seuil", "attendu : 2 ou plus ; en dessous, rien n'est protégé")
    lu = Seuil(effectif, libelle, lire_provenance(table, COMPLETE))
    table.clore()
    return lu
