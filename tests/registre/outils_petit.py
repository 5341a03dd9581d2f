"""Le petit service, lancé pour de vrai dans un autre processus, et de quoi l'assaillir."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

RACINE = Path(__file__).parents[2]
MEFIANT = ssl._create_unverified_context()


class Petit:
    """Un registre en TLS sur la boucle locale, ses traces dans un fichier ; ``descripteurs`` : souples, durs."""

    def __init__(self, donnees: Path, *options: str, descripteurs: tuple[int, int] | None = None) -> None:
        self.donnees = donnees
        self.traces = donnees / "traces"
        with self.traces.open("wb") as sortie:
            self.processus = subprocess.Popen(
                [sys.executable, "-W", "error", "-m", "registre", "--donnees", str(donnees), "--port", "0",
                 "--hote", "127.0.0.1", "--adresse", "127.0.0.1", "--territoire", "t", *options],
                cwd=RACINE, stdout=subprocess.PIPE, stderr=sortie, text=True, preexec_fn=_limiter(descripteurs),
            )  # fmt: skip
        assert self.processus.stdout is not None
        ouvert = self.processus.stdout.readline()
        self.port = int(re.findall(r"127\.0\.0\.1:(\d+)", ouvert)[0])
        while self._sans_reponse():
            time.sleep(0.05)

    def connecter(self) -> ssl.SSLSocket:
        """Une connexion dont le TLS est établi, et qui ne dit rien."""
        return MEFIANT.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=10))

    def demander(self, chemin: str) -> tuple[int, Any]:
        """Le statut et le corps d'une demande."""
        client = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=MEFIANT)
        try:
            client.request("GET", chemin)
            reponse = client.getresponse()
            lu = reponse.read().decode()
            return reponse.status, json.loads(lu) if lu.startswith("{") else lu
        finally:
            client.close()

    def arreter(self, signal_: int = signal.SIGTERM) -> tuple[int, float]:
        """Son code, et les secondes qu'il a mises."""
        debut = time.monotonic()
        self.processus.send_signal(signal_)
        code = self.processus.wait(60)
        return code, time.monotonic() - debut

    def pid_de_postgresql(self) -> int:
        """Le processus qui mène la base."""
        return int((self.donnees / "postgresql" / "postmaster.pid").read_text().split()[0])

    def fermer(self) -> None:
        """S'il vit encore, l'arrête."""
        if self.processus.poll() is None:
            self.arreter()
        assert self.processus.stdout is not None
        self.processus.stdout.close()

    def _sans_reponse(self) -> bool:
        try:
            return self.demander("/sante")[0] != 200
        except OSError:
            assert self.processus.poll() is None
            return True


@contextmanager
def petit_service(*options: str, descripteurs: tuple[int, int] | None = None) -> Iterator[Petit]:
    """Un registre neuf, arrêté et effacé à la sortie."""
    # Pas le dossier de pytest : il est fermé au compte qui mène PostgreSQL sous root.
    donnees = Path(tempfile.mkdtemp(prefix="perron-essais-"))
    try:
        petit = Petit(donnees, *options, descripteurs=descripteurs)
        try:
            yield petit
        finally:
            petit.fermer()
    finally:
        shutil.rmtree(donnees)


def attendre(condition: Callable[[], bool], secondes: float = 30.0) -> float:
    """Attend que ``condition`` tienne ; les secondes que cela a pris."""
    debut = time.monotonic()
    while not condition():
        assert time.monotonic() - debut < secondes
        time.sleep(0.05)
    return time.monotonic() - debut


def raccroche(prise: socket.socket, secondes: float = 10.0) -> bool:
    """Le registre ferme-t-il cette connexion ? Ce qu'il dit avant est lu."""
    prise.settimeout(secondes)
    try:
        while prise.recv(65536):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def _limiter(descripteurs: tuple[int, int] | None) -> Callable[[], None] | None:
    if descripteurs is None:
        return None
    import resource

    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, descripteurs)


def tuer(pid: int) -> None:
    """Kill -9."""
    os.kill(pid, signal.SIGKILL)
