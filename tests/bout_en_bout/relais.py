"""Un relais entre le poste et le registre, qui coupe, retarde, double et tronque à l'octet voulu.

Il parle HTTP/1.1 juste assez pour savoir où finit une requête et où finit une réponse : c'est entre les deux que se
perdent les reçus. Une panne est tirée par connexion ; sans panne, il ne change rien.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

_TAMPON = 65536


class Quoi(StrEnum):
    """Ce qui arrive à un échange."""

    RIEN = "rien"
    COUPER_LA_REQUETE = "couper la requête"
    COUPER_LA_REPONSE = "couper la réponse"
    PERDRE_LA_REPONSE = "perdre la réponse"
    DOUBLER_LA_REQUETE = "doubler la requête"
    RETARDER = "retarder"
    REFUSER = "refuser la connexion"
    TRONQUER_LE_CORPS = "tronquer le corps de la réponse"


@dataclass(frozen=True, slots=True)
class Panne:
    """Une panne, et la part de l'échange (0 à 1) après laquelle elle arrive."""

    quoi: Quoi = Quoi.RIEN
    part: float = 0.5


@dataclass(frozen=True, slots=True)
class _Message:
    """Une requête ou une réponse entière : l'en-tête, puis le corps."""

    entete: bytes
    corps: bytes

    @property
    def octets(self) -> bytes:
        return self.entete + self.corps


class Relais:
    """Écoute sur la boucle locale et relaie vers ``(hote, port)``. ``tirer`` donne la panne de chaque échange."""

    def __init__(self, hote: str, port: int, tirer: Callable[[], Panne] = Panne) -> None:
        self.cible = (hote, port)
        self.tirer = tirer
        self.echanges = 0
        self._ecoute = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._ecoute.getsockname()[1]
        self._fil = threading.Thread(target=self._accepter, name="relais", daemon=True)
        self._fil.start()

    @property
    def adresse(self) -> str:
        """L'adresse à donner au poste."""
        return f"http://127.0.0.1:{self.port}"

    def fermer(self) -> None:
        """N'accepte plus personne."""
        with suppress(OSError):
            self._ecoute.shutdown(socket.SHUT_RDWR)
        self._ecoute.close()
        self._fil.join(5)

    def _accepter(self) -> None:
        while True:
            try:
                client, _ = self._ecoute.accept()
            except OSError:
                return
            threading.Thread(target=self._servir, args=(client,), name="relais-client", daemon=True).start()

    def _servir(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            client.settimeout(30)
            while (requete := _lire_message(client)) is not None:
                self.echanges += 1
                if not self._echanger(client, requete, self.tirer()):
                    return

    def _echanger(self, client: socket.socket, requete: _Message, panne: Panne) -> bool:
        """Un échange ; faux si la connexion est finie."""
        if panne.quoi is Quoi.REFUSER:
            return False
        if panne.quoi is Quoi.COUPER_LA_REQUETE:
            self._envoyer_un_bout(requete, panne.part)
            return False
        if panne.quoi is Quoi.DOUBLER_LA_REQUETE:
            self._demander(requete)
        if panne.quoi is Quoi.RETARDER:
            time.sleep(panne.part * 0.05)
        reponse = self._demander(requete)
        if reponse is None or panne.quoi is Quoi.PERDRE_LA_REPONSE:
            return False
        return _repondre(client, reponse, panne)

    def _demander(self, requete: _Message) -> _Message | None:
        with socket.create_connection(self.cible, timeout=30) as serveur:
            serveur.sendall(requete.octets)
            return _lire_message(serveur)

    def _envoyer_un_bout(self, requete: _Message, part: float) -> None:
        with socket.create_connection(self.cible, timeout=30) as serveur:
            serveur.sendall(requete.octets[: int(len(requete.octets) * part)])


def _repondre(client: socket.socket, reponse: _Message, panne: Panne) -> bool:
    if panne.quoi is Quoi.COUPER_LA_REPONSE:
        client.sendall(reponse.octets[: int(len(reponse.octets) * panne.part)])
        return False
    if panne.quoi is Quoi.TRONQUER_LE_CORPS:
        # La longueur annoncée est celle du corps tronqué : seul son contenu dit qu'il manque quelque chose.
        corps = reponse.corps[: int(len(reponse.corps) * panne.part)]
        client.sendall(_avec_longueur(reponse.entete, len(corps)) + corps)
        return False
    client.sendall(reponse.octets)
    return True


def _lire_message(source: socket.socket) -> _Message | None:
    tampon = b""
    while b"\r\n\r\n" not in tampon:
        if not (lu := source.recv(_TAMPON)):
            return None
        tampon += lu
    entete, _, corps = tampon.partition(b"\r\n\r\n")
    longueur = _longueur(entete)
    while len(corps) < longueur:
        if not (lu := source.recv(_TAMPON)):
            return None
        corps += lu
    return _Message(entete + b"\r\n\r\n", corps)


def _longueur(entete: bytes) -> int:
    for ligne in entete.lower().split(b"\r\n"):
        if ligne.startswith(b"content-length:"):
            return int(ligne.partition(b":")[2])
    return 0


def _avec_longueur(entete: bytes, longueur: int) -> bytes:
    lignes = [
        b"content-length: %d" % longueur if ligne.lower().startswith(b"content-length:") else ligne
        for ligne in entete.split(b"\r\n")
    ]
    return b"\r\n".join(lignes)
