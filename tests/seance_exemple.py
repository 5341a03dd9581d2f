"""Une séance d'exemple, et de quoi la changer d'un geste : ses clés sont celles du fichier de la commande."""

from __future__ import annotations

from typing import Any

import msgspec

from modele.seance.controles import Classees
from modele.seance.notions import Seance

REGLEMENT = {
    "nom": "Règlement intérieur d'essai", "adopte_le": "2026-01-15", "quorum": 4, "notification_jours": 15,
    "reponse_jours": 12,
}  # fmt: skip
MEMBRES = [
    {"qualite": "bailleur", "nom": "A. Martin", "present": True, "preside": True},
    {"qualite": "bailleur", "nom": "B. Durand", "present": True, "locataires": True},
    {"qualite": "bailleur", "nom": "C. Petit", "present": False},
    {"qualite": "prefet", "nom": "D. Roux", "present": True},
    {"qualite": "maire", "nom": "E. Blanc", "present": True},
    {"qualite": "ccas", "nom": "F. Noir", "present": True},
    {"qualite": "agree", "nom": "G. Vert", "present": True},
]
RANGS = {"d1": 1, "d2": 2, "d3": 3, "d4": 3}
"""Ce que la grille en dit, sans polars : quatre demandes, les deux dernières à égalité."""


def propose(dossier: str, **dits: Any) -> dict[str, Any]:
    return {"dossier": dossier, "designe_par": "Commune de Colombe", **dits}


def decide(dossier: str, genre: str, **dits: Any) -> dict[str, Any]:
    return {"dossier": dossier, "genre": genre, "motif": "Vu les ressources et la taille du foyer.", **dits}


def ecrite(**dits: Any) -> dict[str, Any]:
    """Trois candidats, dans l'ordre de la grille : le premier a le logement."""
    base: dict[str, Any] = {
        "commission": "Commission d'attribution d'essai",
        "bailleur": "Bailleur d'essai",
        "tenue_le": "2026-12-03",
        "lieu": "Colombe",
        "reglement": REGLEMENT,
        "membres": MEMBRES,
        "candidats": [propose("d1"), propose("d2"), propose("d3")],
        "decisions": [
            decide("d1", "attribution"),
            decide("d2", "non_attribution"),
            decide("d3", "non_attribution"),
        ],
    }
    return base | dits


def seance(**dits: Any) -> Seance:
    return msgspec.convert(ecrite(**dits), Seance)


def classees(rangs: dict[str, int] | None = None, ecartees: dict[str, list[str]] | None = None) -> Classees:
    return Classees(RANGS if rangs is None else rangs, ecartees or {})
