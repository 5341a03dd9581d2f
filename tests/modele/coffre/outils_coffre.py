"""Fabriquer un coffre d'essai : vrai fichier, Argon2 bon marché."""

from __future__ import annotations

from pathlib import Path

from modele.coffre import Coffre
from modele.coffre.cles import Cout

COUT = Cout(passes=1, memoire=8, fils=1)
MOT_DE_PASSE = "quatre mots sans lien"
AGENT = "Nora Petit"
RACINE = Path(__file__).parents[3]


def creer(chemin: Path) -> tuple[Coffre, str]:
    """Un coffre neuf et son code de secours."""
    return Coffre.creer(chemin, AGENT, MOT_DE_PASSE, "metropole-exemple", "poste-1", cout=COUT)


def ouvrir(chemin: Path) -> Coffre:
    """Le coffre d'essai rouvert."""
    return Coffre.ouvrir(chemin, MOT_DE_PASSE, cout=COUT)
