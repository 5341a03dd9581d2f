"""Les scénarios de rejeu : pour chaque unité de travail, de quoi la mener et ce qu'elle doit laisser.

Un fichier ``rejeux_*.py`` par famille ; l'épreuve les joue tous, un refus injecté avant chaque requête à son tour.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from registre.base.schema import metadonnees

Unite = Callable[[], Any]
Scenario = Callable[[Engine], Unite]
SCENARIOS: dict[str, Scenario] = {}


def scenario(unite: str) -> Callable[[Scenario], Scenario]:
    """Déclare le scénario de ``unite`` (« module:fonction »). Il prépare la base, puis rend l'appel à mener."""

    def declarer(prepare: Scenario) -> Scenario:
        assert unite not in SCENARIOS, f"{unite} a deux scénarios"
        SCENARIOS[unite] = prepare
        return prepare

    return declarer


def contenu(moteur: Engine, sauf: frozenset[str] = frozenset()) -> dict[str, int]:
    """Combien de lignes tient chaque table : ce qu'un rejeu doublerait ou perdrait."""
    with moteur.connect() as connexion:
        return {
            nom: connexion.exec_driver_sql(f'SELECT count(*) FROM "{nom}"').scalar_one()
            for nom in metadonnees.tables
            if nom not in sauf
        }
