"""Servir l'application sur une prise : TLS, plafonds, arrêt propre au signal (les requêtes en cours finissent)."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, Final

import uvicorn
from fastapi import FastAPI

from modele.regles.disque import raison
from modele.regles.fautes import ErreurUtilisateur
from registre.connexion import Connexion
from registre.http.metriques import Metriques
from registre.http.traces import JOURNAL
from registre.prises import Place, Portier, Rang, relever_les_descripteurs

_POIGNEE_DE_MAIN_S: Final = 10.0
# Ce qui reste à lire part d'abord.
_ADIEU_S: Final = 30.0
_ENTRE_DEUX_DEMANDES_S: Final = 5
# À l'arrêt, en secondes : ce qui est en cours finit, puis s'interrompt, puis se coupe. Un gestionnaire de service
# attend moins de cinq secondes, PostgreSQL compris.
_FINIR_S: Final = 1.5
_INTERROMPRE_S: Final = 2.5
_ARRET_S: Final = 3
# Sans descripteur libre, le noyau redit aussitôt qu'une connexion attend.
_SOUFFLER_S: Final = 0.5
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


class Serveur(uvicorn.Server):
    """Le serveur d'uvicorn, qui accepte lui-même : lui ne compte les connexions qu'une fois le TLS établi."""

    def __init__(self, config: uvicorn.Config, portier: Portier, interrompre: Callable[[], None]) -> None:
        super().__init__(config)
        self._portier = portier
        self._interrompre = interrompre
        self._taches: set[asyncio.Task[None]] = set()
        self._boucle: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Commence d'accepter."""
        self._boucle = asyncio.get_running_loop()
        self._boucle.set_exception_handler(_noter)
        self.servers = []
        for prise in sockets or []:
            prise.setblocking(False)
            self._mener(self._accueillir(prise))
        self.started = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Laisse finir ce qui est en cours, trois secondes au plus."""
        for tache in self._taches:
            tache.cancel()
        boucle = asyncio.get_running_loop()
        # D'abord qui n'a rien demandé d'entier et les verrous attendus, puis tout.
        boucle.call_later(_FINIR_S, self._portier.couper, Rang.EN_ROUTE)
        boucle.call_later(_FINIR_S, Thread(target=self._interrompre, daemon=True).start)
        boucle.call_later(_INTERROMPRE_S, self._portier.couper, Rang.RECUE)
        await super().shutdown(sockets)

    def recharger(self, certificat: Certificat) -> None:
        """Sert désormais ce certificat aux connexions neuves ; celles qui sont ouvertes n'en savent rien.

        Lève ``ErreurUtilisateur`` s'il ne se charge pas : l'ancien reste.
        """
        try:
            # À part d'abord : une clé qui ne va pas avec son certificat laisserait le contexte sans rien à servir.
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificat.chaine, certificat.cle)
        except (OSError, ssl.SSLError) as panne:
            raise ErreurUtilisateur(
                f"{certificat.chaine} ne se charge pas : l'ancien certificat sert encore."
            ) from panne
        contexte = self.config.ssl if self._boucle else None
        if contexte is not None and self._boucle is not None:
            # Entre deux poignées de main, pas pendant.
            self._boucle.call_soon_threadsafe(contexte.load_cert_chain, certificat.chaine, certificat.cle)

    def arreter(self) -> None:
        """Demande l'arrêt, de n'importe quel fil."""
        self.should_exit = True

    async def _accueillir(self, prise: socket.socket) -> None:
        boucle = asyncio.get_running_loop()
        while True:
            try:
                connexion, adresse = await boucle.sock_accept(prise)
            except OSError as panne:
                self._portier.faire_de_la_place()
                JOURNAL.warning("connexion refusée", extra={"champs": {"cause": raison(panne), "code": panne.errno}})
                await asyncio.sleep(_SOUFFLER_S)
                continue
            place = self._portier.entrer(adresse[0], connexion.close)
            if place is None:
                connexion.close()
            else:
                place.couper = self._mener(self._recevoir(connexion, place)).cancel
            # Accepter ne rend pas toujours la main : une averse de connexions arrêterait tout le reste.
            await asyncio.sleep(0)

    async def _recevoir(self, connexion: socket.socket, place: Place) -> None:
        """Le TLS, avec son échéance ; la connexion vit ensuite d'elle-même."""
        options: dict[str, Any] = {}
        if self.config.ssl is not None:
            options = {
                "ssl": self.config.ssl,
                "ssl_handshake_timeout": _POIGNEE_DE_MAIN_S,
                "ssl_shutdown_timeout": _ADIEU_S,
            }
        protocole: Connexion | None = None

        def creer() -> Connexion:
            nonlocal protocole
            protocole = Connexion(
                place, self._portier.rendre, config=self.config, server_state=self.server_state, app_state={}
            )
            return protocole

        try:
            await asyncio.get_running_loop().connect_accepted_socket(creer, connexion, **options)
        except OSError:
            # Une poignée de main manquée : rien à dire à personne.
            connexion.close()
        finally:
            if protocole is None or protocole.transport is None:
                self._portier.rendre(place)

    def _mener(self, suite: Any) -> asyncio.Task[None]:
        tache: asyncio.Task[None] = asyncio.get_running_loop().create_task(suite)
        self._taches.add(tache)
        tache.add_done_callback(self._taches.discard)
        return tache


