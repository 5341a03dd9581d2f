"""La mémoire d'un poste ou d'un registre ne s'écrit pas sur le disque quand il meurt."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from modele.regles import memoire

RACINE = Path(__file__).parents[3]
_MEURT = """
import os, resource, signal
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
{avant}
print(resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
os.kill(os.getpid(), signal.SIGABRT)
"""
_SANS = "import ctypes; from modele.regles.memoire import sans_vidage; sans_vidage()"


def _mourir(ou: Path, avant: str) -> tuple[str, list[str]]:
    mort = subprocess.run(
        [sys.executable, "-c", _MEURT.format(avant=avant)],
        cwd=ou,
        env={**os.environ, "PYTHONPATH": str(RACINE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert mort.returncode == -signal.SIGABRT, mort.stderr
    return mort.stdout.strip(), [fichier.name for fichier in ou.iterdir()]


@pytest.mark.skipif(sys.platform != "linux", reason="prctl")
def test_une_mort_ne_laisse_pas_de_vidage(tmp_path: Path) -> None:
    """Ni limite, ni droit de vider ; le mutant, sans rien, garde les deux."""
    assert _mourir(tmp_path, _SANS) == ("0 0", [])
    (tmp_path / "mutant").mkdir()
    assert _mourir(tmp_path / "mutant", "import ctypes")[0] == "-1 1"


@pytest.mark.skipif(sys.platform != "linux", reason="prctl")
def test_dans_ce_processus(monkeypatch: pytest.MonkeyPatch) -> None:
    """La limite demandée est nulle, le droit de vider tombe ; celui-ci se rend à l'épreuve suivante."""
    import ctypes
    import resource

    demandees: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda quoi, combien: demandees.append((quoi, combien)))
    memoire.sans_vidage()
    systeme = ctypes.CDLL(None)
    assert (demandees, systeme.prctl(3, 0, 0, 0, 0)) == ([(resource.RLIMIT_CORE, (0, 0))], 0)
    systeme.prctl(4, 1, 0, 0, 0)


@pytest.mark.parametrize("systeme", ["win32", "darwin"])
def test_ailleurs_que_sous_linux(monkeypatch: pytest.MonkeyPatch, systeme: str) -> None:
    """Sans prctl ni limites, rien ne casse."""
    monkeypatch.setattr(memoire.sys, "platform", systeme)
    monkeypatch.setitem(sys.modules, "resource", None)
    monkeypatch.setitem(sys.modules, "ctypes", None)
    memoire.sans_vidage()


@pytest.mark.skipif(sys.platform != "linux", reason="prctl")
@pytest.mark.parametrize("entree", ["main.py coter", "-m registre --aide"])
def test_le_poste_et_le_registre_le_demandent(entree: str) -> None:
    """Chaque porte : une commande du poste, le registre. La fenêtre : ``ui/lancement.py``, vue par son essai."""
    vu = subprocess.run(
        [sys.executable, "-c", _ESPION, *entree.split()], cwd=RACINE, capture_output=True, text=True, check=False
    )
    assert vu.stdout.splitlines()[-1] == "0", vu.stderr


_ESPION = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
mots = sys.argv[1:]
try:
    if mots[0] == "-m":
        sys.argv = mots[1:]
        runpy.run_module(mots[1], run_name="__main__")
    else:
        sys.argv = mots
        runpy.run_path(mots[0], run_name="__main__")
except SystemExit:
    pass
print(resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


def test_sous_windows_rien_ne_se_demande(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ni ``resource`` ni ``prctl`` n'y existent."""
    monkeypatch.setitem(sys.modules, "resource", None)
    monkeypatch.setattr(sys, "platform", "win32")
    memoire.sans_vidage()
