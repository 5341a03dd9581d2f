"""Le poste meurt pendant l'import d'un fichier de bailleur : rouvert, le coffre l'a tout entier, ou pas."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from outils_coffre import AGENT, MOT_DE_PASSE, RACINE, creer, ouvrir

from modele.coffre.contingents import LOT, TRANCHE
from modele.coffre.gardes import objets
from modele.droits import Auteur

_MORTS = 6
_IMPORTER = """
import random, sys
from pathlib import Path
from modele.coffre import Coffre
from modele.contingents.lots import Lot
from modele.droits import Auteur
coffre, rang = Coffre.ouvrir(Path(sys.argv[1]), sys.argv[2]), int(sys.argv[3])
while True:
    rang += 1
    contenu = random.Random(rang).randbytes(3_000_000)
    print("va", rang, flush=True)
    coffre.contingents.importer(Lot("attributions", "Habitat", 2026, f"{rang}.csv", rang), contenu, Auteur(sys.argv[4]))
    print("garde", rang, flush=True)
"""


def _importer_puis_tuer(chemin: Path, depart: int, attente: float) -> int:
    """Tue l'import d'un SIGKILL en plein milieu ; rend le dernier que le programme a dit gardé."""
    tue = subprocess.Popen(
        [sys.executable, "-c", _IMPORTER, str(chemin), MOT_DE_PASSE, str(depart), AGENT],
        cwd=RACINE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert tue.stdout is not None
    assert tue.stdout.readline().split() == ["va", str(depart + 1)]
    time.sleep(attente)
    tue.kill()
    gardes = [int(ligne.split()[1]) for ligne in tue.stdout.read().splitlines() if ligne.startswith("garde ")]
    tue.stdout.close()
    tue.wait()
    return max(gardes, default=depart)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_un_import_tue_ne_laisse_jamais_la_moitie_d_un_fichier(chemin: Path) -> None:
    coffre, _ = creer(chemin)
    coffre.fermer()
    hasard, dernier = random.Random(6), 0
    for _ in range(_MORTS):
        avoue = _importer_puis_tuer(chemin, dernier, hasard.random() * 0.25)
        survivant = ouvrir(chemin)
        lots = survivant.contingents.lire(Auteur(AGENT)).lots
        # Celui qui s'écrivait a pu finir sans être avoué ; ce qui l'était est là.
        assert avoue <= len(lots) <= avoue + 1
        with survivant._base.lecture() as connexion:
            assert connexion.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            tranches = len(objets(connexion, TRANCHE))
            assert len(objets(connexion, LOT)) == len(lots)
        assert tranches == sum(un.tranches for un in lots), "une tranche sans son fichier, ou l'inverse"
        for un in lots:
            attendu = random.Random(un.lignes).randbytes(3_000_000)
            assert survivant.contingents.contenu(un.id, Auteur(AGENT)) == attendu
        assert survivant.verifier_chaine() == []
        dernier = len(lots)
        survivant.fermer()
