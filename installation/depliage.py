"""Déplie, une fois à l'installation, le Python que Qt tire de son archive à chaque lancement.

``python -m installation.depliage`` ; lu par ``ui/systeme/demarrage_qt.py``. C'est shiboken lui-même qui déplie
(``SBK_EMBED=0``), dans un dossier à nous : son paquet reste tel qu'installé.
"""

from __future__ import annotations

import compileall
import os
import shutil
import sys
from pathlib import Path

from ui.systeme.demarrage_qt import base, charger


def deplier(ici: Path) -> None:
    """Déplie dans ``ici``, à neuf, dans un processus où Qt n'est pas chargé. Lève ``OSError`` si le disque refuse."""
    # À côté, puis renommé : coupé n'importe où, il reste l'ancien entier, ou rien. Qt prendrait un reste pour un tout,
    # et tuerait le programme.
    chantier, ancien = (ici.with_name(f"{ici.name}.{quoi}") for quoi in ("chantier", "ancien"))
    for reste in (chantier, ancien):
        shutil.rmtree(reste, ignore_errors=True)
    chantier.mkdir(parents=True)
    os.environ["SBK_EMBED"] = "0"
    charger(chantier)
    compileall.compile_dir(chantier, quiet=1)
    if ici.exists():
        ici.replace(ancien)
    chantier.replace(ici)
    shutil.rmtree(ancien, ignore_errors=True)


def main() -> int:
    """Rend toujours 0 : sans ce dossier, Perron se lance comme avant, un peu moins vite."""
    if (ici := base(Path(sys.prefix))) is None:
        return 0
    try:
        deplier(ici)
    except OSError as refus:
        print(f"Qt n'a pas pu être déplié ({refus.strerror}) : Perron se lancera un peu moins vite.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
