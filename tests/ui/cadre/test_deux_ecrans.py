"""Sur deux vrais écrans de Qt : la fenêtre va en face, pas chez l'agent ; un bureau dupliqué se refuse."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ui.mots.ecran_demandeur import CHANGES, DOUBLES

JOUEUR = Path(__file__).parents[1] / "joueur_deux_ecrans.py"


def jouer(dossier: Path, *x: int) -> dict[str, dict[str, Any]]:
    """Les faits, par moment ; ``x`` : où commence chaque écran."""
    ecrans = [
        {"name": f"ecran {rang}", "x": debut, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1.0}
        | {"logicalBaseDpi": 96}
        for rang, debut in enumerate(x)
    ]
    fichier = dossier / "ecrans.json"
    fichier.write_text(json.dumps({"screens": ecrans}), encoding="utf-8")
    sortie = subprocess.run(
        [sys.executable, str(JOUEUR), str(fichier)], capture_output=True, text=True, timeout=240, check=False
    )
    assert sortie.returncode == 0, sortie.stderr
    return {fait["quand"]: fait for fait in map(json.loads, sortie.stdout.splitlines())}


@pytest.mark.parametrize("place", [1366, -1366], ids=["a droite", "a gauche"])
def test_la_fenetre_occupe_l_ecran_d_en_face(tmp_path: Path, place: int) -> None:
    faits = jouer(tmp_path, 0, place)
    assert faits["avant"]["possible"]
    assert "dits" not in faits["avant"]
    geste = faits["geste"]
    assert geste["ecran"] == "ecran 1"
    assert geste["place"] == [place, 0, 1366, 768]
    assert geste["dits"] == ["Quel est votre nom de naissance\u00a0?"]
    assert "dits" not in faits["change"]
    assert faits["change"]["bandeau"] == CHANGES


def test_un_bureau_duplique_se_refuse(tmp_path: Path) -> None:
    faits = jouer(tmp_path, 0, 0)
    assert "dits" not in faits["geste"]
    assert faits["geste"]["bandeau"] == DOUBLES


def test_un_seul_ecran_n_offre_rien(tmp_path: Path) -> None:
    faits = jouer(tmp_path, 0)
    assert not faits["avant"]["possible"]
    assert "dits" not in faits["geste"]
    assert faits["geste"]["bandeau"] == ""
