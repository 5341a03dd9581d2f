"""Les réponses qui ne s'écrivent plus : un code retiré de sa nomenclature s'efface à l'ouverture du document.

La norme de sûreté le veut de « sans titre de séjour » (§ 3) : un titre vu et son échéance, ou rien.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modele.dossier.chemins import ABSENT, Document, poser
from modele.dossier.nomenclatures import nationales
from modele.dossier.verification import Place, places


def a_effacer(document: Mapping[str, Any]) -> list[str]:
    """Les chemins dont la réponse nomme un code retiré, seul ou parmi d'autres : ce qui resterait le dirait encore."""
    return [place.chemin for place in places(document) if _nomme_un_retire(place)]


def sans_retires(document: Document) -> Document:
    """Le document où ces réponses ne sont plus."""
    for chemin in a_effacer(document):
        document = poser(document, chemin, ABSENT)
    return document


def _nomme_un_retire(place: Place) -> bool:
    nomenclature = nationales().get(place.champ.champ.nomenclature)
    if nomenclature is None or not nomenclature.retires:
        return False
    ecrit = place.ecrit.get("parmi") if isinstance(place.ecrit, Mapping) else place.ecrit
    nommes = ecrit if isinstance(ecrit, list) else [ecrit]
    return any(code in nommes for code in nomenclature.retires)
