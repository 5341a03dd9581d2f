"""L'unité de fusion d'un champ : ce qui se garde, se remplace ou diverge d'un bloc.

Les champs qui vont ensemble sont déclarés une fois (``Champ.atome`` : identité, adresse, revenu et son année…) et
forment une unité ``parent#groupe``. Tout autre champ est la sienne. L'élément d'une liste en est une aussi
(``foyer.personnes.elements.<id>``) : il est là, ou il a été retiré. Chaque genre d'objet a sa ``Decoupe`` ; ``unite``,
``feuilles`` et ``changements`` sont ceux d'un dossier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeGuard

from modele.dossier.chemins import ABSENT, Document, element_de, est_element, lire, poser, situer
from modele.dossier.inventaire import ChampDossier, Inventaire, inventaire

_CLE: Final = re.compile(r"[^.#\x00]+")
_ATOMES: Final = frozenset({"parmi", "entre", "refus", "ne_sait_pas", "aucun", "coches"})


def atomes(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Les champs d'un document, chacun avec son chemin : une réponse incertaine ou des cases sont un seul champ."""
    for cle, valeur in document.items():
        if est_table(valeur) and valeur:
            yield from ((f"{cle}.{dessous}", atome) for dessous, atome in atomes(valeur))
        else:
            yield cle, valeur


def est_table(valeur: Any) -> TypeGuard[dict[str, Any]]:
    """Vrai pour une table de champs ; une réponse incertaine ou des cases cochées sont une valeur.

    Une table dont une clé ne peut pas faire un chemin est une valeur aussi : ses champs ne se liraient pas.
    """
    return isinstance(valeur, dict) and _ATOMES.isdisjoint(valeur) and all(map(_CLE.fullmatch, valeur))


class Decoupe:
    """Comment les champs d'un genre d'objet s'assemblent en unités. ``listes`` : les chemins de ses listes."""

    def __init__(self, inventaire_: Inventaire) -> None:
        self.listes = tuple(inventaire_.listes)
        self._groupes = dict(_declares(tuple(inventaire_.champs.values())))
        self._groupes_d_elements = {
            liste.chemin: dict(_declares(liste.champs)) for liste in inventaire_.listes.values()
        }
        # Lues des milliers de fois par état : chaque découpe retient les siennes.
        self.unite = lru_cache(maxsize=50_000)(self._unite)
        self.feuilles = lru_cache(maxsize=10_000)(self._feuilles)

    def changements(self, avant: Document, modifications: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """Ce que changent des modifications, champ par champ : chemin vers (avant, après), ``ABSENT`` s'il n'y est pas.

        Une table posée ou retirée se dit par ses champs, un élément retiré par lui-même ; un champ changé emmène les
        autres champs de son unité, pour que l'opération dise l'unité entière.
        """
        apres = avant
        for chemin, valeur in modifications.items():
            apres = poser(apres, chemin, valeur)
        changes: dict[str, tuple[Any, Any]] = {}
        for chemin in modifications:
            for champ in {**_sous(avant, chemin), **_sous(apres, chemin)}:
                changes |= _changement(avant, apres, champ)
        for change in tuple(changes):
            for voisin in self.feuilles(self.unite(change)):
                if voisin not in changes and (valeur := lire(avant, voisin)) is not ABSENT:
                    changes[voisin] = (valeur, valeur)
        return changes

    def _unite(self, chemin: str) -> str:
        """L'unité de ce champ : ``demandeur#identite`` pour ``demandeur.nom``, sinon le chemin lui-même."""
        element = element_de(chemin)
        if element is None:
            return self._groupes.get(chemin, chemin)
        groupe = self._groupes_d_elements.get(situer(chemin).liste, {}).get(chemin[len(element) + 1 :])
        if groupe is None:
            return chemin
        return f"{element}{groupe}" if groupe.startswith("#") else f"{element}.{groupe}"

    def _feuilles(self, unite_: str) -> tuple[str, ...]:
        """Les chemins des champs d'une unité."""
        parent, groupe, _ = unite_.partition("#")
        if not groupe:
            return (unite_,)
        element = element_de(f"{parent}.x")
        if element is not None:
            groupes = self._groupes_d_elements.get(situer(element).liste, {})
            return tuple(f"{element}.{champ}" for champ in groupes if self.unite(f"{element}.{champ}") == unite_)
        return tuple(champ for champ, declaree in self._groupes.items() if declaree == unite_)


@lru_cache(maxsize=1)
def du_dossier() -> Decoupe:
    """La découpe d'un dossier, que disent ses types."""
    return Decoupe(inventaire())


def unite(chemin: str) -> str:
    """L'unité de ce champ d'un dossier."""
    return du_dossier().unite(chemin)


def feuilles(unite_: str) -> tuple[str, ...]:
    """Les chemins des champs d'une unité d'un dossier."""
    return du_dossier().feuilles(unite_)


def changements(avant: Document, modifications: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Ce que changent des modifications d'un dossier (``Decoupe.changements``)."""
    return du_dossier().changements(avant, modifications)


def _sous(document: Document, chemin: str) -> dict[str, None]:
    """Les chemins des champs au bout de ``chemin``, lui compris."""
    valeur = lire(document, chemin)
    if not est_table(valeur):
        return {} if valeur is ABSENT else {chemin: None}
    return {chemin: None} | {f"{chemin}.{dessous}": None for dessous, _ in atomes(valeur)}


def _changement(avant: Document, apres: Document, champ: str) -> dict[str, tuple[Any, Any]]:
    vue, voulue = lire(avant, champ), lire(apres, champ)
    if vue is not ABSENT and (element := _element_retire(apres, champ)):
        return {element: (lire(avant, element), ABSENT)}
    if est_element(champ) and voulue == {} and not est_table(vue):
        return {champ: (vue, {})}
    # Une table ne se pose ni ne se retire, ses champs le font ; sauf l'élément neuf et vide, qui n'a rien d'autre.
    vue, voulue = _hors_table(vue), _hors_table(voulue)
    return {champ: (vue, voulue)} if not pareils(vue, voulue) else {}


def _hors_table(valeur: Any) -> Any:
    return ABSENT if est_table(valeur) else valeur


def _element_retire(apres: Document, champ: str) -> str | None:
    element = champ if est_element(champ) else element_de(champ)
    return element if element is not None and lire(apres, element) is ABSENT else None


def pareils(une: Any, autre: Any) -> bool:
    """Vrai si deux valeurs JSON disent la même chose : 12,30 est 12,3 ; vrai n'est pas un."""
    if isinstance(une, bool) or isinstance(autre, bool):
        return une is autre
    if isinstance(une, dict) and isinstance(autre, dict):
        return une.keys() == autre.keys() and all(pareils(une[cle], autre[cle]) for cle in une)
    if isinstance(une, list) and isinstance(autre, list):
        return len(une) == len(autre) and all(map(pareils, une, autre))
    return bool(une == autre)


def _declares(champs: Sequence[ChampDossier]) -> Iterator[tuple[str, str]]:
    for champ in champs:
        if champ.champ.atome:
            yield champ.chemin, f"{champ.chemin.rpartition('.')[0]}#{champ.champ.atome}"
