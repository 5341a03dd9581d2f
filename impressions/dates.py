"""Les échéances qui vont sur un papier : datées, ou d'un papier reçu sans date ; jamais une date à faire valider.

Essais : ``tests/impressions/test_papier_echeances.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from modele.orientation.resultat import Echeance, EtatEcheance, Voie
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


def voies_de(fiche: str, voies: Iterable[Voie]) -> tuple[Voie, ...]:
    """Les voies qui mènent à cette fiche : leurs dates sont les siennes."""
    return tuple(voie for voie in voies if fiche in voie.fiches)


def date_a_ne_pas_manquer(dates: Dates, jour: date) -> Echeance | None:
    """La prochaine date avant laquelle la personne doit agir ; à défaut, la dernière qui n'est peut-être pas perdue."""
    a_faire = [echeance for _, echeance in dates.dites if echeance.agir and echeance.le is not None]
    a_venir = [une for une in a_faire if une.etat(jour) is EtatEcheance.A_VENIR]
    peut_etre = [une for une in a_faire if une.etat(jour) is EtatEcheance.PEUT_ETRE]
    return min(a_venir, key=_le, default=None) or max(peut_etre, key=_le, default=None)


def _le(echeance: Echeance) -> date:
    assert echeance.le is not None
    return echeance.le


def _utiles(voie: Voie) -> Iterator[Echeance]:
    return (une for une in voie.echeances if une.le is not None or une.acte)
