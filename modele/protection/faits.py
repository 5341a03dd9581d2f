"""Quels faits, et quelles conditions, ne se lisent pas sans dire une violence.

Sert à la note (``modele.cotation.neutre``) ; ne connaît que le catalogue et la condition qu'on lui donne.
"""

from __future__ import annotations

from collections.abc import Iterator

from modele.dossier.faits_bruts import nomenclatures_des_faits
from modele.dossier.nomenclatures import nationales
from modele.protection.sensibles import par_toute_reponse
from modele.regles.conditions import Condition, comparaisons
from modele.regles.faits import Catalogue


def fait_protege(catalogue: Catalogue, nom: str) -> bool:
    """Vrai si ce fait, ou l'un de ceux dont il vient, dit une violence : par toute réponse, ou par son code."""
    fait = catalogue.get(nom)
    if fait is not None and any(_dit_violence(*demande) for demande in fait.demandes):
        return True
    return any(map(par_toute_reponse, _sources(catalogue, nom, set())))


def condition_protegee(condition: Condition) -> bool:
    """Vrai si cette condition demande une violence par son code : la dire tenue la dirait."""
    return any(_dit_violence(une.fait.nom, une.operande) for une in comparaisons(condition))


def _dit_violence(fait: str, operande: object) -> bool:
    liste = nationales().get(nomenclatures_des_faits().get(fait, ""))
    codes = operande if isinstance(operande, frozenset) else {operande}
    return liste is not None and any(c in liste.codes and liste.codes[c].violence for c in codes if isinstance(c, str))


def _sources(catalogue: Catalogue, nom: str, vus: set[str]) -> Iterator[str]:
    if nom in vus:
        return
    vus.add(nom)
    yield nom
    fait = catalogue.get(nom)
    for champ in fait.champs if fait else ():
        yield from _sources(catalogue, champ, vus)
