"""Perron dans le menu d'un bureau Linux, pour ce compte : son entrée et son icône (``make bureau``).

L'entrée appelle l'arbre d'où elle est posée : le déplacer demande de la reposer.
Essais : ``tests/installation/test_bureau.py``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from ressources import RESSOURCES
from ui.systeme.identite import BUREAU, ICONES, TAILLES

RACINE: Final = RESSOURCES.parent
_RESERVES: Final = str.maketrans({un: f"\\{un}" for un in '\\"`$'})


def commande(*mots: str) -> str:
    """La ligne « Exec » : chaque mot entre guillemets, comme l'exige la norme quand un chemin a une espace."""
    return " ".join(f'"{mot.translate(_RESERVES)}"'.replace("\\", "\\\\").replace("%", "%%") for mot in mots)


def entree(python: str = sys.executable, racine: Path = RACINE) -> str:
    """Le texte de l'entrée de menu."""
    modele = (ICONES / f"{BUREAU}.desktop").read_text(encoding="utf-8")
    return modele.replace("{commande}", commande(python, str(racine / "main.py")))


def donnees_du_bureau() -> Path:
    """Où ce compte garde ses entrées de menu et ses icônes."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def poser(ou: Path, texte: str) -> list[Path]:
    """Écrit l'entrée et les icônes ; rend ce qui est posé."""
    icones = ou / "icons" / "hicolor"
    poses = [
        (ICONES / f"{BUREAU}-{cote}.png", icones / f"{cote}x{cote}" / "apps" / f"{BUREAU}.png") for cote in TAILLES
    ]
    poses.append((ICONES / f"{BUREAU}.svg", icones / "scalable" / "apps" / f"{BUREAU}.svg"))
    for source, destination in poses:
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, destination)
    fiche = ou / "applications" / f"{BUREAU}.desktop"
    fiche.parent.mkdir(parents=True, exist_ok=True)
    fiche.write_text(texte, encoding="utf-8")
    return [fiche, *(destination for _, destination in poses)]


def main() -> int:
    """Pose, et demande au bureau de relire son menu s'il a de quoi."""
    ou = donnees_du_bureau()
    fiche, *_ = poser(ou, entree())
    if (relire := shutil.which("update-desktop-database")) is not None:
        subprocess.run([relire, str(fiche.parent)], check=False)
    print(f"Perron est dans le menu : {fiche}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
