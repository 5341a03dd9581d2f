"""La note qui se lit par-dessus l'épaule : celle d'une grille dont les lignes qui diraient une violence sont ôtées.

Ce qui dit une violence se décide dans ``modele.protection`` ; ici, ce qu'une grille en lit. Décision 0011.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from modele.cotation.explication import faits_de
from modele.cotation.grille import Critere, Grille, Rubrique
from modele.cotation.resultat import Cotation, LigneCritere
from modele.protection.faits import condition_protegee, fait_protege
from modele.protection.mots import LIGNE_NEUTRE
from modele.regles.conditions import Condition, comparaisons
from modele.regles.faits import Catalogue


def criteres_proteges(grilles: Iterable[Grille], catalogue: Catalogue) -> frozenset[str]:
    """Les critères de ces grilles dont la seule lecture dirait une violence. ``catalogue`` : d'où vient chaque fait."""
    return frozenset(
        critere.id
        for grille in grilles
        for rubrique in grille.rubriques
        for critere in rubrique.criteres
        if _se_tait(catalogue, rubrique, critere)
    )


def sans_proteges(grille: Grille, catalogue: Catalogue) -> Grille:
    """La même grille sans ses lignes, rubriques et circuits à part protégés ; elle-même si elle n'en a pas."""
    rubriques = tuple(
        replace(rubrique, criteres=gardes)
        for rubrique in grille.rubriques
        if (gardes := tuple(c for c in rubrique.criteres if not _se_tait(catalogue, rubrique, c)))
    )
    circuits = tuple(c for c in grille.hors_cotation if not _si_protege(catalogue, c.si))
    if (rubriques, circuits) == (grille.rubriques, grille.hors_cotation):
        return grille
    return replace(grille, rubriques=rubriques, hors_cotation=circuits, a_part=True)


def lignes_a_part(note: Cotation, proteges: Collection[str]) -> Cotation:
    """De la note entière, ses seules lignes protégées, sous un nom neutre : ce que l'agent voit seul à seul.

    Ni constat, ni pièce, ni fait. ``proteges`` : voir ``criteres_proteges``.
    """

    def taire(critere: LigneCritere) -> LigneCritere:
        return replace(
            critere, libelle=LIGNE_NEUTRE, constats=(), non_compte=None, pieces=(), reference="", faits=(),
            faits_inconnus=(),
        )  # fmt: skip

    tues = (replace(r, criteres=tuple(taire(c) for c in r.criteres if c.id in proteges)) for r in note.rubriques)
    return replace(note, rubriques=tuple(rubrique for rubrique in tues if rubrique.criteres), decisifs=())


def _se_tait(catalogue: Catalogue, rubrique: Rubrique, critere: Critere) -> bool:
    if any(fait_protege(catalogue, fait.nom) for fait in faits_de(critere)):
        return True
    return _si_protege(catalogue, critere.si) or _si_protege(catalogue, rubrique.si)


def _si_protege(catalogue: Catalogue, si: Condition | None) -> bool:
    if si is None:
        return False
    return condition_protegee(si) or any(fait_protege(catalogue, c.fait.nom) for c in comparaisons(si))
