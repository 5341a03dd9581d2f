"""Du lancement à la fenêtre de déverrouillage peinte, face à une fenêtre PySide6 vide, en processus neufs alternés.

``python tests/mesures/mesure_lancement.py``
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from mesure import Mesure

PAIRES = 15
BUT = 1.5
BUT_PREMIER = 2.0
_RACINE = Path(__file__).resolve().parents[2]
_PERRON = """
from ui.lancement import montrer, preparer
poste = preparer(["perron"])
montrer(poste)
assert poste.fenetre.ecran == "ouverture" and poste.fenetre.isVisible()
"""
_VIDE = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(["vide"])
fenetre = QMainWindow()
fenetre.setWindowTitle("vide")
fenetre.resize(1366, 768)
fenetre.show()
application.processEvents()
assert fenetre.isVisible()
"""
_FIN = 'import os\nos.write(1, b"peinte")\nos._exit(0)\n'


def mesurer() -> list[Mesure]:
    """Le poste de tous les jours, puis le premier lancement, sans coffre : chacun face à la fenêtre vide."""
    with tempfile.TemporaryDirectory() as dossier:
        compile_ = Path(dossier) / "compile"
        chaque_jour = _milieu(Path(dossier) / "chaque-jour", compile_)
        (Path(dossier) / "chaque-jour" / "coffre.perron").write_bytes(b"")
        premier = _milieu(Path(dossier) / "premier", compile_)
        return [
            _comparer("lancement → déverrouillage", chaque_jour, BUT),
            _comparer("premier lancement → choix du territoire", premier, BUT_PREMIER),
        ]


def _comparer(quoi: str, milieu: dict[str, str], but: float) -> Mesure:
    """La médiane des rapports de chaque paire : la machine vieillit pareil pour les deux."""
    for programme in (_PERRON, _VIDE):
        _lancer(programme, milieu)
    paires = [(_lancer(_PERRON, milieu), _lancer(_VIDE, milieu)) for _ in range(PAIRES)]
    rapport = statistics.median(perron / vide for perron, vide in paires)
    perron, vide = (statistics.median(durees) for durees in zip(*paires, strict=True))
    en_mots = f"≤ {str(but).replace('.', ',')} × une fenêtre PySide6 vide"
    return Mesure(quoi, perron, "ms", vide, rapport, en_mots, rapport <= but)


def _milieu(donnees: Path, compile_: Path) -> dict[str, str]:
    """Un poste réglé, dont le code est déjà compilé."""
    donnees.mkdir()
    (donnees / "reglages.json").write_text('{"territoire": "metropole-exemple"}', encoding="utf-8")
    milieu = {cle: valeur for cle, valeur in os.environ.items() if cle != "PYTHONDONTWRITEBYTECODE"}
    return milieu | {
        "QT_QPA_PLATFORM": "offscreen",
        "PERRON_DONNEES": str(donnees),
        "PYTHONPYCACHEPREFIX": str(compile_),
    }


def _lancer(programme: str, milieu: dict[str, str]) -> float:
    """Les millisecondes du premier octet du processus à la fenêtre peinte."""
    debut = perf_counter()
    commande = [sys.executable, "-c", programme + _FIN]
    fini = subprocess.run(commande, cwd=_RACINE, env=milieu, capture_output=True, check=True)
    assert fini.stdout.endswith(b"peinte")
    return (perf_counter() - debut) * 1000


if __name__ == "__main__":
    for mesure in mesurer():
        print(mesure)
