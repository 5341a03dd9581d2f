"""Toutes les mesures, une ligne par budget : ``python -m tests.mesures`` ; quelques-unes : ``… bilan papier``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

ICI = Path(__file__).parent
# Les mesures se lancent aussi une à une : elles se cherchent les unes les autres dans leur dossier, et leurs outils
# dans celui des épreuves.
sys.path[:0] = [str(ICI), str(ICI.parent)]
PREFIXE = "mesure_"


def main(voulues: Sequence[str]) -> int:
    """Lance les mesures nommées, à défaut toutes. Rend 1 si un budget compté, et non chronométré, est manqué.

    Un budget de vitesse manqué se lit, il ne casse rien. ``CONCLUSION`` : la dernière ligne d'une mesure qui compte.
    """
    connues = sorted(fichier.stem.removeprefix(PREFIXE) for fichier in ICI.glob(f"{PREFIXE}*.py"))
    if inconnues := [nom for nom in voulues if nom not in connues]:
        print(f"Mesure inconnue : {', '.join(inconnues)}. Connues : {', '.join(connues)}.")
        return 2
    tenus, comptes, conclusions = [], [], []
    for nom in voulues or connues:
        module = import_module(f"{PREFIXE}{nom}")
        for mesure in module.mesurer():
            print(mesure, flush=True)
            tenus.append(mesure.tenu)
            comptes.append(mesure.tenu or not hasattr(module, "CONCLUSION"))
        conclusions += getattr(module, "CONCLUSION", [])
    print(f"{sum(tenus)} budgets tenus sur {len(tenus)}.")
    print(*conclusions, sep="\n", end="\n" if conclusions else "")
    return 0 if all(comptes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
