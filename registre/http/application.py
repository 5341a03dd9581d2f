"""L'application : les familles de routes, leurs erreurs, l'enveloppe, et son contrat publié."""

from __future__ import annotations

from functools import partial
from typing import Final

from fastapi import FastAPI

from registre.http import routes_acces, routes_dossiers, routes_exploitation, routes_lectures, routes_operations
from registre.http.contexte import Registre
from registre.http.contrat import documenter
from registre.http.enveloppe import Enveloppe
from registre.http.erreurs import inscrire

# Une famille de plus : son fichier ``routes_*.py``, puis une ligne ici.
FAMILLES: Final = (
    routes_acces.routes,
    routes_operations.routes,
    routes_dossiers.routes,
    routes_lectures.routes,
    routes_exploitation.routes,
)


def creer_application(registre: Registre) -> FastAPI:
    """L'application ASGI qui sert ``registre``."""
    application = FastAPI(
        title="Registre central de Perron",
        version="1",
        description="Reçoit les opérations des postes, les fusionne et rend à chacun les dossiers de son périmètre.",
        docs_url=None,
        redoc_url=None,
    )
    application.state.registre = registre
    inscrire(application)
    for famille in FAMILLES:
        application.include_router(famille)
    application.add_middleware(Enveloppe, registre=registre)
    application.openapi = partial(documenter, application)  # type: ignore[method-assign]
    return application
