"""La note où rien ne dit une violence : les mêmes points, et des lignes qui se lisent par-dessus l'épaule.

Ce qui dit une violence se décide dans ``modele.protection`` ; ici, ce que la grille en lit et ce que la ligne en tait.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from modele.cotation.explication import faits_de
from modele.cotation.grille import Critere, Grille
from modele.cotation.resultat import Constat, Cotation, LigneCritere, Preuve
from modele.protection.faits import condition_protegee, fait_protege
from modele.protection.mots import LIGNE_NEUTRE
from modele.protection.sensibles import dit_une_violence
from modele.regles.etats import Enumere, Etat, Parties
from modele.regles.faits import Catalogue


def criteres_proteges(grilles: Iterable[Grille], catalogue: Catalogue) -> frozenset[str]:
    """Les critères de ces grilles dont la seule lecture dirait une violence. ``catalogue`` : d'où vient chaque fait."""
    tous = (critere for grille in grilles for rubrique in grille.rubriques for critere in rubrique.criteres)
    return frozenset(critere.id for critere in tous if _protege(catalogue, critere))


def neutraliser(note: Cotation, proteges: Collection[str]) -> Cotation:
    """La même note, aux mêmes points, où aucune ligne ne dit une violence, ni par son nom, ni par ce qu'elle constate.

    ``proteges`` : voir ``criteres_proteges``.
    """

    def taire(critere: LigneCritere) -> LigneCritere:
        raison = critere.non_compte
        if raison is not None and raison.par in proteges:
            raison = replace(raison, gagnant=LIGNE_NEUTRE)
        if critere.id not in proteges:
            return replace(critere, non_compte=raison, constats=_lisibles(critere.constats))
        return replace(
            critere, libelle=LIGNE_NEUTRE, constats=(), non_compte=raison, pieces=(), reference="", faits=(),
            faits_inconnus=(), preuve=Preuve.TUE,
        )  # fmt: skip

    rubriques = tuple(replace(r, criteres=tuple(taire(c) for c in r.criteres)) for r in note.rubriques)
    return note if rubriques == note.rubriques else replace(note, rubriques=rubriques)


def _lisibles(constats: Sequence[Constat]) -> tuple[Constat, ...]:
    """Ces constats, où un code qui dit une violence n'est pas nommé ; un constat qui ne disait que lui n'y est plus."""
    lus = (replace(un, etats=tuple(filter(None, (_tu(un.fait.nom, etat) for etat in un.etats)))) for un in constats)
    return tuple(constat for constat in lus if constat.etats)


def _tu(fait: str, etat: Etat) -> Etat | None:
    """L'état sans ces codes ; ``None`` s'il n'en reste rien à dire."""
    match etat.domaine:
        case Parties(certains, possibles):
            restes = _reste(fait, certains)
            return None if restes is None else replace(etat, domaine=Parties(restes, possibles))
        case Enumere(valeurs):
            lisibles = tuple(reste for valeur in valeurs if (reste := _reste(fait, valeur)) is not None)
            return replace(etat, domaine=Enumere(lisibles)) if lisibles else None
        case _:
            reste = _reste(fait, etat.valeur)
            return replace(etat, valeur=reste) if reste is not None or etat.valeur is None else None


def _reste(fait: str, valeur: Any) -> Any:
    """La valeur sans les codes qui disent une violence ; ``None`` s'il n'en reste rien."""
    if isinstance(valeur, frozenset):
        restes = frozenset(code for code in valeur if not dit_une_violence(fait, code))
        return restes if restes or not valeur else None
    return None if isinstance(valeur, str) and dit_une_violence(fait, valeur) else valeur


def _protege(catalogue: Catalogue, critere: Critere) -> bool:
    if any(fait_protege(catalogue, fait.nom) for fait in faits_de(critere)):
        return True
    return critere.si is not None and condition_protegee(critere.si)
