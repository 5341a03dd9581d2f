"""De quoi un fait dérivé dépend : les champs du dossier en dessous de lui, et les cercles qui n'ont pas de dessous."""

from __future__ import annotations

from collections.abc import Iterator

from modele.dossier.faits.lecture import DATE_CALCUL, PREFIXE_TERRITOIRE, FaitDerive, FaitsDerives
from modele.regles.conditions import comparaisons


def champs_bruts(nom: str, derives: FaitsDerives) -> tuple[str, ...]:
    """Les champs du dossier dont dépend un fait, de proche en proche ; ni la date de calcul, ni le territoire."""
    champs = dict.fromkeys(entree for sous in _sous(nom, derives) for entree in sous.entrees if entree not in derives)
    return tuple(champ for champ in champs if champ != DATE_CALCUL and not champ.startswith(PREFIXE_TERRITOIRE))


def demandes(nom: str, derives: FaitsDerives) -> tuple[tuple[str, object], ...]:
    """Ce que demandent les conditions dont un fait est fait, de proche en proche : un fait, et l'opérande comparé."""
    conditions = (sous.si for sous in _sous(nom, derives) if sous.si is not None)
    faites = (c for condition in conditions for c in comparaisons(condition))
    return tuple(dict.fromkeys((c.fait.nom, c.operande) for c in faites))


def _sous(nom: str, derives: FaitsDerives) -> Iterator[FaitDerive]:
    """Le fait dérivé, et tous ceux qu'il lit."""
    yield derives[nom]
    for entree in derives[nom].entrees:
        if entree in derives:
            yield from _sous(entree, derives)


def cercle(nom: str, derives: FaitsDerives) -> tuple[str, ...]:
    """Un chemin de ``nom`` à lui-même, bouts compris ; vide s'il ne dépend pas de lui-même."""
    vus: set[str] = set()
    a_suivre: list[tuple[str, ...]] = [(nom,)]
    for chemin in a_suivre:
        for entree in derives[chemin[-1]].entrees:
            if entree == nom:
                return (*chemin, nom)
            if entree in derives and entree not in vus:
                vus.add(entree)
                a_suivre.append((*chemin, entree))
    return ()
