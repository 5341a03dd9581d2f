"""Autour de chaque requête : le débit par adresse, la trace, les compteurs, et la panne qui devient un 500 propre."""

from __future__ import annotations

import secrets
import time
from typing import Final

from fastapi import Response
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from registre.http.contexte import Registre
from registre.http.erreurs import erreur_interne, trop_de_requetes
from registre.http.limites import cle_d_adresse
from registre.http.traces import JOURNAL

_ENTETES: Final = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
# Une méthode inventée n'ouvre pas un compteur de plus : il y en aurait autant que de mots.
_METHODES: Final = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"})
# Le poste est parti avant la réponse : rien à lui dire.
_PARTI: Final = 499
_MORCEAU: Final = 256 * 1024


class Enveloppe:
    """L'enveloppe ASGI, hors de FastAPI pour ne rien coûter."""

    def __init__(self, application: ASGIApp, registre: Registre) -> None:
        self._application = application
        self._registre = registre

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Mène une requête."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        requete = _Requete(scope, send)
        attente = self._registre.limites.adresse.prendre(requete.adresse)
        if attente:
            await trop_de_requetes(attente)(scope, receive, requete.envoyer)
        else:
            await self._mener(requete, receive)
        self._noter(requete)

    async def _mener(self, requete: _Requete, receive: Receive) -> None:
        try:
            await self._application(requete.scope, receive, requete.envoyer)
        except ClientDisconnect:
            requete.statut = _PARTI
        except Exception as panne:
            JOURNAL.error("panne", exc_info=panne, extra={"champs": {"requete": requete.id}})
            if requete.statut:
                raise
            reponse: Response = erreur_interne(requete.id)
            await reponse(requete.scope, receive, requete.envoyer)

    def _noter(self, requete: _Requete) -> None:
        duree = time.perf_counter() - requete.debut
        route, dite = requete.route, str(requete.scope["method"])
        methode = dite if dite in _METHODES else "autre"
        champs = {
            "requete": requete.id,
            "methode": methode,
            "route": route,
            "statut": requete.statut,
            "duree_ms": round(duree * 1000, 1),
        }
        porteur = requete.scope.get("state", {}).get("porteur")
        if porteur is not None:
            champs |= {"territoire": porteur.territoire, "poste": porteur.poste}
        JOURNAL.info("requête", extra={"champs": champs})
        metriques = self._registre.metriques
        metriques.compter("perron_requetes_total", methode=methode, route=route, statut=str(requete.statut))
        metriques.mesurer(route, duree)


class _Requete:
    """Une requête en cours, et le statut de sa réponse (0 : pas encore)."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope = scope
        self.statut = 0
        self.debut = time.perf_counter()
        self.id = secrets.token_hex(6)
        self._send = send

    @property
    def adresse(self) -> str:
        """D'où elle vient, telle qu'elle se compte."""
        client = self.scope.get("client")
        return cle_d_adresse(client[0]) if client else ""

    @property
    def route(self) -> str:
        """Le chemin déclaré, sans les identifiants qu'il porte."""
        return getattr(self.scope.get("route"), "path", "inconnue")

    async def envoyer(self, message: Message) -> None:
        """Envoie, et retient le statut."""
        if message["type"] == "http.response.start":
            self.statut = message["status"]
            message["headers"] = [*message.get("headers", []), *_ENTETES]
        corps = message.get("body", b"")
        # Par morceaux : d'un bloc, la réponse passerait pour partie, et serait coupée à qui la lit lentement.
        debut = 0
        while len(corps) - debut > _MORCEAU:
            morceau = corps[debut : debut + _MORCEAU]
            await self._send({"type": "http.response.body", "body": morceau, "more_body": True})
            debut += _MORCEAU
        if debut:
            message["body"] = corps[debut:]
        await self._send(message)
