"""Un Perron chargé d'avance : chaque commande en est un processus neuf, sans relire les mêmes modules.

Charger le code faisait les trois quarts d'une commande, et les épreuves en jouent des centaines. Ici, un seul processus
charge, puis se dédouble à chaque demande ; le double reçoit ses arguments, son milieu, ses entrées et ses sorties, joue
``main``, et meurt comme meurt « python main.py ». Lancé comme programme, ce fichier est ce processus-là.
"""

from __future__ import annotations

import atexit
import gc
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

_RACINE = Path(__file__).resolve().parents[3]
_CHARGES = (
    "ui.console.programme",
    "modele.bilan",
    "modele.coffre.coffre",
    "modele.coffre.base",
    "modele.coffre.migration",
)


class Pepiniere:
    """Le processus chargé d'avance, et comment lui demander une commande."""

    def __init__(self, milieu: Mapping[str, str]) -> None:
        self._processus = subprocess.Popen(
            [sys.executable, str(Path(__file__)), str(_RACINE)],
            cwd=_RACINE,
            env=dict(milieu),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self.fermer)

    def jouer(self, arguments: list[str], entree: str, milieu: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Joue « main.py arguments » et attend sa fin."""
        assert self._processus.stdin is not None
        assert self._processus.stdout is not None
        with tempfile.TemporaryDirectory(prefix="perron-commande-") as dossier:
            lieux = [Path(dossier, nom) for nom in ("entree", "sortie", "erreurs")]
            lieux[0].write_text(entree, encoding="utf-8")
            demande = {"arguments": arguments, "milieu": dict(milieu), "lieux": [str(lieu) for lieu in lieux]}
            self._processus.stdin.write(json.dumps(demande) + "\n")
            self._processus.stdin.flush()
            code = int(self._processus.stdout.readline())
            sortie, erreurs = (io.TextIOWrapper(lieu.open("rb"), "utf-8") for lieu in lieux[1:])
            with sortie, erreurs:
                return subprocess.CompletedProcess(["main.py", *arguments], code, sortie.read(), erreurs.read())

    def fermer(self) -> None:
        """Arrête le processus."""
        self._processus.communicate()


@cache
def pepiniere() -> Pepiniere:
    """Celle de ce processus d'essai."""
    return Pepiniere({**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"})


def _servir() -> dict[str, object] | None:
    """Rend, dans un processus neuf, la commande à y jouer ; ``None`` quand il n'en viendra plus."""
    for ligne in sys.stdin:
        if (enfant := os.fork()) == 0:
            return dict(json.loads(ligne))
        _, etat = os.waitpid(enfant, 0)
        print(os.waitstatus_to_exitcode(etat), flush=True)
    return None


def _prendre(demande: dict[str, object]) -> None:
    """Met ce processus dans l'état où « python main.py » commence."""
    os.environ.clear()
    os.environ.update(demande["milieu"])  # type: ignore[call-overload]
    sys.argv = ["main.py", *demande["arguments"]]  # type: ignore[misc]
    for rang, (lieu, mode) in enumerate(zip(demande["lieux"], "rww", strict=True)):  # type: ignore[call-overload]
        droits = os.O_RDONLY if mode == "r" else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        neuf = os.open(lieu, droits)
        os.dup2(neuf, rang)
        os.close(neuf)
    # Ce que l'ancienne entrée avait déjà lu n'est pas à la commande.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115


if __name__ == "__main__":
    # Comme « python main.py » : le dossier du programme d'abord, et non celui-ci.
    sys.path[0] = sys.argv[1]
    import main

    for nom in _CHARGES:
        import_module(nom)
    gc.freeze()
    commande = _servir()
    if commande is not None:
        _prendre(commande)
        sys.exit(main.main())
