"""Lire et poser une valeur dans un document par son chemin pointé (``logement_actuel.statut``) ; lire un chemin.

Un élément de liste se nomme par son identifiant : ``foyer.personnes.elements.<id>.nom``. Le groupe de champs d'une
unité (voir ``unites``) se met après un « # » : ``demandeur#identite``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple


class _Absent:
    """La clé n'est pas dans le document : ce n'est ni ``None``, ni faux, ni zéro."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()
ELEMENTS: Final = "elements"
ORDRE: Final = "ordre"
CLOS: Final = "clos"
_CONFIRMATIONS: Final = "confirmations."
Document = dict[str, Any]


class Place(NamedTuple):
    """Où mène un chemin : ``liste`` et ``element`` vides hors d'une liste ; ``champ`` vide pour l'élément lui-même."""

    liste: str
    element: str
    champ: str


@lru_cache(maxsize=50_000)
def situer(chemin: str) -> Place:
    """La liste, l'élément et le champ (ou le groupe) d'un chemin ou d'une unité."""
    liste, trouve, reste = chemin.partition(f".{ELEMENTS}.")
    if not trouve:
        return Place("", "", chemin)
    separateur = next((signe for signe in reste if signe in ".#"), ".")
    element, _, champ = reste.partition(separateur)
    return Place(liste, element, champ)


def chemin_d_element(liste: str, element: str, champ: str = "") -> str:
    """Le chemin d'un élément de liste, ou d'un de ses champs."""
    return f"{liste}.{ELEMENTS}.{element}" + (f".{champ}" if champ else "")


@lru_cache(maxsize=50_000)
def est_element(chemin: str) -> bool:
    """Vrai si le chemin est celui d'un élément de liste, pas d'un de ses champs ni d'un de ses groupes."""
    dessus = chemin.rpartition(".")[0]
    return (dessus == ELEMENTS or dessus.endswith(f".{ELEMENTS}")) and "#" not in chemin


@lru_cache(maxsize=50_000)
def element_de(chemin: str) -> str | None:
    """L'élément de liste qui contient ce chemin ou cette unité, ou ``None``."""
    place = situer(chemin)
    return chemin_d_element(place.liste, place.element) if place.element and place.champ else None


def sans_identifiant(chemin: str) -> str:
    """``pieces.elements.<id>.piece`` devient ``pieces.piece`` ; un chemin hors liste reste le même."""
    place = situer(chemin)
    return f"{place.liste}.{place.champ}" if place.liste else chemin


def lire(document: Mapping[str, Any], chemin: str) -> Any:
    """La valeur au bout de ``chemin``, ou ``ABSENT``."""
    courant: Any = document
    for cle in _cles(chemin):
        # ``dict`` d'abord : c'est toujours lui en pratique, et l'épreuve d'une classe abstraite est lente.
        if not isinstance(courant, (dict, Mapping)):
            return ABSENT
        courant = courant.get(cle, ABSENT)
    return courant


@lru_cache(maxsize=50_000)
def _cles(chemin: str) -> tuple[str, ...]:
    return tuple(chemin.split("."))


def poser(document: Mapping[str, Any], chemin: str, valeur: Any) -> Document:
    """Une copie du document où ``chemin`` vaut ``valeur`` ; ``ABSENT`` retire la clé.

    Seules les tables traversées sont copiées ; le document reçu n'est pas touché.
    """
    cle, _, reste = chemin.partition(".")
    copie = dict(document)
    if reste:
        dessous = document.get(cle)
        copie[cle] = poser(dessous if isinstance(dessous, Mapping) else {}, reste, valeur)
    elif valeur is ABSENT:
        copie.pop(cle, None)
    else:
        copie[cle] = valeur
    return copie


def feuilles(document: Mapping[str, Any], prefixe: str = "") -> Iterator[tuple[str, Any]]:
    """Chaque feuille du document avec son chemin, dans l'ordre d'écriture."""
    for cle, valeur in document.items():
        if isinstance(valeur, Mapping) and valeur:
            yield from feuilles(valeur, f"{prefixe}{cle}.")
        else:
            yield f"{prefixe}{cle}", valeur


def chemin_de_confirmation(chemin: str) -> str:
    """Où se garde la confirmation d'une réponse inhabituelle : un champ par réponse, dont la clé n'a pas de point."""
    return f"{_CONFIRMATIONS}{chemin.replace('.', '/')}"


def est_confirmation(chemin: str) -> bool:
    """Vrai si ce chemin garde un « c'est bien cela » : ce n'est la réponse à aucune question."""
    return chemin.startswith(_CONFIRMATIONS)
