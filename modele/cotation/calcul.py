"""Les points d'une grille quand tout est connu : la définition même de la note, que tout le reste doit redonner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal, localcontext
from typing import Any

from modele.cotation.grille import Critere, Cumul, Fixe, Forme, Grille, ParUnite, Rubrique, Tranche, Tranches
from modele.regles.etats import Situation
from modele.regles.kleene import evaluer

ZERO = Decimal(0)
# Assez de chiffres pour que sommes, produits et divisions entières des points soient exacts.
EXACT = Context(prec=100)


def points_forme(forme: Forme, situation: Situation) -> Decimal:
    """Les points d'une forme ; 0 si le fait qu'elle lit est sans objet."""
    if isinstance(forme, Fixe):
        return forme.points
    valeur = situation.etat(forme.fait.nom).valeur
    return ZERO if valeur is None else points_valeur(forme, valeur)


def points_valeur(forme: ParUnite | Tranches, valeur: Any) -> Decimal:
    """Les points d'une forme pour une valeur connue de son fait."""
    if isinstance(forme, ParUnite):
        return forme.bornes.appliquer(forme.points * unites(Decimal(valeur), forme.chaque))
    return next((t.points for t in forme.tranches if convient(t, valeur)), ZERO)


def unites(valeur: Decimal, chaque: Decimal) -> Decimal:
    """Partie entière de ``valeur ÷ chaque``, vers moins l'infini."""
    quotient, reste = divmod(valeur, chaque)
    return quotient - 1 if reste < 0 else quotient


def convient(tranche: Tranche, valeur: Any) -> bool:
    """Vrai si la valeur tombe dans la tranche, celles d'avant étant passées."""
    if tranche.borne is None:
        return True
    return bool(valeur <= tranche.borne if tranche.comprise else valeur < tranche.borne)


def points_critere(critere: Critere, situation: Situation) -> Decimal | None:
    """Les points propres d'un critère, ou ``None`` s'il ne s'applique pas."""
    if critere.si is not None and evaluer(critere.si, situation) is not True:
        return None
    return points_forme(critere.forme, situation)


def combiner(cumul: Cumul, points: Sequence[Decimal | None]) -> tuple[Decimal, frozenset[int]]:
    """La valeur d'une rubrique avant bornes, et le rang des critères qui comptent.

    ``points`` : ceux de chaque critère, ``None`` s'il ne s'applique pas. À égalité, le premier écrit compte.
    """
    appliques = [(rang, p) for rang, p in enumerate(points) if p is not None]
    if not appliques:
        return ZERO, frozenset()
    if cumul is Cumul.SOMME:
        return sum((p for _, p in appliques), ZERO), frozenset(rang for rang, _ in appliques)
    retenu = appliques[0] if cumul is Cumul.PREMIER else max(appliques, key=lambda couple: couple[1])
    return retenu[1], frozenset({retenu[0]})


def en_vigueur(rubrique: Rubrique, jour: date) -> tuple[Critere, ...]:
    """Les critères qui valent ce jour-là dans une rubrique qui vaut elle-même."""
    return tuple(c for c in rubrique.criteres if c.validite.vaut_le(jour))


def points_rubrique(rubrique: Rubrique, situation: Situation, jour: date) -> Decimal:
    """La valeur de la rubrique, bornes comprises ; 0 si elle est réservée à d'autres ou hors période."""
    if not rubrique.validite.vaut_le(jour) or (rubrique.si is not None and evaluer(rubrique.si, situation) is not True):
        return ZERO
    points = [points_critere(critere, situation) for critere in en_vigueur(rubrique, jour)]
    return rubrique.bornes.appliquer(combiner(rubrique.cumul, points)[0])


def du_jour(grille: Grille, jour: date) -> Grille:
    """La grille réduite à ce qui est en vigueur ce jour-là."""
    valables = [rubrique for rubrique in grille.rubriques if rubrique.validite.vaut_le(jour)]
    return replace(grille, rubriques=tuple(replace(r, criteres=en_vigueur(r, jour)) for r in valables))


def total(grille: Grille, situation: Situation, jour: date) -> Decimal:
    """La note d'une situation entièrement connue."""
    with localcontext(EXACT):
        somme = sum((points_rubrique(r, situation, jour) for r in grille.rubriques), ZERO)
        return grille.bornes.appliquer(somme)
