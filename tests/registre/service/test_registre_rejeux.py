"""Chaque unité de travail, refusée par PostgreSQL avant chacune de ses requêtes, se rejoue comme si de rien n'était."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from outils_postgresql import Postgresql, refus_injecte
from outils_rejeux import SCENARIOS, contenu
from sqlalchemy import Engine

RACINE = Path(__file__).parents[3]

for _famille in sorted(Path(__file__).parents[1].glob("rejeux_*.py")):
    importlib.import_module(_famille.stem)


def _unites() -> Iterator[str]:
    """Les fonctions publiques du service qui ouvrent une unité de travail, lues dans le code."""
    for fichier in sorted((RACINE / "registre" / "service").glob("*.py")):
        for noeud in ast.parse(fichier.read_text(encoding="utf-8")).body:
            if isinstance(noeud, ast.FunctionDef) and not noeud.name.startswith("_") and _ouvre(noeud):
                yield f"registre.service.{fichier.stem}:{noeud.name}"


def _ouvre(fonction: ast.FunctionDef) -> bool:
    appels = (un.func for un in ast.walk(fonction) if isinstance(un, ast.Call))
    return any(isinstance(un, ast.Name) and un.id in ("unite_de_travail", "lecture") for un in appels)


def test_aucune_unite_de_travail_n_echappe_aux_scenarios() -> None:
    unites = set(_unites())
    assert len(unites) >= 15
    assert unites - SCENARIOS.keys() == set()


@pytest.mark.parametrize("unite", sorted(SCENARIOS))
def test_l_unite_refusee_avant_chaque_requete_se_rejoue_entiere(
    postgresql: Postgresql, moteur: Engine, unite: str
) -> None:
    mener = SCENARIOS[unite](moteur)
    with refus_injecte(moteur, avant=-1) as sans_refus:
        attendu = mener()
    laisse, requetes = contenu(moteur), len(sans_refus)
    assert requetes > 0
    for avant in range(requetes):
        postgresql.vider()
        mener = SCENARIOS[unite](moteur)
        with refus_injecte(moteur, avant) as vues:
            rendu = mener()
        assert len(vues) > requetes, f"refusée avant la requête {avant}"
        assert type(rendu) is type(attendu)
        assert contenu(moteur) == laisse, f"refusée avant la requête {avant}"
