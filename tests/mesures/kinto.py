"""Kinto, la référence de la synchronisation : le servir, y monter des dossiers, les descendre, les retoucher.

``.ci/preparer-kinto`` l'installe dans ``.venv-kinto``. Les réglages par défaut sont les meilleurs trouvés par
``python tests/mesures/kinto_reglages.py``.
"""

from __future__ import annotations

import base64
import http.client
import itertools
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from debits import RETOUCHES, UNE_A_UNE, Debits

Document = dict[str, Any]
T = TypeVar("T")
# La méthode, le chemin, le corps et les en-têtes d'une modification.
Change = tuple[str, str, Any, dict[str, str]]

_ECHAUFFEMENT = 200
_PATIENCE_S = 60
_ESSAIS = 20
_RECOMMENCER = frozenset((409, 503))
_BIN = Path(__file__).parents[2] / ".venv-kinto" / "bin"
_SEAU = "/v1/buckets/perron"
_ENTETES = {
    "Authorization": "Basic " + base64.b64encode(b"poste:mesure").decode(),
    "Content-Type": "application/json",
}
_PROGRAMME = """
from pyramid.paster import get_app
application = get_app("kinto.ini")
"""
# L'authentification la moins chère de Kinto, et des permissions écrites une fois, au seau : c'est à son avantage.
_REGLAGES = """
[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.postgresql
kinto.storage_url = {url}
kinto.permission_backend = kinto.core.permission.postgresql
kinto.permission_url = {url}
kinto.explicit_permissions = {permissions}
kinto.batch_max_requests = 10000
kinto.userid_hmac_secret = mesure
multiauth.policies = basicauth
"""


@dataclass(frozen=True, slots=True)
class Reglages:
    """Ce qui se règle, au serveur puis au client.

    ``processus`` : serveurs, chacun son port. ``fils`` : fils d'exécution par serveur. ``permissions`` : Kinto écrit
    aussi une permission par dossier. ``collections`` : entre combien de collections les dossiers se partagent.
    ``connexions`` : connexions simultanées de la montée. ``lot`` : dossiers par requête. ``creer`` : PUT ou POST.
    ``page`` : dossiers par page descendue. ``retoucher`` : PATCH (fusion), JSON-PATCH ou PUT (document entier).
    ``reponse`` : ce que Kinto renvoie d'un PATCH, ``full`` ou ``light``. ``retoucheurs`` : connexions des retouches
    une à une ; par lots, elles suivent ``connexions`` et ``lot``.
    """

    processus: int = 2
    fils: int = 1
    permissions: bool = False
    collections: int = 2
    connexions: int = 2
    lot: int = 100
    creer: str = "PUT"
    page: int = 1000
    retoucher: str = "PATCH"
    reponse: str = "light"
    retoucheurs: int = 1


class _Reponse(msgspec.Struct):
    status: int


class _Lot(msgspec.Struct):
    responses: list[_Reponse]


class _Page(msgspec.Struct):
    data: list[Document]


class Client:
    """Une connexion gardée ouverte ; compte ce que Kinto a fait recommencer."""

    def __init__(self, port: int) -> None:
        self._connexion = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
        self.reprises = 0

    def demander(
        self, methode: str, chemin: str, corps: Any = None, entetes: Mapping[str, str] | None = None
    ) -> tuple[bytes, str | None]:
        """Le corps de la réponse et l'adresse de la page suivante ; lève ``RuntimeError`` si Kinto refuse."""
        octets = None if corps is None else msgspec.json.encode(corps)
        for _ in range(_ESSAIS):
            self._connexion.request(methode, chemin, octets, {**_ENTETES, **(entetes or {})})
            reponse = self._connexion.getresponse()
            lu = reponse.read()
            # Deux écritures dans la même milliseconde d'une même collection : Kinto demande de recommencer.
            if reponse.status not in _RECOMMENCER:
                break
            self.reprises += 1
        if reponse.status >= 400:
            raise RuntimeError(f"Kinto refuse {methode} {chemin} : {reponse.status} {lu[:300]!r}")
        return lu, reponse.headers.get("Next-Page")

    def fermer(self) -> None:
        """Rend la connexion."""
        self._connexion.close()


@contextmanager
def relie(port: int) -> Iterator[Client]:
    """Un client, le temps du bloc."""
    client = Client(port)
    try:
        yield client
    finally:
        client.fermer()


