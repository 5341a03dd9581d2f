"""Deux états d'un même objet, venus de deux bases que rien n'ordonne : toutes les têtes restent, rien ne se perd."""

from __future__ import annotations

from msgspec import structs

from modele.fusion.etat import EtatDossier


def reunir(courant: EtatDossier, apporte: EtatDossier) -> EtatDossier:
    """L'état où l'un et l'autre se lisent ; là où ils diffèrent, celui apporté est en vigueur et une personne tranche.

    Une opération que les deux tiennent n'y est qu'une fois. Le réunir deux fois ne change rien de plus.
    """
    unites = dict(apporte.unites)
    for cle, tetes in courant.unites.items():
        connues = {tete.operation for tete in unites.get(cle, ())}
        unites[cle] = [*unites.get(cle, ()), *(tete for tete in tetes if tete.operation not in connues)]
    return structs.replace(
        apporte,
        version=max(courant.version, apporte.version),
        unites=unites,
        auteurs={**courant.auteurs, **apporte.auteurs},
        absorbes=tuple(dict.fromkeys((*apporte.absorbes, *courant.absorbes))),
    )
