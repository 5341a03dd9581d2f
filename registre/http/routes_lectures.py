"""Lire : les référentiels publiés, et qui a consulté un dossier."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from modele.protocole.messages import (
    ComptesDeFormation,
    Consultation,
    FormationDuReseau,
    InformationsTenues,
    Referentiel,
)
from modele.protocole.messages import lire as lire_message
from registre.http.contexte import registre_de
from registre.http.contrat import Corps, contrat, rendre
from registre.http.securite import PorteurConnu, PorteurIci, exiger_schema
from registre.service import comptes, consultations, formation, informations, referentiels

OCTETS = "application/octet-stream"
routes = APIRouter(tags=["lectures"], dependencies=[Depends(exiger_schema)])
Nom = Annotated[str, Path(max_length=64, pattern=r"^[a-z0-9][a-z0-9._-]*$")]
Version = Annotated[int, Path(ge=1, le=2**62)]
Dossier = Annotated[str, Query(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9-]+$")]
Agent = Annotated[str, Query(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]+$")]


@routes.get("/v1/referentiels", **contrat(list[Referentiel]))
def lister(requete: Request, porteur: PorteurIci) -> Response:
    """La dernière version de chaque référentiel du territoire."""
    return rendre(list(referentiels.lister(registre_de(requete).moteur, porteur.territoire)))


@routes.get("/v1/referentiels/{nom}/{version}", **contrat(OCTETS, 404))
def lire(requete: Request, porteur: PorteurConnu, nom: Nom, version: Version) -> Response:
    """Les octets d'un référentiel, tels que signés."""
    contenu = referentiels.lire(registre_de(requete).moteur, porteur.territoire, nom, version)
    return Response(contenu, media_type=OCTETS)


@routes.post("/v1/referentiels/tenus", **contrat(InformationsTenues, recu=InformationsTenues))
def tenir(requete: Request, porteur: PorteurConnu, corps: Corps) -> Response:
    """Retient quelle version de chaque publication tient ce poste."""
    registre = registre_de(requete)
    return rendre(
        informations.noter(registre.moteur, porteur, lire_message(corps, InformationsTenues), registre.horloge())
    )


@routes.post("/v1/formation", **contrat(FormationDuReseau, recu=ComptesDeFormation))
def former(requete: Request, porteur: PorteurConnu, corps: Corps) -> Response:
    """Retient des essais de formation, sans auteur, poste ni date ; rend les points difficiles du réseau."""
    return rendre(formation.echanger(registre_de(requete).moteur, porteur, lire_message(corps, ComptesDeFormation)))


@routes.get("/v1/consultations", **contrat(list[Consultation], 404))
def consulter(requete: Request, porteur: PorteurConnu, dossier: Dossier, agent: Agent) -> Response:
    """Qui a lu un dossier que ce poste tient ; ``agent`` : qui le demande."""
    registre = registre_de(requete)
    agit = comptes.au_nom(registre.moteur, porteur, agent, registre.horloge())
    return rendre(list(consultations.consultations(registre.moteur, agit, dossier, agent, registre.horloge())))