@dataclass(frozen=True, slots=True)
class Kinto:
    """Un Kinto en marche, et ses réglages.

    Chaque processus a son port et les connexions se partagent à parts égales : derrière un seul port, le hasard
    les mettrait souvent toutes au même processus.
    """

    ports: tuple[int, ...]
    reglages: Reglages

    def ouvrir(self, nom: str) -> None:
        """Crée le seau s'il manque, et les collections vides."""
        with relie(self.ports[0]) as client:
            client.demander("PUT", _SEAU, {"permissions": {"write": ["system.Authenticated"]}})
            for collection in self._collections(nom):
                client.demander("PUT", collection, {})

    def monter(self, nom: str, documents: Sequence[Document]) -> float:
        """Monte les documents par lots ; rend les secondes."""
        lot = self.reglages.lot
        taches = [
            [(f"{collection}/records", part[debut : debut + lot]) for debut in range(0, len(part), lot)]
            for collection, part in zip(self._collections(nom), self._parts(documents), strict=True)
        ]
        return self._ensemble(self.reglages.connexions, taches, self._envoyer)

    def descendre(self, nom: str, documents: Sequence[Document]) -> float:
        """Descend tout, page à page, dans l'ordre des écritures ; rend les secondes."""
        recus: set[str] = set()

        def suivre(client: Client, suite: str | None) -> None:
            while suite:
                lu, suite = client.demander("GET", suite)
                recus.update(document["id"] for document in msgspec.json.decode(lu, type=_Page).data)

        question = f"records?_sort=last_modified&_limit={self.reglages.page}"
        taches = [[f"{collection}/{question}"] for collection in self._collections(nom)]
        duree = self._ensemble(self.reglages.collections, taches, suivre)
        if recus != {document["id"] for document in documents}:
            raise RuntimeError(f"Kinto rend {len(recus)} dossiers sur {len(documents)}.")
        return duree

    def retoucher(self, nom: str, documents: Sequence[Document], nombre: int) -> float:
        """Change le téléphone des ``nombre`` premiers dossiers, par lots ; rend les secondes."""
        changes = self._changes(nom, documents, nombre, "97")
        # Une file par collection : deux écritures d'une même collection ne se gênent pas.
        parts = [changes[rang :: self.reglages.collections] for rang in range(self.reglages.collections)]
        lot = self.reglages.lot
        taches = [[part[debut : debut + lot] for debut in range(0, len(part), lot)] for part in parts]
        return self._ensemble(self.reglages.connexions, taches, self._changer_ensemble)

    def retoucher_un_a_un(self, nom: str, documents: Sequence[Document], nombre: int) -> float:
        """Change le téléphone des ``nombre`` premiers dossiers, une requête par dossier ; rend les secondes."""
        changes = self._changes(nom, documents, nombre, "98")
        return self._ensemble(self.reglages.retoucheurs, [changes], lambda client, un: client.demander(*un))

    def _envoyer(self, client: Client, tache: tuple[str, Sequence[Document]]) -> None:
        (chemin, lot), methode = tache, self.reglages.creer
        requetes = [
            {"path": f"{chemin}/{document['id']}" if methode == "PUT" else chemin, "body": {"data": document}}
            for document in lot
        ]
        self._par_lot(client, {"defaults": {"method": methode}, "requests": requetes})

    def _changer_ensemble(self, client: Client, lot: Sequence[Change]) -> None:
        requetes = [
            {"method": methode, "path": chemin, "body": corps, "headers": entetes}
            for methode, chemin, corps, entetes in lot
        ]
        self._par_lot(client, {"requests": requetes})

    def _par_lot(self, client: Client, corps: Any) -> None:
        for _ in range(_ESSAIS):
            lu, _ = client.demander("POST", "/v1/batch", corps)
            etats = {reponse.status for reponse in msgspec.json.decode(lu, type=_Lot).responses}
            if not etats & _RECOMMENCER:
                break
            client.reprises += 1
        # 200 : posé par l'essai d'avant, avant le conflit.
        if not etats <= {200, 201}:
            raise RuntimeError(f"Kinto refuse un lot : {sorted(etats)}")

    def _changes(self, nom: str, documents: Sequence[Document], nombre: int, serie: str) -> list[Change]:
        collections = self._collections(nom)
        return [
            self._change(
                f"{collections[rang % len(collections)]}/records/{document['id']}",
                document,
                f"+33639{serie}{9999 - rang:04d}",
            )
            for rang, document in enumerate(documents[:nombre])
        ]

    def _change(self, chemin: str, document: Document, telephone: str) -> Change:
        match self.reglages.retoucher:
            case "PUT":
                contact = {**document["contact"], "telephone": telephone}
                return "PUT", chemin, {"data": {**document, "contact": contact}}, {}
            case "JSON-PATCH":
                corps = [{"op": "replace", "path": "/data/contact/telephone", "value": telephone}]
                return "PATCH", chemin, corps, {"Content-Type": "application/json-patch+json"}
            case _:
                entetes = {
                    "Content-Type": "application/merge-patch+json",
                    "Response-Behavior": self.reglages.reponse,
                }
                return "PATCH", chemin, {"data": {"contact": {"telephone": telephone}}}, entetes

    def _collections(self, nom: str) -> list[str]:
        return [f"{_SEAU}/collections/{nom}-{rang}" for rang in range(self.reglages.collections)]

    def _parts(self, documents: Sequence[Document]) -> list[Sequence[Document]]:
        return [documents[rang :: self.reglages.collections] for rang in range(self.reglages.collections)]

    def _ensemble(self, connexions: int, files: Sequence[Sequence[T]], faire: Callable[[Client, T], None]) -> float:
        """Vide les files de tâches, une connexion et un fil par part ; rend les secondes."""
        restes, verrou = [iter(file) for file in files], threading.Lock()

        def vider(rang: int, client: Client) -> None:
            while True:
                with verrou:
                    tache = next(restes[rang % len(restes)], None)
                if tache is None:
                    return
                faire(client, tache)

        with ExitStack() as pile:
            clients = [pile.enter_context(relie(self.ports[rang % len(self.ports)])) for rang in range(connexions)]
            fils = pile.enter_context(ThreadPoolExecutor(connexions))
            debut = time.perf_counter()
            for _ in fils.map(vider, range(connexions), clients):
                pass
            duree = time.perf_counter() - debut
        if reprises := sum(client.reprises for client in clients):
            print(f"Kinto a fait recommencer {reprises} requêtes : écritures simultanées dans une même collection.")
        return duree


