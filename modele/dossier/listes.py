"""Ajouter un élément à une liste du dossier, en retirer : ce qui s'écrit, chemin par chemin.

L'ordre est un champ à part : chaque écriture le redit en entier, pour que deux postes puissent le fondre.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from modele.dossier.chemins import ABSENT, CLOS, ORDRE, chemin_d_element
from modele.dossier.situation import elements, liste_close


def ajouter(document: Mapping[str, Any], liste: str, element: str, contenu: Mapping[str, Any]) -> dict[str, Any]:
    """Ce qui s'écrit pour poser l'élément ``element`` (à la fin s'il est neuf) ; une liste close se rouvre."""
    connus = elements(document, liste)
    ecrit: dict[str, Any] = {
        chemin_d_element(liste, element): dict(contenu),
        f"{liste}.{ORDRE}": [*dict.fromkeys([*connus, element])],
    }
    if element not in connus and liste_close(document, liste):
        ecrit[f"{liste}.{CLOS}"] = False
    return ecrit


def enlever(document: Mapping[str, Any], liste: str, lesquels: Collection[str]) -> dict[str, Any]:
    """Ce qui s'écrit pour retirer ces éléments."""
    restants = [un for un in elements(document, liste) if un not in lesquels]
    return {**{chemin_d_element(liste, un): ABSENT for un in lesquels}, f"{liste}.{ORDRE}": restants}
