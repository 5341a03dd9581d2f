"""Les noms que le papier donne d'office aux champs et aux codes nationaux ; l'appelant peut en fournir d'autres."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modele.dossier.nomenclatures import Code
    from modele.dossier.types import Champ

_ELEMENT = re.compile(r"^(.+)\.elements\.[^.]+\.(.+)$")


def definition(fait: str) -> str:
    """La définition d'un champ du dossier, ou le nom du fait s'il n'en est pas un."""
    champ = _champ(fait)
    return champ.definition if champ else fait


def code_national(chemin: str, code: str) -> str | None:
    """Le libellé d'un code de la nomenclature nationale du champ, ou ``None`` (commune, texte libre, code inconnu)."""
    trouve = _code(chemin, code)
    return trouve.libelle if trouve else None


def _code(chemin: str, code: str) -> Code | None:
    from modele.dossier.nomenclatures import nationales

    champ = _champ(chemin)
    liste = nationales().get(champ.nomenclature) if champ and champ.nomenclature else None
    return liste.codes.get(code) if liste else None


def _champ(chemin: str) -> Champ | None:
    from modele.dossier.inventaire import inventaire

    connus = inventaire()
    element = _ELEMENT.match(chemin)
    if element and element[1] in connus.listes:
        return next((c.champ for c in connus.listes[element[1]].champs if c.chemin == element[2]), None)
    trouve = connus.champs.get(chemin)
    return trouve.champ if trouve else None
