"""Rouvrir un poste resté trop longtemps hors de portée du registre (``modele/coffre/portee.py``)."""

from __future__ import annotations

from pathlib import Path

from modele.coffre.cles import COUT, Cout
from modele.coffre.coffre import Coffre
from modele.droits import Auteur


def rouvrir(chemin: Path, mot_de_passe: str, agent: str | None, code: str, cout: Cout = COUT) -> Coffre:
    """Un administrateur, son mot de passe et le code de secours. Lève ``ErreurUtilisateur``."""
    coffre = Coffre.ouvrir(chemin, mot_de_passe, agent, cout, loin=True)
    try:
        coffre.portee.rouvrir(code, Auteur(coffre.agent))
    except BaseException:
        coffre.fermer()
        raise
    return coffre
