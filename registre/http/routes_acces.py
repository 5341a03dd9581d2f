"""Entrer : enrôlement, défi, jeton, et le certificat de l'autorité. Rien ici ne demande de jeton."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from modele.protocole.messages import Defi, DemandeDeDefi, DemandeDeJeton, Enrole, Enrolement, Jeton, lire
from registre.http.contexte import registre_de
from registre.http.contrat import Demande, contrat, rendre
from registre.http.securite import exiger_schema, limiter_l_entree
from registre.service import enrolement, jetons
from registre.service.refus import refuser

PEM = "application/x-pem-file"
routes = APIRouter(tags=["accès"], dependencies=[Depends(limiter_l_entree)])
_PARLE = [Depends(exiger_schema)]


@routes.post("/v1/enrolement", dependencies=_PARLE, **contrat(Enrole, 403, 409, recu=Enrolement, porteur=False))
def enroler(requete: Request, corps: Demande) -> Response:
    """Fait entrer un poste avec son code à usage unique."""
    registre = registre_de(requete)
    return rendre(enrolement.enroler(registre.moteur, lire(corps, Enrolement), registre.horloge()))


@routes.post("/v1/defi", dependencies=_PARLE, **contrat(Defi, 404, recu=DemandeDeDefi, porteur=False))
def defi(requete: Request, corps: Demande) -> Response:
    """Donne au poste de quoi prouver qui il est."""
    registre = registre_de(requete)
    return rendre(jetons.donner_defi(registre.moteur, lire(corps, DemandeDeDefi), registre.horloge()))


@routes.post("/v1/jeton", dependencies=_PARLE, **contrat(Jeton, 401, 403, 404, recu=DemandeDeJeton, porteur=False))
def jeton(requete: Request, corps: Demande) -> Response:
    """Donne un jeton de dix minutes contre le défi signé."""
    registre = registre_de(requete)
    return rendre(jetons.donner_jeton(registre.moteur, lire(corps, DemandeDeJeton), registre.horloge()))


@routes.get("/v1/autorite", **contrat(PEM, 404, porteur=False))
def autorite(requete: Request) -> Response:
    """Le certificat de l'autorité locale ; le poste en vérifie l'empreinte, reçue avec son code."""
    certificat = registre_de(requete).autorite
    if certificat is None:
        raise refuser(404, "sans_autorite", "Ce registre n'a pas d'autorité locale.")
    return Response(certificat, media_type=PEM)
