"""Champ quitté : le bilan sûr (note, intervalle, voies, pièces), puis l'exact ; dossiers chargés, à moitié dits, vides.

Le temps est celui du fil de calcul : les autres programmes de la machine n'y entrent pas ; ni le ramasse-miettes, que
le poste tient hors des gestes (``ui/etat/ramassage.py``) et qui relit ici entre deux tirs, comme là-bas.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from dossiers_charges import dossier_charge
from mesure import Mesure, centile

from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.dossier.chemins import poser
from modele.dossier.ephemeres import sans_ephemeres
from modele.protocole.ramasseur import sans_ramasser

JOUR = date(2026, 11, 22)
TERRITOIRE = "metropole-exemple"
MODELES = 10
# (bilan exact ?, tirs, part des mesures, but en millisecondes)
_BUTS = {"sûr, p99": (False, 300, 0.99, 16), "exact, p95": (True, 60, 0.95, 150)}

Document = dict[str, Any]


def mesurer() -> list[Mesure]:
    """Chaque bilan suit une réponse nouvelle, et part du précédent, comme au poste ; la référence est un aller-retour
    JSON du même document. Ce qui ne s'écrit pas n'y est plus : le triage est fini."""
    regles = charger_regles(TERRITOIRE)
    genres: dict[str, list[Document]] = {
        "huit personnes, tout dit": [sans_ephemeres(dossier_charge(graine)) for graine in range(MODELES)],
        "huit personnes, à moitié dit": [sans_ephemeres(dossier_charge(graine, part=0.5)) for graine in range(MODELES)],
        "dossier vide": [{}],
    }
    return [_mesure(regles, genre, modeles, budget) for genre, modeles in genres.items() for budget in _BUTS]


def _mesure(regles: Regles, genre: str, modeles: Sequence[Document], budget: str) -> Mesure:
    exacte, tirs, part, but = _BUTS[budget]
    durees, nus = [], []
    bilans: list[Bilan | None] = [None] * len(modeles)

    def suivre(rang: int, document: Document) -> None:
        bilans[rang] = etablir(regles, document, JOUR, exacte=exacte, precedent=bilans[rang])

    for tir in range(-MODELES, tirs):  # les premiers tirs chauffent, et ne comptent pas
        rang = tir % len(modeles)
        document = poser(modeles[rang], "logement_actuel.surface", 20 + tir % 60)
        with sans_ramasser():
            nus.append(_duree(lambda d=document: json.loads(json.dumps(d))))
            durees.append(_duree(lambda r=rang, d=document: suivre(r, d)))
    valeur, reference = centile(durees[MODELES:], part), centile(nus[MODELES:], 0.5)
    rapport = valeur / reference
    return Mesure(f"bilan {budget}, {genre}", valeur, "ms", reference, rapport, f"≤ {but} ms", valeur <= but)


def _duree(geste: Callable[[], object]) -> float:
    debut = time.thread_time()
    geste()
    return (time.thread_time() - debut) * 1000


if __name__ == "__main__":
    for mesure in mesurer():
        print(mesure)
