"""Un dossier gelé à la demande de la personne : plus rien ne s'y écrit. Dans la transaction qu'on donne.

Le gel est une demande rattachée au dossier (``modele.dossier.droits_personnes``) : il voyage avec lui, et un dossier où
il se fond l'hérite. Ce qui arrive du registre s'y range quand même : rien ne se perd.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection

from modele.coffre import rattaches
from modele.dossier.droits_personnes import DEMANDE, lisibles
from modele.dossier.droits_personnes import est_gele as gelent
from modele.genres import livres
from modele.regles.fautes import ErreurUtilisateur

GELE: Final = (
    "Ce dossier est gelé à la demande de la personne : rien ne s'y écrit. Avec son accord, pour aujourd'hui, ou pour "
    "lever le gel : « Droits des personnes »."
)


def est_gele(connexion: Connection, dossier: str, jour: date) -> bool:
    """Vrai si ce dossier est gelé ce jour-là."""
    return gelent(lisibles(rattaches.documents(connexion, dossier, DEMANDE)), jour)


def exiger_libre(connexion: Connection, dossier: str, genre: str, jour: date) -> None:
    """Lève ``ErreurUtilisateur`` si ce dossier est gelé ; jamais pour un objet qui porte l'exercice d'un droit."""
    if not livres().du(genre).malgre_le_gel and est_gele(connexion, dossier, jour):
        raise ErreurUtilisateur(GELE)