@contextmanager
def servir(url: str, reglages: Reglages) -> Iterator[Kinto]:
    """Kinto servi par granian sur la base ``url`` (vide, en UTF-8), le temps du bloc."""
    with tempfile.TemporaryDirectory() as dossier, ExitStack() as pile:
        ici = Path(dossier)
        texte = _REGLAGES.format(url=url.replace("%", "%%"), permissions=str(reglages.permissions).lower())
        (ici / "kinto.ini").write_text(texte, encoding="utf-8")
        (ici / "service.py").write_text(_PROGRAMME, encoding="utf-8")
        journal = pile.enter_context((ici / "journal").open("wb"))
        commande = [str(_BIN / "kinto"), "migrate", "--ini", "kinto.ini"]
        subprocess.run(commande, cwd=ici, check=True, stdout=journal, stderr=journal)
        ports = tuple(_port_libre() for _ in range(reglages.processus))
        serveurs = [
            subprocess.Popen(_granian(port, reglages), cwd=ici, stdout=journal, stderr=journal, start_new_session=True)
            for port in ports
        ]
        try:
            for port, serveur in zip(ports, serveurs, strict=True):
                _attendre(port, serveur, ici / "journal")
            yield Kinto(ports, reglages)
        finally:
            _arreter(serveurs)


def debits(url: str, documents: Sequence[Document], reglages: Reglages | None = None) -> Debits:
    """Les débits de Kinto sur une base vide, après un échauffement."""
    with servir(url, reglages or Reglages()) as kinto:
        kinto.ouvrir("echauffement")
        kinto.monter("echauffement", documents[:_ECHAUFFEMENT])
        kinto.descendre("echauffement", documents[:_ECHAUFFEMENT])
        kinto.retoucher("echauffement", documents, _ECHAUFFEMENT)
        kinto.retoucher_un_a_un("echauffement", documents, _ECHAUFFEMENT)
        kinto.ouvrir("dossiers")
        retouches, seules = min(RETOUCHES, len(documents)), min(UNE_A_UNE, len(documents))
        return Debits(
            montee=len(documents) / kinto.monter("dossiers", documents),
            descente=len(documents) / kinto.descendre("dossiers", documents),
            retouches=retouches / kinto.retoucher("dossiers", documents, retouches),
            une_a_une=seules / kinto.retoucher_un_a_un("dossiers", documents, seules),
        )


def _granian(port: int, reglages: Reglages) -> list[str]:
    options = {"interface": "wsgi", "http": "1", "port": port, "log-level": "warning"}
    options |= {"workers": 1, "blocking-threads": reglages.fils}
    suite = itertools.chain.from_iterable((f"--{nom}", str(valeur)) for nom, valeur in options.items())
    return [str(_BIN / "granian"), *suite, "--no-ws", "service:application"]


def _arreter(serveurs: Sequence[subprocess.Popen[bytes]]) -> None:
    for serveur in serveurs:
        serveur.terminate()
    for serveur in serveurs:
        try:
            serveur.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            # Avec son processus fils, que granian ne peut plus arrêter lui-même.
            os.killpg(serveur.pid, signal.SIGKILL)
            serveur.wait()


def _port_libre() -> int:
    with socket.create_server(("127.0.0.1", 0)) as ecoute:
        return int(ecoute.getsockname()[1])


def _attendre(port: int, serveur: subprocess.Popen[bytes], journal: Path) -> None:
    fin = time.monotonic() + _PATIENCE_S
    while time.monotonic() < fin and serveur.poll() is None:
        try:
            with relie(port) as client:
                client.demander("GET", "/v1/__heartbeat__")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"Kinto ne répond pas : {journal.read_text(errors='replace')[-2000:]}")
