"""Toute erreur devient un ``Refus`` : un code stable, une phrase en français, jamais une trace ni une valeur reçue."""

from __future__ import annotations

import math
import re
from typing import Final

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, StatementError
from starlette.exceptions import HTTPException

from modele.protocole.messages import Refus, octets
from modele.regles.fautes import ErreurUtilisateur
from registre.base.moteur import BaseIndisponible
from registre.service.refus import Refuse

JSON: Final = "application/json"
_REESSAYER_S: Final = {"base_occupee": 2, "base_injoignable": 5, "base_pleine": 300, "base_en_lecture": 300}
_DU_PROTOCOLE: Final = {
    400: Refus("requete_illisible", "Cette requête ne se lit pas."),
    404: Refus("route_inconnue", "Cette adresse n'existe pas dans le registre."),
    405: Refus("methode_refusee", "Cette adresse ne se demande pas ainsi."),
}
_OU: Final = re.compile(r"at `(.*)`$")


class TropDeRequetes(Exception):
    """Le débit est dépassé. ``attente`` : secondes avant la prochaine requête permise."""

    def __init__(self, attente: float) -> None:
        self.attente = attente


def inscrire(application: FastAPI) -> None:
    """Pose les traductions sur l'application."""
    application.add_exception_handler(Refuse, _refuse)
    application.add_exception_handler(BaseIndisponible, _indisponible)
    application.add_exception_handler(ErreurUtilisateur, _erreur_utilisateur)
    application.add_exception_handler(msgspec.DecodeError, _corps)
    application.add_exception_handler(RequestValidationError, _parametres)
    application.add_exception_handler(HTTPException, _protocole)
    application.add_exception_handler(TropDeRequetes, _trop)
    application.add_exception_handler(DataError, _valeur)


def repondre(statut: int, refus: Refus, entetes: dict[str, str] | None = None) -> Response:
    """La réponse qui porte ce refus."""
    return Response(octets(refus), statut, entetes, JSON)


def trop_de_requetes(attente: float) -> Response:
    """429, et quand revenir."""
    refus = Refus("trop_de_requetes", "Trop de requêtes à la fois. Rien n'est perdu : la suite part dans un instant.")
    return repondre(429, refus, {"Retry-After": str(max(1, math.ceil(attente)))})


def erreur_interne(reference: str) -> Response:
    """500 : l'erreur est la nôtre ; ``reference`` la retrouve dans les traces."""
    phrase = f"Le registre a rencontré une erreur. Rien n'est perdu : prévenez l'assistance (référence {reference})."
    return repondre(500, Refus("erreur_interne", phrase))


def _refuse(_: Request, erreur: Exception) -> Response:
    assert isinstance(erreur, Refuse)
    entetes = {"WWW-Authenticate": "Bearer"} if erreur.statut == 401 else None
    return repondre(erreur.statut, erreur.refus, entetes)


def _indisponible(_: Request, erreur: Exception) -> Response:
    assert isinstance(erreur, BaseIndisponible)
    return repondre(503, Refus(erreur.code, str(erreur)), {"Retry-After": str(_REESSAYER_S[erreur.code])})


def _erreur_utilisateur(_: Request, erreur: Exception) -> Response:
    return repondre(422, Refus("demande_refusee", str(erreur)))


def _corps(_: Request, erreur: Exception) -> Response:
    ou = _OU.search(str(erreur))
    phrase = f"La demande n'a pas la forme attendue ({ou[1]})." if ou else "La demande n'est pas du JSON lisible."
    return repondre(422, Refus("corps_invalide", phrase))


def _parametres(_: Request, erreur: Exception) -> Response:
    assert isinstance(erreur, RequestValidationError)
    noms = ", ".join(sorted({str(une["loc"][-1]) for une in erreur.errors()}))
    return repondre(422, Refus("parametres_invalides", f"Ces paramètres manquent ou ne conviennent pas : {noms}."))


def _protocole(_: Request, erreur: Exception) -> Response:
    assert isinstance(erreur, HTTPException)
    refus = _DU_PROTOCOLE.get(erreur.status_code, _DU_PROTOCOLE[400])
    return repondre(erreur.status_code, refus, dict(erreur.headers or {}))


def _trop(_: Request, erreur: Exception) -> Response:
    assert isinstance(erreur, TropDeRequetes)
    return trop_de_requetes(erreur.attente)


def _valeur(_: Request, erreur: Exception) -> Response:
    """Une valeur que PostgreSQL ne garde pas (caractère nul, nombre trop grand) : elle vient de la demande."""
    assert isinstance(erreur, StatementError)
    return repondre(422, Refus("valeur_refusee", "La demande contient une valeur qui ne peut pas être gardée."))
