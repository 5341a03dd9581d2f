"""L'offre que le motif de L441-2-2 oblige à faire : les logements vacants hors des résidences de la liste.

Perron range par date ; dire lequel est adapté à la personne, et que ce qui n'est pas reconnu est bien hors de la liste,
est à une personne.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from modele.residences.listes import Lieu
from modele.residences.rapprochement import Rapprochement, rapprocher


@dataclass(frozen=True, slots=True)
class Ailleurs:
    """Un logement qui n'est reconnu dans aucune résidence de la loi ; ``ou`` reste à vérifier par une personne."""

    logement: Mapping[str, Any]
    libre_le: date | None
    ou: Rapprochement


def ailleurs(logements: Iterable[Mapping[str, Any]], lieux: Sequence[Lieu]) -> tuple[Ailleurs, ...]:
    """Ceux qui peuvent se proposer, le premier libre d'abord ; ceux dont la date manque, en dernier."""
    legaux = [un for un in lieux if un.legale]
    lus = (Ailleurs(un, un.get("date_disponibilite"), rapprocher(un, legaux)) for un in logements)
    gardes = [un for un in lus if un.ou.legale is None]
    return tuple(sorted(gardes, key=lambda un: (un.libre_le is None, un.libre_le or date.min)))
