"""De quoi une ligne se tire, hors le dossier : changé, aucune ligne gardée ne vaut plus."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from functools import lru_cache, partial
from types import FunctionType
from typing import Any, Final

from modele.attributions.classement.regles import regles as regles_de_commission
from modele.bilan import Regles

_CALCUL: Final = 1
"""À monter quand une ligne se tire autrement : celles d'avant ne vaudraient plus."""


@lru_cache(maxsize=4)
def empreinte(regles: Regles) -> str:
    """L'empreinte de tout ce qu'une ligne lit hors du dossier ; la même d'un chargement, d'un lancement à l'autre."""
    lieu = regles.territoire
    pays = regles.national.pays
    lues = (
        *(lieu.id, sorted(lieu.communes), lieu.parametres, lieu.zone_plafonds, lieu.agglomeration_plus_300000),
        *(lieu.outre_mer, pays.parametres, pays.bareme, regles.grilles_dites, regles.national.derives, _CALCUL),
    )
    dites = "".join(_dire((*lues, regles.criteres_proteges, regles_de_commission())))
    return hashlib.sha256(dites.encode()).hexdigest()


def _dire(valeur: Any) -> Iterator[str]:
    """Le même texte pour la même valeur : ni l'ordre d'un ensemble ni celui d'une table n'y est pour rien."""
    if is_dataclass(valeur):
        yield type(valeur).__name__
        yield from _dire([getattr(valeur, un.name) for un in fields(valeur)])
    elif isinstance(valeur, Mapping):
        yield from _dire(sorted((str(cle), "".join(_dire(dit))) for cle, dit in valeur.items()))
    elif isinstance(valeur, Set):
        yield from _dire(sorted("".join(_dire(un)) for un in valeur))
    elif isinstance(valeur, list | tuple):
        yield "("
        for un in valeur:
            yield from _dire(un)
            yield ","
        yield ")"
    elif isinstance(valeur, FunctionType):
        # Son adresse change à chaque lancement ; son calcul, ``_CALCUL`` le dit.
        yield f"{valeur.__module__}.{valeur.__qualname__}"
    elif isinstance(valeur, partial):
        yield from _dire([valeur.func, valeur.args, valeur.keywords])
    else:
        dit = repr(valeur)
        assert " at 0x" not in dit, f"{dit} : une adresse ne vaut que le temps d'un lancement"
        yield dit
