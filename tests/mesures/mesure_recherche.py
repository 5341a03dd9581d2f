"""La recherche parmi 100 000 dossiers, avec fautes : p95 et rappel parmi les dix premiers."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from mesure import Mesure, centile
from population import documents, saisies

from modele.coffre import Coffre
from modele.droits import Auteur

NOMBRE = 100_000
DOSSIERS_CHERCHES = 120
_MOT_DE_PASSE = "quatre mots sans lien"


def construire(chemin: Path, nombre: int) -> Coffre:
    """Un coffre de ``nombre`` dossiers fictifs."""
    coffre, _ = Coffre.creer(chemin, "Agent", _MOT_DE_PASSE, "metropole-exemple", "mesure")
    coffre.importer(documents(nombre), Auteur("Agent"))
    return coffre


def eprouver(coffre: Coffre, nombre: int) -> tuple[list[float], Counter[str], Counter[str]]:
    """Les durées (ms), le nombre de saisies par genre, et celles qui ont manqué leur dossier."""
    homonymes = Counter(_nom_complet(document) for document in documents(nombre))
    hasard = random.Random(11)
    tires = set(hasard.sample(range(nombre), min(nombre, DOSSIERS_CHERCHES)))
    durees: list[float] = []
    faites: Counter[str] = Counter()
    manquees: Counter[str] = Counter()
    for rang, document in enumerate(documents(nombre)):
        if rang not in tires:
            continue
        for genre, saisie in saisies(document, homonymes[_nom_complet(document)], hasard):
            debut = time.perf_counter()
            trouves = coffre.rechercher(saisie, 10)
            durees.append((time.perf_counter() - debut) * 1000)
            faites[genre] += 1
            numero = document["demande"]["numero_unique"]
            manquees[genre] += not any(trouve.resume.detail.endswith(numero) for trouve in trouves)
    return durees, faites, manquees


def mesures(coffre: Coffre, nombre: int) -> list[Mesure]:
    """Les deux budgets de la recherche sur ce coffre."""
    eprouver(coffre, min(nombre, 1000))
    durees, faites, manquees = eprouver(coffre, nombre)
    print({genre: f"{manquees[genre]}/{faites[genre]}" for genre in faites})
    p95, mediane = centile(durees, 0.95), centile(durees, 0.5)
    rappel = 1 - manquees.total() / faites.total()
    return [
        Mesure(f"recherche, {nombre} dossiers, p95", p95, "ms", mediane, p95 / mediane, "≤ 12 ms", p95 <= 12),
        Mesure(f"recherche, {nombre} dossiers, rappel@10", rappel, "", 0.988, rappel / 0.988, "≥ 0,99", rappel >= 0.99),
    ]


def mesurer() -> list[Mesure]:
    """Construit la base, cherche, mesure, efface."""
    with tempfile.TemporaryDirectory() as dossier:
        coffre = construire(Path(dossier) / "mesure.perron", NOMBRE)
        try:
            return mesures(coffre, NOMBRE)
        finally:
            coffre.fermer()


def _nom_complet(document: dict[str, dict[str, str]]) -> str:
    return f"{document['demandeur']['nom']} {document['demandeur']['prenoms']}"


if __name__ == "__main__":
    for mesure in mesurer():
        print(mesure)
