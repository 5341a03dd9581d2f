"""Le relais fait bien les pannes qu'il annonce : sans cela, les épreuves qui s'en servent ne prouveraient rien."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from relais import Panne, Quoi, Relais


class _Echo(BaseHTTPRequestHandler):
    """Compte les requêtes entières reçues et rend leur corps."""

    recues: list[bytes] = []
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        corps = self.rfile.read(int(self.headers["content-length"]))
        if len(corps) < int(self.headers["content-length"]):
            return
        self.recues.append(corps)
        self.send_response(200)
        self.send_header("content-length", str(len(corps)))
        self.end_headers()
        self.wfile.write(corps)

    def log_message(self, *_: object) -> None:
        """Rien sur la sortie d'erreur."""


@contextmanager
def _relaye(panne: Panne) -> Iterator[tuple[Relais, list[bytes]]]:
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    _Echo.recues = recues = []
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    relais = Relais("127.0.0.1", serveur.server_address[1], lambda: panne)
    try:
        yield relais, recues
    finally:
        relais.fermer()
        serveur.shutdown()
        serveur.server_close()
        fil.join(5)


@pytest.mark.parametrize("quoi", [Quoi.RIEN, Quoi.RETARDER, Quoi.DOUBLER_LA_REQUETE])
def test_la_reponse_arrive_entiere(quoi: Quoi) -> None:
    """Sans coupure la réponse est celle du serveur ; doublée, la requête lui arrive deux fois."""
    with _relaye(Panne(quoi)) as (relais, recues):
        reponse = httpx.post(f"{relais.adresse}/", content=b"x" * 4000)
        assert reponse.content == b"x" * 4000
        assert len(recues) == (2 if quoi is Quoi.DOUBLER_LA_REQUETE else 1)


@pytest.mark.parametrize(
    ("quoi", "arrive"),
    [
        (Quoi.REFUSER, 0),
        (Quoi.COUPER_LA_REQUETE, 0),
        (Quoi.COUPER_LA_REPONSE, 1),
        (Quoi.PERDRE_LA_REPONSE, 1),
    ],
)
def test_la_connexion_casse_avant_ou_apres_le_serveur(quoi: Quoi, arrive: int) -> None:
    """Le client n'a pas de réponse, que le serveur ait fait ou non ce qu'il demandait."""
    with _relaye(Panne(quoi, 0.4)) as (relais, recues):
        with pytest.raises(httpx.TransportError):
            httpx.post(f"{relais.adresse}/", content=b"x" * 4000)
        assert len(recues) == arrive


def test_le_corps_tronque_parait_entier() -> None:
    """La longueur annoncée suit : seul ce qui est écrit dedans peut trahir la coupure."""
    with _relaye(Panne(Quoi.TRONQUER_LE_CORPS, 0.25)) as (relais, _):
        reponse = httpx.post(f"{relais.adresse}/", content=b"x" * 4000)
        assert reponse.content == b"x" * 1000