def creer_serveur(
    application: FastAPI,
    certificat: Certificat | None = None,
    portier: Portier | None = None,
    interrompre: Callable[[], None] = lambda: None,
) -> Serveur:
    """Le serveur HTTP, prêt à ``run(sockets=[prise])``. ``interrompre`` : annule ce que la base fait encore."""
    config = uvicorn.Config(
        application,
        # Celle qu'un paquet de plus choisirait n'a pas été éprouvée.
        loop="asyncio",
        log_config=None,
        access_log=False,
        # Une adresse dite par la requête elle-même ne vaut rien.
        proxy_headers=False,
        server_header=False,
        http="httptools",
        ws="none",
        lifespan="off",
        timeout_keep_alive=_ENTRE_DEUX_DEMANDES_S,
        timeout_graceful_shutdown=_ARRET_S,
        ssl_certfile=certificat.chaine if certificat else None,
        ssl_keyfile=certificat.cle if certificat else None,
    )
    return Serveur(config, portier or Portier(Metriques(), relever_les_descripteurs()), interrompre)


def servir(serveur: Serveur, prise: socket.socket, a_la_demande: Callable[[], None] | None = None) -> None:
    """Sert jusqu'à SIGTERM ou SIGINT, puis laisse finir ce qui est en cours ; ``a_la_demande`` : ce que fait SIGHUP."""
    # uvicorn relance le signal reçu une fois arrêté ; le traitement par défaut nous tuerait avant d'arrêter la base.
    poignees: dict[signal.Signals, Callable[..., None]] = {
        signal.SIGINT: lambda *_: None,
        signal.SIGTERM: lambda *_: None,
    }
    if hasattr(signal, "SIGHUP"):
        poignees[signal.SIGHUP] = lambda *_: a_la_demande() if a_la_demande else None
    anciens = {un: signal.signal(un, poignee) for un, poignee in poignees.items()}
    # Ce qui est chargé servira jusqu'au bout : le ramasse-miettes ne le relit plus, un lot coûte un cinquième de moins.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_RAMASSER)
    try:
        serveur.run(sockets=[prise])
    finally:
        for un, ancien in anciens.items():
            signal.signal(un, ancien)


def _noter(_: asyncio.AbstractEventLoop, contexte: dict[str, Any]) -> None:
    """Ce que la boucle n'a su rendre à personne, en une ligne : d'elle-même, elle écrirait une trace entière."""
    panne = contexte.get("exception")
    if isinstance(panne, (OSError, ssl.SSLError)):
        JOURNAL.warning("connexion rompue", extra={"champs": {"cause": type(panne).__name__}})
    else:
        JOURNAL.error("panne", exc_info=panne, extra={"champs": {"ou": "boucle"}})
