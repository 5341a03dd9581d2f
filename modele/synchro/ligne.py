"""La ligne avec le registre : httpx, le seul certificat attendu, et toute panne dite en français.

Ne s'importe qu'au premier échange.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx
import msgspec

from modele.protocole.messages import ENTETE_SCHEMA, SCHEMA_COURANT, Refus, lire
from modele.synchro.empechements import Classe, Empechement, du_refus

_ENTETES: Final = {ENTETE_SCHEMA: str(SCHEMA_COURANT), "User-Agent": "Perron"}
_DELAIS: Final = httpx.Timeout(60, connect=10)
LOCALES: Final = ("127.0.0.1", "localhost", "::1")
_ATTENTE_AU_PLUS_S: Final = 24 * 3600
_INJOIGNABLE: Final = (
    "Le registre ne répond pas à {}. Rien n'est perdu : Perron réessaie. Si cela dure, vérifiez le réseau de ce poste."
)
_LENT: Final = "Le registre met trop de temps à répondre. Rien n'est perdu : Perron réessaie."
_COUPE: Final = "La connexion au registre s'est coupée en route. Rien n'est perdu : Perron réessaie."
_TLS: Final = (
    "Le registre qui répond à {} n'est pas celui qui connaît ce poste, ou la date de ce poste est fausse : rien ne lui "
    "a été dit. Vérifiez la date, puis prévenez l'administrateur du registre."
)


class Ligne:
    """Une connexion gardée vers une adresse. Chaque demande rend le corps de la réponse ou lève ``Empechement``."""

    def __init__(self, adresse: str, tls: ssl.SSLContext | None = None) -> None:
        url = httpx.URL(adresse)
        self._hote = url.host
        # Le mandataire du réseau n'a rien à faire entre ce poste et lui-même.
        mandataire = self._hote not in LOCALES
        if tls is None and not mandataire and url.scheme == "http":
            # Rien à chiffrer : lire les certificats publics ferait presque tout le prix de la ligne. Celui-ci n'en
            # croit aucun.
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        options: dict[str, Any] = {"verify": tls} if tls else {}
        self._client = httpx.Client(
            base_url=adresse, headers=_ENTETES, timeout=_DELAIS, trust_env=mandataire, **options
        )

    def fermer(self) -> None:
        """Rend la connexion."""
        self._client.close()

    def prendre(self, chemin: str, parametres: Mapping[str, Any], entetes: Mapping[str, str]) -> bytes:
        """GET."""
        return self._mener(lambda: self._client.get(chemin, params=dict(parametres), headers=dict(entetes)))

    def poster(self, chemin: str, corps: bytes, entetes: Mapping[str, str]) -> bytes:
        """POST."""
        return self._mener(lambda: self._client.post(chemin, content=corps, headers=dict(entetes)))

    def _mener(self, requete: Callable[[], httpx.Response]) -> bytes:
        reponse = self._demander(requete)
        if reponse.status_code == httpx.codes.OK:
            return reponse.content
        refus: Refus | None = None
        with suppress(msgspec.DecodeError):
            refus = lire(reponse.content, Refus)
        raise du_refus(reponse.status_code, refus, _reprendre_dans(reponse.headers.get("Retry-After", "")))

    def _demander(self, requete: Callable[[], httpx.Response]) -> httpx.Response:
        try:
            return requete()
        except httpx.ConnectTimeout as panne:
            raise Empechement(Classe.RESEAU, _INJOIGNABLE.format(self._hote)) from panne
        except httpx.TimeoutException as panne:
            raise Empechement(Classe.RESEAU, _LENT) from panne
        except httpx.ConnectError as panne:
            phrase = _TLS if _refus_de_certificat(panne) else _INJOIGNABLE
            raise Empechement(Classe.RESEAU, phrase.format(self._hote)) from panne
        except httpx.HTTPError as panne:
            raise Empechement(Classe.RESEAU, _COUPE) from panne


def ligne_sure(adresse: str, autorite: str) -> Ligne:
    """La ligne qui n'accepte que l'autorité donnée (PEM) ; vide, un certificat public."""
    return Ligne(adresse, ssl.create_default_context(cadata=autorite) if autorite else None)


def prendre_l_autorite(adresse: str) -> str:
    """Le certificat (PEM) que ce registre dit être celui de son autorité : à ne croire que par son empreinte.

    Rien n'est dit au registre d'ici là. Lève ``Empechement``.
    """
    sans_verifier = ssl.create_default_context()
    sans_verifier.check_hostname, sans_verifier.verify_mode = False, ssl.CERT_NONE
    ligne = Ligne(adresse, sans_verifier)
    try:
        return ligne.prendre("/v1/autorite", {}, {}).decode("ascii", "replace")
    finally:
        ligne.fermer()


def _refus_de_certificat(panne: BaseException | None) -> bool:
    while panne is not None:
        if isinstance(panne, ssl.SSLCertVerificationError):
            return True
        panne = panne.__cause__ or panne.__context__
    return False


def _reprendre_dans(dit: str) -> int:
    """Les secondes que demande ``Retry-After`` (un nombre, ou une date) ; 0 s'il ne dit rien."""
    try:
        attente = int(dit) if dit.isdecimal() else (parsedate_to_datetime(dit) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return 0
    return max(0, min(int(attente), _ATTENTE_AU_PLUS_S))
