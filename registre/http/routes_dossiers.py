"""Autour des dossiers : les tenir ou non, chercher un doublon, le numéro d'exemple, le paquet d'un poste hors ligne."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from modele.protocole.messages import (
    Candidat,
    DemandeDeNumero,
    Ecart,
    Effet,
    Numero,
    Ouverture,
    PersonneCherchee,
    Sortie,
    lire,
)
from registre.http.contexte import registre_de
from registre.http.contrat import Corps, contrat, rendre
from registre.http.securite import PorteurConnu, exiger_schema, un_lot_du_poste
from registre.service import comptes, doublons, numeros, paquets, perimetre

OCTETS = "application/octet-stream"
routes = APIRouter(tags=["dossiers"], dependencies=[Depends(exiger_schema)])


@routes.post("/v1/perimetre", **contrat(Effet, 404, recu=Ouverture))
def ouvrir(requete: Request, porteur: PorteurConnu, corps: Corps) -> Response:
    """Tient un dossier d'un autre guichet, avec un motif qui reste écrit."""
    registre = registre_de(requete)
    demande = lire(corps, Ouverture)
    agit = comptes.au_nom(registre.moteur, porteur, demande.agent, registre.horloge())
    return rendre(perimetre.ouvrir(registre.moteur, agit, demande, registre.horloge()))


@routes.post("/v1/perimetre/sorties", **contrat(Effet, 404, recu=Sortie))
def sortir(requete: Request, porteur: PorteurConnu, corps: Corps) -> Response:
    """Ne tient plus un dossier."""
    registre = registre_de(requete)
    demande = lire(corps, Sortie)
    agit = comptes.au_nom(registre.moteur, porteur, demande.agent, registre.horloge())
    return rendre(perimetre.sortir(registre.moteur, agit, demande, registre.horloge()))


@routes.post("/v1/doublons", **contrat(list[Candidat], recu=PersonneCherchee))
def chercher(requete: Request, porteur: PorteurConnu, corps: Corps) -> Response:
    """Cherche, dans tout le territoire, les dossiers d'une personne."""
    registre = registre_de(requete)
    cherchee = lire(corps, PersonneCherchee)
    agit = comptes.au_nom(registre.moteur, porteur, cherchee.agent, registre.horloge())
    return rendre(list(doublons.chercher(registre.moteur, agit, cherchee, registre.horloge())))


@routes.post("/v1/doublons/ecartes", **contrat(Ecart, 404, recu=Ecart))
def ecarter(requete: Request, porteur: PorteurConnu, corps: Corps) -> Response:
    """Retient que deux dossiers sont de deux personnes."""
    registre = registre_de(requete)
    demande = lire(corps, Ecart)
    agit = comptes.au_nom(registre.moteur, porteur, demande.agent, registre.horloge())
    return rendre(doublons.ecarter(registre.moteur, agit, demande, registre.horloge()))


@routes.post("/v1/numeros", **contrat(Numero, 404, recu=DemandeDeNumero))
def numeroter(requete: Request, porteur: PorteurConnu, corps: Corps) -> Response:
    """Donne un numéro d'exemple, dans le seul territoire d'exemple."""
    registre = registre_de(requete)
    demande = lire(corps, DemandeDeNumero)
    agit = comptes.au_nom(registre.moteur, porteur, demande.agent, registre.horloge())
    return rendre(numeros.donner(registre.moteur, agit, demande, registre.horloge()))


@routes.post("/v1/paquets", **contrat(OCTETS, recu=OCTETS))
def recevoir_paquet(requete: Request, porteur: PorteurConnu, corps: Corps) -> Response:
    """Reçoit le paquet scellé d'un autre poste et rend son reçu, scellé pour lui."""
    registre = registre_de(requete)
    with un_lot_du_poste(requete, porteur):
        recu = paquets.recevoir_paquet(registre.moteur, porteur, corps, registre.horloge())
    return Response(recu, media_type=OCTETS)
