"""La note d'une grille réelle : l'intervalle immédiat et la note exacte, dossier vide ou à moitié rempli."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dossiers_charges import dossier_charge
from mesure import Mesure, mediane

from modele.bilan import Regles, charger_regles, etablir
from modele.cotation.grille import Grille
from modele.cotation.note import noter, noter_sur
from modele.regles.etats import Situation

JOUR = date(2026, 11, 22)
TERRITOIRE = "metropole-exemple"
TOURS = 15
_BUTS = {"noter_sur": (noter_sur, 5), "noter": (noter, 150)}


def la_plus_grande(regles: Regles) -> Grille:
    """La grille d'exemple qui a le plus de critères."""
    return max(regles.grilles, key=lambda grille: sum(len(r.criteres) for r in grille.rubriques))


def mesurer() -> list[Mesure]:
    """La médiane de chaque calcul, rapportée à celle de l'intervalle immédiat du dossier vide."""
    regles = charger_regles(TERRITOIRE)
    grille = la_plus_grande(regles)
    documents = {"dossier vide": {}, "à moitié rempli": dossier_charge(7, part=0.5)}
    situations = {nom: etablir(regles, d, JOUR, exacte=False).situation for nom, d in documents.items()}
    situations["tout inconnu"] = replace(situations["dossier vide"], faits={}, personnes=())
    reference = mediane(lambda: noter_sur(grille, situations["dossier vide"], JOUR), TOURS)
    return [
        _mesure(f"{calcul}, {nom}", grille, situation, calcul, reference)
        for nom, situation in situations.items()
        for calcul in _BUTS
    ]


def _mesure(budget: str, grille: Grille, situation: Situation, calcul: str, reference: float) -> Mesure:
    fonction, but = _BUTS[calcul]
    duree = mediane(lambda: fonction(grille, situation, JOUR), TOURS)
    return Mesure(budget, duree, "ms", reference, duree / reference, f"≤ {but} ms", duree <= but)


if __name__ == "__main__":
    for mesure in mesurer():
        print(mesure)
