"""Un bureau à part pour les lecteurs d'écran : son écran (Xvfb), son bus de session, et rien du poste qui l'essaie."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

PYTHON_DU_SYSTEME: Final = "/usr/bin/python3"
"""Celui qui a ``gi`` : AT-SPI se lit par les paquets de Debian, comme le font les vrais lecteurs."""
ATTENTE_S: Final = 600
_RACINE: Final = Path(__file__).parents[3]


def manque() -> str:
    """Ce qui manque pour lire par AT-SPI ; vide, tout est là."""
    absents = [nom for nom in ("Xvfb", "dbus-daemon") if shutil.which(nom) is None]
    lecture = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    if subprocess.run([PYTHON_DU_SYSTEME, "-c", lecture], capture_output=True, check=False).returncode:
        absents.append("gir1.2-atspi-2.0")
    return ", ".join(absents)


@dataclass(frozen=True)
class Bureau:
    """``environnement`` : celui que reçoit tout ce qui s'y lance."""

    environnement: dict[str, str]

    @contextmanager
    def lancer(self, commande: Sequence[str], **autres: str) -> Iterator[Conversation]:
        """Un programme à qui l'on parle ligne à ligne, fini quand on en sort."""
        env = self.environnement | autres
        with subprocess.Popen(
            commande, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, cwd=_RACINE, text=True
        ) as programme:
            try:
                yield Conversation(programme)
            finally:
                programme.terminate()
                try:
                    programme.wait(20)
                except subprocess.TimeoutExpired:
                    programme.kill()


class Conversation:
    """Une ligne dite, une ligne rendue."""

    def __init__(self, programme: subprocess.Popen[str]) -> None:
        self._programme = programme

    def ecouter(self) -> str:
        """La ligne suivante. Lève ``AssertionError`` si le programme se tait ou meurt."""
        sortie = cast("IO[str]", self._programme.stdout)
        prete, _, _ = select.select([sortie], [], [], ATTENTE_S)
        ligne = sortie.readline() if prete else ""
        assert ligne, f"{self._programme.args!r} s'est tu (code {self._programme.poll()})"
        return ligne.rstrip("\n")

    def demander(self, ligne: str) -> str:
        """Dit ``ligne``, rend la réponse."""
        self.dire(ligne)
        return self.ecouter()

    def finir(self) -> int:
        """Attend sa fin ; rend son code."""
        return self._programme.wait(ATTENTE_S)

    def dire(self, ligne: str) -> None:
        """Dit ``ligne``."""
        entree = cast("IO[str]", self._programme.stdin)
        entree.write(ligne + "\n")
        entree.flush()


@contextmanager
def bureau(dossier: Path) -> Iterator[Bureau]:
    """Un écran de 1366 par 768 et un bus, à soi ; les processus finissent avec lui."""
    with ExitStack() as pile:
        numero = pile.enter_context(_ecran())
        adresse = pile.enter_context(_bus())
        # Un chemin court : celui d'un essai passe la longueur d'une prise, et le synthétiseur d'Orca y ouvre la sienne.
        execution = pile.enter_context(tempfile.TemporaryDirectory(prefix="perron-"))
        yield Bureau(
            {
                **{nom: os.environ[nom] for nom in ("PATH", "PYTHONDONTWRITEBYTECODE") if nom in os.environ},
                "DISPLAY": f":{numero}",
                "DBUS_SESSION_BUS_ADDRESS": adresse,
                "HOME": str(dossier),
                "XDG_RUNTIME_DIR": execution,
                "LANG": "C.UTF-8",
                "QT_QPA_PLATFORM": "xcb",
                "QT_ACCESSIBILITY": "1",
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                "NO_AT_BRIDGE": "0",
                "PYTHONPATH": str(_RACINE),
            }
        )


@contextmanager
def _ecran() -> Iterator[str]:
    lire, ecrire = os.pipe()
    commande = ["Xvfb", "-displayfd", str(ecrire), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with _tenu(commande, (ecrire,)):
        os.close(ecrire)
        yield _premiere_ligne(lire)


@contextmanager
def _bus() -> Iterator[str]:
    lire, ecrire = os.pipe()
    with _tenu(["dbus-daemon", "--session", "--nofork", f"--print-address={ecrire}"], (ecrire,)):
        os.close(ecrire)
        yield _premiere_ligne(lire)


def _premiere_ligne(lire: int) -> str:
    with os.fdopen(lire) as tube:
        prete, _, _ = select.select([tube], [], [], ATTENTE_S)
        assert prete, "le bureau virtuel ne s'est pas ouvert"
        return tube.readline().strip()


@contextmanager
def _tenu(commande: Sequence[str], descripteurs: Sequence[int]) -> Iterator[None]:
    programme = subprocess.Popen(commande, pass_fds=descripteurs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        programme.terminate()
        programme.wait()


PERRON: Final = (sys.executable, str(Path(__file__).with_name("perron_lu.py")))
LECTEUR: Final = (PYTHON_DU_SYSTEME, str(Path(__file__).with_name("lire_atspi.py")))
