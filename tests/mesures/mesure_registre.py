"""La première synchronisation, et les retouches, rapportées à Kinto à son meilleur réglage.

Mêmes dossiers, même PostgreSQL durable, même essai : les tours alternent, et de chaque côté compte le meilleur.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict

import kinto
import perron
from debits import RETOUCHES, UNE_A_UNE, Debits
from dossiers_reels import dossiers
from mesure import Mesure
from postgres import postgres

from modele.dossier.chemins import Document

NOMBRE = 10_000
TOURS = 3
# Un côté reçoit l'adresse d'une base vide et les dossiers ; il rend ses débits.
Cote = Callable[[str, Sequence[Document]], Debits]
_GESTES = {
    "montee": (f"première montée de {NOMBRE} dossiers", "dossiers/s", 10.0),
    "descente": (f"première descente de {NOMBRE} dossiers", "dossiers/s", 1.0),
    "retouches": (f"{RETOUCHES} retouches, par lots", "retouches/s", 10.0),
    "une_a_une": (f"{UNE_A_UNE} retouches une à une, chacune attendue", "retouches/s", 1.0),
}


def comparer(notre: Cote) -> list[Mesure]:
    """Les débits de notre côté, rapportés à ceux de Kinto."""
    notres, references = mesurer_les(notre, kinto.debits)
    valeurs, reperes = asdict(notres), asdict(references)
    return [_mesure(geste, valeurs[geste], reperes[geste]) for geste in _GESTES]


def mesurer_les(*cotes: Cote) -> list[Debits]:
    """Les meilleurs débits de chaque côté, mesurés à tour de rôle, chacun sur une base neuve."""
    tous = dossiers(NOMBRE)
    meilleurs = [Debits() for _ in cotes]
    with postgres() as serveur:
        for _ in range(TOURS):
            for rang, cote in enumerate(cotes):
                with serveur.base_neuve("mesure") as adresse:
                    meilleurs[rang] = meilleurs[rang].meilleurs(cote(adresse, tous))
    return meilleurs


def mesurer() -> list[Mesure]:
    """Perron et Kinto, à tour de rôle dans le même essai."""
    return comparer(perron.debits)


def _mesure(geste: str, valeur: float, reference: float) -> Mesure:
    budget, unite, fois = _GESTES[geste]
    rapport = valeur / reference
    return Mesure(budget, valeur, unite, reference, rapport, f"≥ {fois:g} × Kinto", rapport >= fois)


if __name__ == "__main__":
    for mesure in mesurer():
        print(mesure)
