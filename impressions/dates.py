"""Les échéances qui vont sur un papier : datées, ou d'un papier reçu sans date ; jamais une date à faire valider.

Essais : ``tests/impressions/test_papier_echeances.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from modele.orientation.resultat import Echeance, Voie
from modele.regles.confiance import a_valider


@dataclass(frozen=True, slots=True)
class Dates:
    """``dites`` : chaque échéance et sa voie. ``tues`` : une au moins manque, faute d'être sûre ; le papier le dit."""

    dites: tuple[tuple[Voie, Echeance], ...]
    tues: bool

    def __bool__(self) -> bool:
        return bool(self.dites) or self.tues


def dates_du_papier(voies: Iterable[Voie]) -> Dates:
    """Les dates à remettre : jamais celles d'une voie discrète, ni un énoncé que rien ne date."""
    toutes = [(voie, echeance) for voie in voies if not voie.discret for echeance in _utiles(voie)]
    sures = tuple(une for une in toutes if not a_valider(une[1].confiance))
    return Dates(sures, tues=len(sures) < len(toutes))


def _utiles(voie: Voie) -> Iterator[Echeance]:
    return (une for une in voie.echeances if une.le is not None or une.acte)
