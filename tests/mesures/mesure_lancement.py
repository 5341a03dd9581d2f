"""Du lancement à la fenêtre de déverrouillage peinte, rapporté à une fenêtre PySide6 vide, en processus neufs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mesure import Mesure, centile

RACINE = Path(__file__).resolve().parents[2]
TIRS = 9
BUT = 1.5
VIDE = """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
fenetre = QWidget()
fenetre.show()
application.processEvents()
"""
PERRON = """
from ui.lancement import montrer, preparer
poste = preparer(["perron"])
montrer(poste)
"""
# Fermer n'est pas lancer : le processus s'arrête net, pour les deux.
FIN = "\nimport os\nos._exit(0)\n"


def mesurer() -> list[Mesure]:
    """La médiane de chacun, alternés pour que la machine soit la même pour les deux."""
    with tempfile.TemporaryDirectory() as donnees:
        (Path(donnees) / "coffre.perron").write_bytes(b"")
        milieu = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PERRON_DONNEES": donnees}
        paires = [(_duree(VIDE, milieu), _duree(PERRON, milieu)) for _ in range(TIRS + 1)]
    vides, perron = (centile([paire[rang] for paire in paires[1:]], 0.5) for rang in (0, 1))
    rapport = perron / vides
    budget = "lancement → fenêtre de déverrouillage"
    return [Mesure(budget, perron, "ms", vides, rapport, f"≤ {BUT} fois une fenêtre vide", rapport <= BUT)]


def _duree(programme: str, milieu: dict[str, str]) -> float:
    debut = time.perf_counter()
    commande = [sys.executable, "-c", programme + FIN]
    subprocess.run(commande, cwd=RACINE, env=milieu, check=True, timeout=60, capture_output=True)
    return (time.perf_counter() - debut) * 1000


if __name__ == "__main__":
    for mesure in mesurer():
        print(mesure)
