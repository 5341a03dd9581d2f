"""Échanger : recevoir les opérations d'un poste, lui rendre son journal et l'empreinte de son périmètre."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from modele.protocole.messages import (
    FORME_DES_ETATS,
    SCHEMA_DES_GENRES,
    ComptesTenus,
    DeclarationSignee,
    Empreinte,
    Journal,
    LotDOperations,
    PartDeCopie,
    PartGardee,
    Recus,
    Reprise,
    Reprises,
    lire,
)
from registre.http.contexte import registre_de
from registre.http.contrat import Corps, contrat, rendre
from registre.http.securite import PorteurConnu, PorteurIci, SchemaParle, exiger_schema, un_lot_du_poste
from registre.service import comptes, empreinte, journal, operations, parts, reprises

routes = APIRouter(tags=["échanges"], dependencies=[Depends(exiger_schema)])
Sequence = Annotated[int, Query(ge=0, le=2**62)]
Limite = Annotated[int, Query(ge=1, le=journal.ENTREES_AU_PLUS)]
Poignee = Annotated[str, Query(max_length=64)]
Forme = Annotated[int, Query(ge=1, le=2**31)]


@routes.post("/v1/operations", **contrat(Recus, 409, recu=LotDOperations))
def recevoir(requete: Request, porteur: PorteurConnu, corps: Corps) -> Response:
    """Reçoit un lot d'opérations d'une seule époque, dans l'ordre de leurs rangs."""
    registre = registre_de(requete)
    with un_lot_du_poste(requete, porteur):
        recus = operations.recevoir(registre.moteur, porteur, lire(corps, LotDOperations), registre.horloge())
    for recu in recus.issues:
        registre.metriques.compter("perron_operations_total", issue=recu.issue)
    return rendre(recus)


@routes.post("/v1/reprises", **contrat(Reprises, 410, recu=Reprise))
def reprendre(requete: Request, porteur: PorteurConnu, corps: Corps) -> Response:
    """Après une restauration : ce que le poste tient d'une base perdue, et ce que le registre en veut."""
    registre = registre_de(requete)
    with un_lot_du_poste(requete, porteur):
        return rendre(reprises.reprendre(registre.moteur, porteur, lire(corps, Reprise), registre.horloge()))


@routes.post("/v1/comptes", **contrat(ComptesTenus, recu=DeclarationSignee))
def declarer_les_comptes(requete: Request, porteur: PorteurConnu, corps: Corps) -> Response:
    """Retient les comptes que ce poste déclare, et lui rend ceux que le registre a fermés."""
    registre = registre_de(requete)
    return rendre(comptes.declarer(registre.moteur, porteur, lire(corps, DeclarationSignee), registre.horloge()))


@routes.post("/v1/parts", **contrat(PartGardee, recu=PartDeCopie))
def garder_une_part(requete: Request, porteur: PorteurConnu, corps: Corps) -> Response:
    """Garde trente jours la part d'une copie de secours que ce poste vient de faire, puis la détruit."""
    registre = registre_de(requete)
    return rendre(parts.deposer(registre.moteur, porteur, lire(corps, PartDeCopie), registre.horloge()))


@routes.get("/v1/journal", **contrat(Journal, 410))
def lire_le_journal(
    requete: Request,
    porteur: PorteurIci,
    schema: SchemaParle,
    apres: Sequence = 0,
    limite: Limite = 200,
    poignee: Poignee = "",
    forme: Forme = 1,
    rendu: bool = False,
) -> Response:
    """Les dossiers du périmètre qui ont changé après la séquence ``apres``, tombes comprises.

    ``forme`` des états : 2, rangés par opération ; 1, chaque unité avec ses têtes, pour un poste d'une version d'avant.
    ``rendu`` : ce poste n'a plus rien à envoyer.
    """
    registre = registre_de(requete)
    page = journal.lire_page(
        registre.moteur,
        porteur,
        apres,
        limite,
        poignee,
        registre.horloge(),
        rendu=rendu,
        genres=schema >= SCHEMA_DES_GENRES,
    )
    return rendre(page if forme >= FORME_DES_ETATS else journal.developper(page))


@routes.get("/v1/empreinte", **contrat(Empreinte))
def prendre_l_empreinte(requete: Request, porteur: PorteurIci, schema: SchemaParle) -> Response:
    """L'empreinte du périmètre, à comparer à ce que tient le poste."""
    genres = schema >= SCHEMA_DES_GENRES
    return rendre(empreinte.prendre_l_empreinte(registre_de(requete).moteur, porteur, genres))
