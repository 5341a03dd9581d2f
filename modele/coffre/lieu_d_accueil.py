"""Le lieu d'accueil de ce poste : celui qu'il a choisi, sinon son guichet, ou son nom. Dans la transaction donnée."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from modele.coffre.journaux import reglage

LIEU: Final = "accueil.lieu"
"""Le réglage : l'identifiant d'un lieu du territoire (``lieux.toml``), ou vide."""
_SINON: Final = ("registre.guichet", "poste.nom")


def lieu_d_accueil(connexion: Connection) -> str:
    """Comment ce lieu se nomme dans l'agenda et la file ; vide si ce poste n'a aucun nom."""
    return next((dit for cle in (LIEU, *_SINON) if (dit := reglage(connexion, cle))), "")
