"""Lire un corps, rendre un message, et documenter la route telle qu'elle répond vraiment."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Final

import msgspec
from fastapi import Depends, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from msgspec import Struct

from modele.protocole.messages import Refus, octets
from registre.http.erreurs import JSON
from registre.service.refus import refuser

CORPS_AU_PLUS: Final = 16 * 1024 * 1024
DEMANDE_AU_PLUS: Final = 64 * 1024
"""Ce que pèse au plus une demande de qui ne s'est pas encore fait reconnaître."""
SILENCE_S: Final = 30
"""Au-delà, un corps dont plus rien n'arrive n'arrivera plus : la place est rendue."""
DEBIT_AU_MOINS: Final = 4096
"""Octets par seconde. En dessous, un corps qui arrive goutte à goutte tiendrait sa place des jours."""
_REFERENCE: Final = "#/components/schemas/{name}"
# Les schémas des messages que les routes déclarent, au fil de leurs contrats.
_COMPOSANTS: Final[dict[str, Any]] = {}
_DESCRIPTIONS: Final = {
    401: "Le poste n'est pas reconnu.",
    403: "Le poste est reconnu, et n'a pas ce droit.",
    404: "Inconnu de ce poste.",
    409: "En désaccord avec ce que tient le registre.",
    410: "Le poste repart de zéro pour ce territoire.",
    413: "Trop grand.",
    422: "La demande n'a pas la forme attendue.",
    426: "Le poste ou le registre est trop ancien.",
    429: "Trop de requêtes : revenir après Retry-After.",
    500: "Une erreur du registre.",
    503: "La base ne peut pas répondre maintenant : revenir après Retry-After.",
}
# Ce que toute route de l'API peut répondre.
_TOUJOURS: Final = (422, 426, 429, 500, 503)
_DU_PORTEUR: Final = (401, 403)


async def lire_corps(requete: Request) -> bytes:
    """Les octets du corps. Lève 413 dès qu'il dépasse ``CORPS_AU_PLUS``, sans le lire en entier ; 503 s'il se tait."""
    return await _lire(requete, CORPS_AU_PLUS)


async def lire_demande(requete: Request) -> bytes:
    """Comme ``lire_corps``, ``DEMANDE_AU_PLUS`` octets au plus."""
    return await _lire(requete, DEMANDE_AU_PLUS)


async def _lire(requete: Request, au_plus: int) -> bytes:
    morceaux: list[bytes] = []
    taille = 0
    suite = requete.stream()
    horloge = asyncio.get_running_loop().time
    debut = horloge()
    while True:
        try:
            async with asyncio.timeout_at(min(horloge(), debut + taille / DEBIT_AU_MOINS) + SILENCE_S):
                morceau = await anext(suite)
        except StopAsyncIteration:
            return b"".join(morceaux)
        except TimeoutError:
            raise refuser(503, "corps_coupe", "L'envoi s'est interrompu en route : le poste recommence.") from None
        taille += len(morceau)
        if taille > au_plus:
            raise refuser(413, "corps_trop_grand", "L'envoi est trop grand : le poste le découpe.")
        morceaux.append(morceau)


Corps = Annotated[bytes, Depends(lire_corps)]
Demande = Annotated[bytes, Depends(lire_demande)]


def rendre(message: Struct | list[Any]) -> Response:
    """La réponse qui porte ce message."""
    return Response(octets(message), media_type=JSON)


def contrat(rendu: Any, *refus: int, recu: Any = None, porteur: bool = True) -> dict[str, Any]:
    """Les options d'une route : ce qu'elle rend (200), ce qu'elle reçoit, les statuts de ses refus propres.

    ``rendu`` et ``recu`` : une ``Struct``, ``list[Struct]``, ou un type MIME pour des octets. ``porteur`` : la route
    exige un jeton.
    """
    statuts = sorted({*refus, *_TOUJOURS, *(_DU_PORTEUR if porteur else ()), *((413,) if recu is not None else ())})
    options: dict[str, Any] = {
        "response_class": Response,
        "responses": {
            200: {"description": "Fait.", "content": contenu_de(rendu)},
            **{statut: {"description": _DESCRIPTIONS[statut], "content": contenu_de(Refus)} for statut in statuts},
        },
    }
    if recu is not None:
        options["openapi_extra"] = {"requestBody": {"required": True, "content": contenu_de(recu)}}
    return options


def documenter(application: FastAPI) -> dict[str, Any]:
    """Le document OpenAPI, avec les schémas que donnent les messages eux-mêmes."""
    if application.openapi_schema is None:
        document = get_openapi(
            title=application.title,
            version=application.version,
            description=application.description,
            routes=application.routes,
        )
        document.setdefault("components", {})["schemas"] = {
            nom: _en_base64(schema) for nom, schema in sorted(_COMPOSANTS.items())
        }
        application.openapi_schema = document
    return application.openapi_schema


def contenu_de(forme: Any) -> dict[str, Any]:
    """Le contenu OpenAPI d'une ``Struct``, d'une liste de ``Struct``, ou d'octets (``forme`` : leur type MIME)."""
    if isinstance(forme, str):
        return {forme: {"schema": {"type": "string", "format": "binary"}}}
    (schema,), composants = msgspec.json.schema_components([forme], ref_template=_REFERENCE)
    _COMPOSANTS.update(composants)
    return {JSON: {"schema": schema}}


def _en_base64(schema: Any) -> Any:
    """OpenAPI dit « format: byte » là où JSON Schema dit « contentEncoding: base64 »."""
    if isinstance(schema, list):
        return [_en_base64(un) for un in schema]
    if not isinstance(schema, dict):
        return schema
    copie = {cle: _en_base64(valeur) for cle, valeur in schema.items()}
    return copie | {"format": "byte"} if copie.get("contentEncoding") == "base64" else copie
