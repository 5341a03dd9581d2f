"""Ce que la fusion doit trouver, compté d'après ce que les opérations citent et disent, sans s'en servir."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from msgspec import UNSET
from postes_d_essai import Entree, citees, ecrites

from modele.dossier.chemins import est_element, lire

Tiennent = dict[str, dict[str, dict[str, Any]]]
"""Par unité, les opérations qui la tiennent et ce qu'elles en disent."""


def attendues(recues: Sequence[Entree]) -> Tiennent:
    """Celles que nulle autre n'a dit avoir vues."""
    dites: Tiennent = {}
    vues: dict[str, set[str]] = {}
    for entree in recues:
        for cle in ecrites(entree.operation):
            dites.setdefault(cle, {})[entree.id] = dite(entree, cle)
            vues.setdefault(cle, set()).update(citees(ecrites(entree.operation)[cle]))
    return {
        cle: {un: valeurs for un, valeurs in qui.items() if un not in vues[cle]}
        for cle, qui in dites.items()
        if qui.keys() - vues[cle]
    }


def dite(entree: Entree, cle: str) -> dict[str, Any]:
    """Ce que l'opération dit d'une unité ; vide : elle la retire."""
    champs = ecrites(entree.operation)[cle]
    return {chemin: champ.apres for chemin, champ in champs.items() if champ.apres is not UNSET}


def divergentes(recues: Sequence[Entree]) -> set[str]:
    """Les unités dont les têtes se contredisent ; un élément, dès qu'un retrait ignore quelque chose de vivant."""
    tiennent = attendues(recues)
    trouvees = set()
    for cle, qui in tiennent.items():
        if any(_se_contredisent(cle, une, autre) for une, autre in combinations(qui.values(), 2)):
            trouvees.add(cle)
    return trouvees | {cle for cle in tiennent if est_element(cle) and ignorees(cle, recues)}


def ignorees(element: str, recues: Sequence[Entree]) -> set[str]:
    """Les opérations vivantes dans l'élément que nul de ceux qui le retirent n'avait sous les yeux."""
    tiennent = attendues(recues)
    retraits = [
        ecrites(entree.operation)[element][element]
        for entree in recues
        if tiennent.get(element, {}).get(entree.id) == {}
    ]
    dedans = [
        (un, valeurs)
        for cle, qui in tiennent.items()
        if cle.startswith((f"{element}.", f"{element}#"))
        for un, valeurs in qui.items()
    ]
    return {
        un
        for un, valeurs in dedans
        if retraits and not any(un in r.tranche or _sous_les_yeux(element, r.avant, valeurs) for r in retraits)
    }


def simple(valeur: Any) -> Any:
    """La valeur sous une forme où deux choses égales, et elles seules, se comparent égales."""
    if isinstance(valeur, bool) or valeur is None:
        return repr(valeur)
    if isinstance(valeur, int | Decimal):
        return Decimal(valeur).normalize()
    if isinstance(valeur, list):
        return [simple(un) for un in valeur]
    if isinstance(valeur, dict):
        return {cle: simple(un) for cle, un in valeur.items()}
    return valeur


def _sous_les_yeux(element: str, avant: Any, valeurs: dict[str, Any]) -> bool:
    return isinstance(avant, dict) and all(
        simple(lire(avant, champ.removeprefix(f"{element}."))) == simple(valeur) for champ, valeur in valeurs.items()
    )


def _se_contredisent(cle: str, une: dict[str, Any], autre: dict[str, Any]) -> bool:
    if cle.endswith(".ordre") and une and autre:
        communs = set(une[cle]) & set(autre[cle])
        return [un for un in une[cle] if un in communs] != [un for un in autre[cle] if un in communs]
    return bool(simple(une) != simple(autre))
