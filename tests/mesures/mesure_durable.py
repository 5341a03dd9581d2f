"""De la frappe au disque : un champ posé, un brouillon gardé, rapportés au fsync nu de la machine."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mesure import Mesure, centile
from population import documents

from modele.coffre import Coffre
from modele.droits import Auteur

DOSSIERS = 2000
GESTES = 400
_BUT_MS = 10


def mesurer() -> list[Mesure]:
    """Alterne les gestes et les fsync nus, pour que le disque soit le même pour tous."""
    with tempfile.TemporaryDirectory() as dossier:
        coffre, _ = Coffre.creer(Path(dossier) / "m.perron", "Agent", "quatre mots sans lien", "metropole-exemple", "m")
        coffre.importer(documents(DOSSIERS), Auteur("Agent"))
        cible = coffre.recents(1)[0].dossier
        nus: list[float] = []
        gestes: dict[str, list[float]] = {"champ posé → durable, p99": [], "brouillon → durable, p99": []}
        with (Path(dossier) / "nu").open("wb") as nu:
            for rang in range(GESTES):
                nus.append(_duree(lambda: _fsync_nu(nu.fileno())))
                poses, brouillons = gestes.values()
                poses.append(
                    _duree(lambda r=rang: coffre.modifier(cible, {"demandeur.prenoms": f"Nadia {r}"}, Auteur("Agent")))
                )  # type: ignore[misc]
                brouillons.append(_duree(lambda r=rang: coffre.brouillon(cible, "demandeur.nom", f"Fat{r}")))  # type: ignore[misc]
        coffre.fermer()
    nu_p99 = centile(nus, 0.99)
    return [_mesure(nom, centile(durees, 0.99), nu_p99) for nom, durees in gestes.items()]


def _mesure(nom: str, p99: float, nu: float) -> Mesure:
    return Mesure(nom, p99, "ms", nu, p99 / nu, f"≤ {_BUT_MS} ms hors fsync", p99 - nu <= _BUT_MS)


def _fsync_nu(descripteur: int) -> None:
    os.write(descripteur, bytes(4096))
    os.fsync(descripteur)


def _duree(geste: Callable[[], object]) -> float:
    debut = time.perf_counter()
    geste()
    return (time.perf_counter() - debut) * 1000


if __name__ == "__main__":
    for mesure in mesurer():
        print(mesure)
