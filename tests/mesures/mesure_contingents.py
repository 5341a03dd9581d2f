"""Les écrans d'un contingent à sa taille : 42 000 dossiers, 4 bailleurs, 37 communes, 5 000 attributions par an.

Un écran ne dépasse pas 200 ms : ce qu'il lit du coffre, vérifié et inscrit au journal ; l'état de l'année, établi des
fichiers gardés. ``python tests/mesures/mesure_contingents.py``
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Final

from mesure import Mesure, mediane

sys.path.insert(0, str(Path(__file__).parents[1] / "modele" / "attributions"))

from annee_engendree import LE, engendrer

from modele.attributions.colonnes import FichierDe
from modele.attributions.import_bailleur import essayer
from modele.coffre import Coffre
from modele.coffre.cles import Cout
from modele.contingents.conventions import ConventionTenue
from modele.contingents.passages import Passage, Reserve
from modele.droits import Auteur
from ui.etat.contingent import TOUT, etablir, importer, lot_de

NORA: Final = Auteur("Nora")
ECRAN_MS: Final = 200.0
DOSSIERS: Final = 42_000
BAILLEURS, COMMUNES, LOGEMENTS = 4, 37, 40
TIRS: Final = 7
_SORTES: Final = (
    ("metropole", "epci", "9" * 9),
    ("prefet_prioritaires", "departement", "99"),
    ("prefet_agents", "departement", "99"),
    ("action_logement", "departement", "99"),
    *(("communes", "commune", f"99X{rang:02}") for rang in range(COMMUNES)),
)


def mesurer() -> list[Mesure]:
    """Remplit un coffre une fois ; un budget par écran."""
    with tempfile.TemporaryDirectory() as dossier:
        coffre, _ = Coffre.creer(
            Path(dossier) / "contingents.perron", NORA.nom, "quatre mots sans lien", "metropole-exemple", "poste",
            cout=Cout(passes=1, memoire=8, fils=1),
        )  # fmt: skip
        _remplir(coffre)
        tenue = coffre.contingents.lire(NORA).conventions[0]
        # D'un autre taux à chaque fois : l'enregistrer écrit.
        taux = cycle((Decimal(3), Decimal(4)))
        mesures = [
            _ecran("conventions et communes", lambda: coffre.contingents.lire(NORA)),
            _ecran(
                "une convention enregistrée",
                lambda: coffre.contingents.garder_convention(replace(tenue, taux=next(taux)), NORA),
            ),
            _ecran("l'état de l'année", lambda: etablir(coffre, NORA, LE, TOUT)),
        ]
        coffre.fermer()
    return mesures


def _remplir(coffre: Coffre) -> None:
    coffre.importer([{"demandeur": {"nom": f"NOM{rang}"}} for rang in range(DOSSIERS)], NORA)
    for bailleur in range(BAILLEURS):
        siren, nom = f"{bailleur + 1:09}", f"Bailleur {bailleur}"
        for rang, (sorte, ou, code) in enumerate(_SORTES):
            convention = ConventionTenue(sorte, f"Réservataire {rang}", nom, ou, code, LE.year, siren, Decimal(5))
            coffre.contingents.garder_convention(convention, NORA)
        for rang in range(COMMUNES):
            inventaire = tuple(Reserve(f"R{numero}") for numero in range(LOGEMENTS))
            coffre.contingents.garder_passage(Passage(f"99X{rang:02}", nom, siren, inventaire=inventaire), NORA)
    for fichier, texte in zip((FichierDe.ATTRIBUTIONS, FichierDe.LOGEMENTS), engendrer(), strict=True):
        essai = essayer(texte.encode(), fichier, None, LE)
        importer(coffre, NORA, essai, lot_de(essai, f"{fichier}.csv", LE), "")


def _garder(coffre: Coffre, convention: ConventionTenue) -> None:
    coffre.contingents.garder_convention(convention, NORA)


def _ecran(nom: str, geste: Callable[[], object]) -> Mesure:
    duree = mediane(geste, TIRS)
    budget = f"contingent, {nom} : {BAILLEURS} bailleurs, {COMMUNES} communes"
    return Mesure(budget, duree, "ms", ECRAN_MS, duree / ECRAN_MS, f"≤ {ECRAN_MS:g} ms", duree <= ECRAN_MS)


if __name__ == "__main__":
    for mesure in mesurer():
        print(mesure)
