"""Le numéro provisoire d'un dossier : donné une fois, par le compte de ce poste. Dans la transaction qu'on donne."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from modele.coffre import depot
from modele.coffre.chaines import chaine_du_poste
from modele.coffre.journaux import reglage, regler
from modele.dossier.chemins import ABSENT, Document, lire
from modele.dossier.numeros import numero_provisoire
from modele.droits import Auteur

_COMPTE: Final = "numero.compte"
_CHAMP: Final = "demande.numero_provisoire"


def donner(connexion: Connection, dossier: str, auteur: Auteur, quand: datetime) -> Document:
    """Le document avec son numéro provisoire : celui qu'il a, ou le prochain de ce poste."""
    document = depot.document(connexion, dossier)
    if lire(document, _CHAMP) is not ABSENT:
        return document
    rang = int(reglage(connexion, _COMPTE, "0")) + 1
    regler(connexion, _COMPTE, str(rang))
    chaine = chaine_du_poste(connexion)
    numero = numero_provisoire(chaine.territoire, chaine.poste, chaine.epoque, rang)
    return depot.modifier(connexion, dossier, {_CHAMP: numero}, auteur, quand)
