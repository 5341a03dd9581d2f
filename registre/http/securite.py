"""Qui demande, et dans quelle version : les dépendances que déclarent les routes.

Celles qui ne touchent pas la base sont ``async`` : elles s'évitent un passage par un autre fil.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final

from fastapi import Depends, Header, Query, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from modele.protocole.messages import ENTETE_SCHEMA, SCHEMA_COURANT
from registre.http.contexte import registre_de
from registre.http.erreurs import TropDeRequetes
from registre.http.limites import cle_d_adresse
from registre.service.jetons import Porteur, reconnaitre
from registre.service.refus import refuser

SCHEMAS: Final = frozenset({SCHEMA_COURANT, max(1, SCHEMA_COURANT - 1)})
_POSTE_ANCIEN: Final = (
    "schema_ancien",
    "Ce Perron est trop ancien pour ce registre. Mettez le poste à jour ; rien de ce qui attend n'est perdu.",
)
_REGISTRE_ANCIEN: Final = (
    "schema_recent",
    "Ce registre est plus ancien que ce Perron. Faites-le mettre à jour ; rien de ce qui attend n'est perdu.",
)
_JETON = HTTPBearer(auto_error=False, scheme_name="jeton", description="Le jeton rendu par POST /v1/jeton.")


async def exiger_schema(schema: Annotated[int, Header(alias=ENTETE_SCHEMA, ge=1, le=2**31)]) -> int:
    """Le schéma que parle ce poste. Lève 426 : l'un des deux est trop ancien pour que les deux se comprennent."""
    if schema not in SCHEMAS:
        raise refuser(426, *(_POSTE_ANCIEN if schema < SCHEMA_COURANT else _REGISTRE_ANCIEN))
    return schema


SchemaParle = Annotated[int, Depends(exiger_schema)]


async def limiter_l_entree(requete: Request) -> None:
    """Lève 429 : trop d'enrôlements, de défis ou de jetons demandés depuis cette adresse."""
    adresse = cle_d_adresse(requete.client.host) if requete.client else ""
    _prendre(registre_de(requete).limites.entree.prendre(adresse))


def porteur_du_jeton(
    requete: Request, presente: Annotated[HTTPAuthorizationCredentials | None, Security(_JETON)]
) -> Porteur:
    """Le poste qui demande. Lève 401 (jeton absent, inconnu, échu), 403 (poste révoqué) ou 429."""
    registre = registre_de(requete)
    if presente is None:
        raise refuser(401, "jeton_absent", "Ce poste doit se faire reconnaître par le registre.")
    porteur = reconnaitre(registre.moteur, presente.credentials, registre.horloge())
    requete.state.porteur = porteur
    _prendre(registre.limites.poste.prendre(f"{porteur.territoire}/{porteur.poste}"))
    return porteur


PorteurConnu = Annotated[Porteur, Depends(porteur_du_jeton)]


@contextmanager
def un_lot_du_poste(requete: Request, porteur: Porteur) -> Iterator[None]:
    """Lève 429 si ce poste a déjà trop de lots en cours : il tiendrait toutes les connexions du registre."""
    with registre_de(requete).limites.lots.tenir(f"{porteur.territoire}/{porteur.poste}") as libre:
        if not libre:
            raise TropDeRequetes(1)
        yield


async def porteur_de_ce_territoire(
    porteur: PorteurConnu, territoire: Annotated[str, Query(min_length=1, max_length=64, pattern=r"^[a-z0-9-]+$")]
) -> Porteur:
    """Le poste, s'il demande bien son propre territoire. Lève 403."""
    if territoire != porteur.territoire:
        raise refuser(403, "autre_territoire", "Ce poste n'est pas enrôlé dans ce territoire.")
    return porteur


PorteurIci = Annotated[Porteur, Depends(porteur_de_ce_territoire)]


def _prendre(attente: float) -> None:
    if attente:
        raise TropDeRequetes(attente)
