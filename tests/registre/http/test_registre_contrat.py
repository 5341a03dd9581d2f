"""Le contrat publié est honnête : schemathesis interroge chaque route, avec et sans jeton, en bien et en mal."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from outils_http import PAROLE, Servi
from outils_registre import PosteDEssai
from schemathesis import checks
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from sqlalchemy import Engine

from registre.base.moteur import creer_moteur
from registre.http.application import FAMILLES, creer_application
from registre.http.contexte import Registre


def _contrat(*modes: GenerationMode, limites: bool) -> Any:
    """Le contrat, et comment l'éprouver ; ``limites`` : chaque valeur extrême d'abord."""
    application = creer_application(Registre(creer_moteur("postgresql://perron@127.0.0.1/perron")))
    contrat = schemathesis.openapi.from_dict(application.openapi())
    contrat.config.generation.update(modes=list(modes))
    contrat.config.phases.coverage.enabled = limites
    return contrat


_AVEC_JETON = _contrat(GenerationMode.POSITIVE, GenerationMode.NEGATIVE, limites=True)
_SANS_JETON = _contrat(GenerationMode.POSITIVE, limites=False)
_PROMESSES = [
    checks.not_a_server_error,
    schemathesis.specs.openapi.checks.status_code_conformance,
    schemathesis.specs.openapi.checks.content_type_conformance,
    schemathesis.specs.openapi.checks.response_schema_conformance,
    schemathesis.specs.openapi.checks.response_headers_conformance,
    schemathesis.specs.openapi.checks.negative_data_rejection,
]
_REGLAGES = settings(suppress_health_check=list(HealthCheck), max_examples=12)


@_AVEC_JETON.parametrize()
@_REGLAGES
def test_chaque_route_tient_ce_qu_elle_publie(
    case: schemathesis.Case, serveur: Servi, moteur: Engine, poste_enrole: PosteDEssai
) -> None:
    entetes = {**PAROLE, "Authorization": f"Bearer {poste_enrole.jeton(moteur)}"}
    if case.meta is not None and case.meta.is_negative_at(ParameterLocation.HEADER):
        # L'en-tête est la faute essayée : le bon ne la recouvre pas.
        entetes = {}
    case.call_and_validate(base_url=serveur.adresse, headers=entetes, checks=_PROMESSES)


@_SANS_JETON.parametrize()
@_REGLAGES
def test_sans_jeton_chaque_route_tient_ce_qu_elle_publie(case: schemathesis.Case, serveur: Servi) -> None:
    case.headers.pop("Authorization", None)
    reponse = case.call_and_validate(base_url=serveur.adresse, headers=PAROLE, checks=_PROMESSES)
    if case.operation.definition.raw.get("security"):
        assert reponse.status_code == 401


def test_le_contrat_dit_toutes_les_routes_servies() -> None:
    publiees = creer_application(Registre(creer_moteur("postgresql://p@h/b"))).openapi()["paths"]
    assert set(publiees) == {route.path for famille in FAMILLES for route in famille.routes}
    assert {"/v1/enrolement", "/v1/jeton", "/v1/referentiels", "/sante", "/pret", "/metriques"} <= publiees.keys()


@pytest.mark.parametrize("chemin", ["/v1/referentiels", "/v1/consultations"])
def test_une_route_a_jeton_le_declare_et_documente_ses_refus(chemin: str) -> None:
    operation = creer_application(Registre(creer_moteur("postgresql://p@h/b"))).openapi()["paths"][chemin]["get"]
    assert operation["security"] == [{"jeton": []}]
    assert {"200", "401", "403", "422", "426", "429", "500", "503"} <= set(operation["responses"])
