"""Lire et poser une valeur dans un document par son chemin pointé (``logement_actuel.statut``).

Un élément de liste se nomme par son identifiant : ``foyer.personnes.elements.<id>.nom``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final


class _Absent:
    """La clé n'est pas dans le document : ce n'est ni ``None``, ni faux, ni zéro."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()
Document = dict[str, Any]


def lire(document: Mapping[str, Any], chemin: str) -> Any:
    """La valeur au bout de ``chemin``, ou ``ABSENT``."""
    courant: Any = document
    for cle in chemin.split("."):
        # ``dict`` d'abord : c'est toujours lui en pratique, et l'épreuve d'une classe abstraite est lente.
        if not isinstance(courant, (dict, Mapping)) or cle not in courant:
            return ABSENT
        courant = courant[cle]
    return courant


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
    return f"confirmations.{chemin.replace('.', '/')}"
