"""Ce qui se lit de l'histoire d'un dossier : une valeur protégée, même effacée, n'est ni montrée ni comptée.

Deux dossiers que seules des réponses protégées séparent ont la même histoire : ce qui ne se lit pas ne laisse ni ligne,
ni trou, ni compte.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from modele.dossier.chemins import ABSENT, CLOS, ORDRE, Document, element_de, est_element, poser
from modele.dossier.unites import atomes, pareils
from modele.protection.retours import est_sensible
from modele.protection.violences import faits_de_violence, sans_violence

_TENUS: Final = frozenset({"id", "territoire", "schema", "cree_le", "absorbes", "protection"})
"""Ce qui n'est pas une réponse, et tout ce que garde la protection, la coche « seul à seul » comprise."""


def element_tu(chemin: str, valeurs: Iterable[Any]) -> str | None:
    """L'élément de liste que ce champ trahirait : l'une de ces valeurs y dit une violence. ``None`` sinon."""
    element = chemin if est_element(chemin) else element_de(chemin)
    if element is None or not any(faits_de_violence(poser({}, chemin, valeur)) for valeur in valeurs):
        return None
    return element


def changements_lisibles(
    avant: Mapping[str, Any],
    apres: Mapping[str, Any],
    tus: Collection[str] = (),
    criteres: Collection[str] = (),
    *,
    discret: bool = False,
) -> dict[str, tuple[Any, Any]]:
    """Ce qui se lit d'une opération : chemin vers (avant, après), ``ABSENT`` s'il n'y a rien.

    ``avant`` et ``apres`` : ce qu'elle voyait et ce qu'elle pose, par chemin. ``tus`` : les éléments de liste dont un
    champ a un jour dit une violence. D'un dossier ``discret``, rien de ``sensible`` : ce qui a été remplacé l'a
    peut-être mise à l'abri.
    """
    lus, poses = (dict(atomes(sans_violence(document_de(dits), criteres))) for dits in (avant, apres))
    return {
        chemin: (lus.get(chemin, ABSENT), poses.get(chemin, ABSENT))
        for chemin in dict.fromkeys((*lus, *poses))
        if not _se_tait(chemin, tus, discret=discret)
        and not pareils(lus.get(chemin, ABSENT), poses.get(chemin, ABSENT))
    }


def _se_tait(chemin: str, tus: Collection[str], *, discret: bool) -> bool:
    if chemin.partition(".")[0] in _TENUS or chemin.endswith((f".{ORDRE}", f".{CLOS}")):
        return True
    if (chemin if est_element(chemin) else element_de(chemin)) in tus:
        return True
    return discret and est_sensible(chemin)


def document_de(dits: Mapping[str, Any]) -> Document:
    """Le document que font ces valeurs, par chemin."""
    document: Document = {}
    for chemin, valeur in dits.items():
        document = poser(document, chemin, valeur)
    return document
