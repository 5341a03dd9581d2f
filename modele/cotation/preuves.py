"""L'état de preuve de chaque critère, et la grille réduite à ce qui est prouvé."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from modele.cotation.grille import Critere, Grille
from modele.cotation.resultat import Preuve

_SUFFISANTES = {
    "automatique": frozenset(Preuve),
    "piece": frozenset({Preuve.JUSTIFIE, Preuve.VALIDE}),
    "travailleur_social": frozenset({Preuve.VALIDE}),
}


def etats_de_preuve(
    grille: Grille, preuves: Mapping[str, object], vues: Collection[str], manquantes: Collection[str]
) -> dict[str, Preuve]:
    """L'état de preuve de chaque critère.

    ``preuves`` : ce que le dossier en dit, par critère ; ``vues`` et ``manquantes`` : identifiants de pièces.
    """
    return {
        critere.id: _etat(critere, preuves.get(critere.id), vues, manquantes)
        for rubrique in grille.rubriques
        for critere in rubrique.criteres
    }


def _etat(critere: Critere, dite: object, vues: Collection[str], manquantes: Collection[str]) -> Preuve:
    if critere.preuve == "automatique":
        return Preuve.AUTOMATIQUE
    if dite == Preuve.VALIDE:
        return Preuve.VALIDE
    if dite == Preuve.JUSTIFIE or set(critere.pieces) & set(vues):
        return Preuve.JUSTIFIE
    return Preuve.MANQUANT if set(critere.pieces) & set(manquantes) else Preuve.DECLARE


def suffit(critere: Critere, etat: Preuve) -> bool:
    """Vrai si cet état de preuve vaut preuve pour ce critère."""
    return etat in _SUFFISANTES[critere.preuve]


def prouves(grille: Grille, etats: Mapping[str, Preuve]) -> Grille:
    """La même grille, où tout critère insuffisamment prouvé ne s'applique pas : le second, prouvé, compte alors."""
    rubriques = tuple(
        replace(r, criteres=tuple(c for c in r.criteres if suffit(c, etats[c.id]))) for r in grille.rubriques
    )
    return replace(grille, rubriques=rubriques)
