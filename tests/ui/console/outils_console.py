"""Exécuter une commande comme un utilisateur : un vrai processus, hors de tout réglage de langue."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from pepiniere import pepiniere

RACINE = Path(__file__).resolve().parents[3]
GRILLE = "ressources/territoires/metropole-exemple/grilles/2026-premieres-demandes.toml"


def lancer(*arguments: str, entree: str = "", racine: Path = RACINE) -> subprocess.CompletedProcess[str]:
    """Exécute « main.py … » dans un processus neuf ; ``racine`` : une autre copie de Perron."""
    if racine == RACINE:
        return pepiniere().jouer(list(arguments), entree, _milieu())
    return lancer_a_froid(*arguments, entree=entree, racine=racine)


def lancer_a_froid(*arguments: str, entree: str = "", racine: Path = RACINE) -> subprocess.CompletedProcess[str]:
    """Exécute « python main.py … », tout à charger, comme chez l'utilisateur."""
    return subprocess.run(
        [sys.executable, "main.py", *arguments],
        cwd=racine,
        env=_milieu(),
        input=entree,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _milieu() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}


def rendre(*arguments: str, entree: str = "", racine: Path = RACINE) -> Any:
    """Le JSON rendu par une commande qui réussit."""
    fini = lancer(*arguments, entree=entree, racine=racine)
    assert fini.returncode == 0, fini.stderr
    return json.loads(fini.stdout)
