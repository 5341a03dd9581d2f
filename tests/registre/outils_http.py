"""Un vrai serveur HTTP sur la boucle locale, et un client qui parle comme un poste."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from modele.protocole.messages import ENTETE_SCHEMA, SCHEMA_COURANT
from registre.serveur import Certificat, Serveur, creer_serveur, ouvrir_prise

PAROLE = {ENTETE_SCHEMA: str(SCHEMA_COURANT)}


@dataclass
class Servi:
    """Une application servie à ``adresse``."""

    adresse: str
    application: FastAPI
    serveur: Serveur

    def client(self, jeton: str | None = None, **options: Any) -> httpx.Client:
        """Un client qui dit son schéma, et son jeton s'il en a un."""
        entetes = PAROLE | ({"Authorization": f"Bearer {jeton}"} if jeton else {})
        if self.adresse.startswith("http:"):
            # Lire les certificats publics fait presque tout le prix d'un client, et rien n'est chiffré ici.
            options.setdefault("verify", ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        return httpx.Client(base_url=self.adresse, headers=entetes, trust_env=False, timeout=30, **options)


@contextmanager
def servie(application: FastAPI, certificat: Certificat | None = None) -> Iterator[Servi]:
    """Sert dans un fil, arrêté à la sortie."""
    prise = ouvrir_prise("127.0.0.1", 0)
    serveur = creer_serveur(application, certificat)
    fil = threading.Thread(target=serveur.run, kwargs={"sockets": [prise]})
    fil.start()
    try:
        while not serveur.started and fil.is_alive():
            time.sleep(0.005)
        port = prise.getsockname()[1]
        yield Servi(f"{'https' if certificat else 'http'}://127.0.0.1:{port}", application, serveur)
    finally:
        serveur.should_exit = True
        fil.join(30)
        prise.close()
        assert not fil.is_alive()
