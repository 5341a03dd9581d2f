"""La note où rien ne dit une violence : les mêmes points, et des lignes qui se lisent par-dessus l'épaule.

Ce qui dit une violence se décide dans ``modele.protection`` ; ici, ce que la grille en lit et ce que la ligne en tait.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from modele.cotation.explication import faits_de
from modele.cotation.grille import Critere, Grille
from modele.cotation.resultat import Cotation, LigneCritere
from modele.protection.faits import condition_protegee, fait_protege
from modele.protection.mots import LIGNE_NEUTRE
from modele.regles.faits import Catalogue


def criteres_proteges(grilles: Iterable[Grille], catalogue: Catalogue) -> frozenset[str]:
    """Les critères de ces grilles dont la seule lecture dirait une violence. ``catalogue`` : d'où vient chaque fait."""
    tous = (critere for grille in grilles for rubrique in grille.rubriques for critere in rubrique.criteres)
    return frozenset(critere.id for critere in tous if _protege(catalogue, critere))


def neutraliser(note: Cotation, proteges: Collection[str]) -> Cotation:
    """La même note, aux mêmes points, où aucune ligne ne dit une violence, ni par son nom, ni par une autre ligne.

    ``proteges`` : voir ``criteres_proteges``.
    """
    if not any(critere.id in proteges for rubrique in note.rubriques for critere in rubrique.criteres):
        return note

    def taire(critere: LigneCritere) -> LigneCritere:
        raison = critere.non_compte
        if raison is not None and raison.par in proteges:
            raison = replace(raison, gagnant=LIGNE_NEUTRE)
        if critere.id not in proteges:
            return replace(critere, non_compte=raison)
        return replace(
            critere, libelle=LIGNE_NEUTRE, constats=(), non_compte=raison, pieces=(), reference="", faits=(),
            faits_inconnus=(),
        )  # fmt: skip

    rubriques = tuple(replace(r, criteres=tuple(taire(c) for c in r.criteres)) for r in note.rubriques)
    return replace(note, rubriques=rubriques)


def _protege(catalogue: Catalogue, critere: Critere) -> bool:
    if any(fait_protege(catalogue, fait.nom) for fait in faits_de(critere)):
        return True
    return critere.si is not None and condition_protegee(critere.si)
