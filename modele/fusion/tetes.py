"""Lire les têtes d'un état : laquelle est en vigueur, lesquelles se contredisent, quel élément est retiré.

Rien ici ne dépend de l'ordre où les opérations sont arrivées, sauf la tête en vigueur : la première.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any

from modele.dossier.chemins import ORDRE, est_element
from modele.dossier.inventaire import inventaire
from modele.dossier.operations import DOSSIER
from modele.dossier.unites import pareils
from modele.fusion.etat import PRESENT, Tete, Unites
from modele.genres.ecriture import d_une_ecriture


def en_vigueur(cle: str, tetes: Sequence[Tete]) -> Tete:
    """La tête que le document montre. Ce qui protège (``Champ.l_emporte``) l'emporte tant que nul n'a tranché."""
    if cle in _l_emportent():
        return next((tete for tete in tetes if tete.valeurs.get(cle) is True), tetes[0])
    return tetes[0]


def diverge(unites: Unites, cle: str) -> bool:
    """Vrai si les têtes de cette unité se contredisent : une personne doit trancher."""
    tetes = unites.get(cle, ())
    if len(tetes) > 1:
        dites = [tete.valeurs for tete in tetes if tete.operation != PRESENT]
        if any(not memes(cle, une, autre) for une, autre in combinations(dites, 2)):
            return True
    return est_element(cle) and bool(ignorees(unites, cle))


def memes(cle: str, une: Mapping[str, Any], autre: Mapping[str, Any]) -> bool:
    """Vrai si deux têtes d'une unité ne se contredisent pas.

    Deux ordres d'une liste se contredisent seulement sur les éléments qu'ils nomment tous deux.
    """
    if cle.endswith(f".{ORDRE}") and une and autre:
        return _memes_ordres(une[cle], autre[cle])
    return disent_pareil(une, autre)


def disent_pareil(une: Mapping[str, Any], autre: Mapping[str, Any]) -> bool:
    """Vrai si ces champs disent la même chose : deux écritures d'une valeur, d'avant la porte, n'en font qu'une."""
    if pareils(une, autre):
        return True
    return une.keys() == autre.keys() and pareils(d_une_ecriture(DOSSIER, une), d_une_ecriture(DOSSIER, autre))


def retire(unites: Unites, element: str) -> bool:
    """Vrai si cet élément de liste est retiré, en vigueur."""
    tetes = unites.get(element)
    if not tetes:
        return False
    if tetes[0].operation == PRESENT:
        # Il n'est là que pour ce que ses retraits ignoraient ; s'il n'en reste rien, ils valent.
        return not ignorees(unites, element)
    return not tetes[0].valeurs


def sous_les_retires(unites: Unites) -> tuple[str, ...]:
    """Par quoi commencent les unités des éléments retirés : elles ne se montrent pas."""
    retires = [cle for cle in unites if est_element(cle) and retire(unites, cle)]
    return tuple(prefixe for cle in retires for prefixe in _dessous(cle))


def ignorees(unites: Unites, element: str) -> list[Tete]:
    """Les têtes vivantes de l'élément qu'aucun de ses retraits n'avait sous les yeux ; sans retrait, aucune."""
    retraits = [tete for tete in unites.get(element, ()) if not tete.valeurs]
    if not retraits:
        return []
    return [tete for tete in dans_l_element(unites, element) if not any(_couvre(un, tete) for un in retraits)]


def dans_l_element(unites: Unites, element: str) -> list[Tete]:
    """Toutes les têtes des champs d'un élément."""
    return [tete for cle in unites_de_l_element(unites, element) for tete in unites[cle]]


def unites_de_l_element(unites: Unites, element: str) -> list[str]:
    """Les unités des champs d'un élément."""
    dessous = _dessous(element)
    return [cle for cle in unites if cle.startswith(dessous)]


def _dessous(element: str) -> tuple[str, str]:
    return f"{element}.", f"{element}#"


def _couvre(retrait: Tete, tete: Tete) -> bool:
    """Vrai si l'auteur du retrait d'un élément avait cette tête, ou sa valeur, sous les yeux."""
    vues = retrait.vues
    return tete.operation in retrait.connues or all(
        champ in vues and disent_pareil({champ: vues[champ]}, {champ: valeur}) for champ, valeur in tete.valeurs.items()
    )


def _memes_ordres(un: Any, autre: Any) -> bool:
    if not (isinstance(un, list) and isinstance(autre, list)):
        return pareils(un, autre)
    communs = {repr(element) for element in un} & {repr(element) for element in autre}
    return [e for e in un if repr(e) in communs] == [e for e in autre if repr(e) in communs]


@lru_cache(maxsize=1)
def _l_emportent() -> frozenset[str]:
    return frozenset(nom for nom, champ in inventaire().champs.items() if champ.champ.l_emporte)
