"""Un tableau de mots : des rangées de cellules, la première colonne pour titre, une ligne de titres au besoin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from impressions.atelier import Etabli
from impressions.blocs import Bloc


def rangees(
    etabli: Etabli, lignes: Sequence[Sequence[str]], largeurs: Sequence[float | None], *, entete: bool = False
) -> Iterator[Bloc]:
    """Une rangée par ligne ; ``entete`` : la première dit ce que sont les colonnes. Rien d'aucune ligne."""
    if not lignes:
        return
    tableau = etabli.racine.ajouter("Table")
    serre, fort = replace(etabli.styles.corps, apres=0), etabli.styles.fort
    for place, ligne in enumerate(lignes):
        titres = entete and place == 0
        rangee = tableau.ajouter("TR")
        colonnes = [
            etabli.cellule(rangee, (dit, fort if titres else serre), role="TH" if titres or rang == 0 else "TD")
            for rang, dit in enumerate(ligne)
        ]
        bloc = etabli.rangee(colonnes, tuple(largeurs), marge=2.5)
        bloc.avec_suivant = titres
        yield bloc
