"""Servir l'application sur une prise : TLS, arrêt propre au signal (les requêtes en cours finissent)."""

from __future__ import annotations

import gc
import os
import signal
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvicorn
from fastapi import FastAPI

from modele.regles.disque import raison
from modele.regles.fautes import ErreurUtilisateur

_ARRET_S: Final = 30
_RAMASSER: Final = (100_000, 20, 100)
"""Le rythme du ramasse-miettes. Un lot fait vivre des milliers d'objets d'un coup, sans boucle entre eux : à son rythme
ordinaire, le tiers du temps d'un lot passait à les relire."""


@dataclass(frozen=True, slots=True)
class Certificat:
    """Le certificat du serveur et sa clé, en PEM."""

    chaine: Path
    cle: Path


def ouvrir_prise(hote: str, port: int) -> socket.socket:
    """La prise où écouter ; ``port`` 0 : le système le choisit. Lève ``ErreurUtilisateur``."""
    try:
        return _ecouter(hote, port)
    except OSError as panne:
        raise ErreurUtilisateur(
            f"Le registre ne peut pas écouter sur {hote}, port {port} ({raison(panne)}). "
            "Un autre programme l'utilise peut-être : choisissez-en un autre avec --port."
        ) from panne


def _ecouter(hote: str, port: int) -> socket.socket:
    famille, _, _, _, adresse = socket.getaddrinfo(hote, port, type=socket.SOCK_STREAM)[0]
    # Le protocole se dit : sans lui, asyncio n'ôte pas le délai de Nagle, et chaque réponse attend 40 ms.
    prise = socket.socket(famille, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            # Un registre qui redémarre n'attend pas que le système oublie les connexions de l'ancien.
            prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        prise.bind(adresse)
        prise.listen(512)
    except BaseException:
        prise.close()
        raise
    return prise


def creer_serveur(application: FastAPI, certificat: Certificat | None = None) -> uvicorn.Server:
    """Le serveur HTTP, prêt à ``run(sockets=[prise])``."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            log_config=None,
            access_log=False,
            # Une adresse dite par la requête elle-même ne vaut rien.
            proxy_headers=False,
            server_header=False,
            http="httptools",
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=_ARRET_S,
            ssl_certfile=certificat.chaine if certificat else None,
            ssl_keyfile=certificat.cle if certificat else None,
        )
    )


def servir(application: FastAPI, prise: socket.socket, certificat: Certificat | None = None) -> None:
    """Sert jusqu'à SIGTERM ou SIGINT, puis laisse finir ce qui est en cours."""
    # uvicorn relance le signal reçu une fois arrêté ; le traitement par défaut nous tuerait avant d'arrêter la base.
    anciens = {un: signal.signal(un, lambda *_: None) for un in (signal.SIGINT, signal.SIGTERM)}
    # Ce qui est chargé servira jusqu'au bout : le ramasse-miettes ne le relit plus, un lot coûte un cinquième de moins.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_RAMASSER)
    try:
        creer_serveur(application, certificat).run(sockets=[prise])
    finally:
        for un, ancien in anciens.items():
            signal.signal(un, ancien)
