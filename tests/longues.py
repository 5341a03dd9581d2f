"""Quelles épreuves sont longues, d'après leurs durées mesurées : ``make essais`` les laisse à ``make verifier``.

``python -m tests.longues --seuil 0.7 DUREES.xml…`` refait ``tests/longues.txt`` des durées qu'écrit pytest
(``--junitxml``). Une fonction est longue si l'un de ses cas dépasse le seuil ; d'un fichier d'écran, la plus courte
reste : un écran qui ne s'ouvre plus se voit tout de suite. Essais : ``tests/test_longues.py``.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

LISTE: Final = Path(__file__).with_name("longues.txt")
_ENTETE: Final = (
    "# Les épreuves longues, une par ligne : jouées par « make verifier », pas par « make essais ».\n"
    "# Se refait par « python -m tests.longues » (documentation/maison.md).\n"
)
_ECRANS: Final = "tests/ui/ecrans/"
_CAS: Final = re.compile(r"\[.*", re.DOTALL)


def lues(fichier: Path = LISTE) -> frozenset[str]:
    """« tests/ui/test_x.py::test_y », sans ses cas."""
    lignes = fichier.read_text(encoding="utf-8").splitlines()
    return frozenset(une for une in lignes if une and not une.startswith("#"))


def nom_de(nodeid: str) -> str:
    """La fonction que joue ce cas, sous son fichier ; sa classe, s'il en a une, ne se dit pas."""
    fichier, _, dedans = _CAS.sub("", nodeid).partition("::")
    return f"{fichier}::{dedans.rpartition('::')[2]}" if dedans else fichier


def durees(fichiers: Iterable[Path]) -> dict[str, float]:
    """De chaque fonction, la durée de son cas le plus long, en secondes."""
    plus_longues: dict[str, float] = defaultdict(float)
    for fichier in fichiers:
        for cas in ElementTree.parse(fichier).iter("testcase"):
            nom = f"{_chemin(cas.get('classname', ''))}::{nom_de(cas.get('name', ''))}"
            plus_longues[nom] = max(plus_longues[nom], float(cas.get("time", 0)))
    return dict(plus_longues)


def _chemin(module: str) -> str:
    """Le fichier d'un module ; une classe d'essais n'est pas un fichier."""
    morceaux = module.split(".")
    return "/".join(un for un in morceaux if not un[:1].isupper()) + ".py"


def choisir(par_fonction: Mapping[str, float], seuil: float) -> list[str]:
    """Celles qui dépassent ``seuil`` secondes ; d'un fichier d'écran dont toutes dépassent, la plus courte reste."""
    longues = {nom for nom, duree in par_fonction.items() if duree > seuil}
    par_fichier: dict[str, list[str]] = defaultdict(list)
    for nom in par_fonction:
        if nom.startswith(_ECRANS):
            par_fichier[nom.partition("::")[0]].append(nom)
    for noms in par_fichier.values():
        if longues.issuperset(noms):
            longues.discard(min(noms, key=lambda nom: (par_fonction[nom], nom)))
    return sorted(longues)


def main(arguments: list[str] | None = None) -> int:
    """Refait la liste."""
    lecteur = argparse.ArgumentParser(prog="python -m tests.longues", description=__doc__)
    lecteur.add_argument("--seuil", type=float, default=0.7, help="secondes")
    lecteur.add_argument("durees", nargs="+", type=Path, help="ce qu'écrit pytest --junitxml")
    dits = lecteur.parse_args(arguments)
    par_fonction = durees(dits.durees)
    longues = choisir(par_fonction, dits.seuil)
    LISTE.write_text(_ENTETE + "\n".join(longues) + "\n", encoding="utf-8")
    print(f"{len(longues)} fonctions longues sur {len(par_fonction)}, au seuil de {dits.seuil:g} s : {LISTE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
