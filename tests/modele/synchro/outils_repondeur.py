"""Un serveur HTTP qui répond ce qu'on lui a dit, ou se comporte mal."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reponse:
    """``statut``, corps, en-têtes ; ``annonce`` : la longueur dite, si elle ment ; ``muet`` : rien ne vient."""

    statut: int = 200
    corps: bytes = b"{}"
    entetes: dict[str, str] = field(default_factory=dict)
    annonce: int | None = None
    muet: bool = False


@dataclass
class Repondeur:
    """Les réponses à donner, par chemin, dans l'ordre ; la dernière se répète."""

    adresse: str
    reponses: dict[str, list[Reponse]] = field(default_factory=dict)
    vues: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    fini: threading.Event = field(default_factory=threading.Event)


@contextmanager
def repondeur() -> Iterator[Repondeur]:
    """Sert dans un fil."""

    class Gestion(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Rien."""

        def _repondre(self) -> None:
            chemin = self.path.partition("?")[0]
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            dit.vues.append((chemin, dict(self.headers)))
            suite = dit.reponses[chemin]
            reponse = suite.pop(0) if len(suite) > 1 else suite[0]
            if reponse.muet:
                dit.fini.wait(10)
                self.close_connection = True
                return
            self.send_response(reponse.statut)
            for nom, valeur in reponse.entetes.items():
                self.send_header(nom, valeur)
            longueur = len(reponse.corps) if reponse.annonce is None else reponse.annonce
            self.send_header("Content-Length", str(longueur))
            self.end_headers()
            self.wfile.write(reponse.corps)
            if reponse.annonce is not None:
                self.close_connection = True

        do_GET = do_POST = _repondre  # noqa: N815

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Gestion)
    serveur.daemon_threads = True
    dit = Repondeur(f"http://127.0.0.1:{serveur.server_address[1]}")
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.01})
    fil.start()
    try:
        yield dit
    finally:
        dit.fini.set()
        serveur.shutdown()
        serveur.server_close()
        fil.join(10)


def port_ferme() -> int:
    """Un port où personne n'écoute."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])
