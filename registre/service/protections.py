"""Un dossier qu'on sait devenu discret, sans tenir l'état où quelqu'un l'a dit."""

from __future__ import annotations

from datetime import datetime

from msgspec import structs
from uuid_utils import uuid7

from modele.fusion import EtatDossier, Origine, Tete
from modele.protection.discretion import devenir_discret


def etat_protege(etat: EtatDossier, poste: str, quand: datetime) -> EtatDossier:
    """Le même, discret, jusqu'à ce que l'état où ce ``poste`` l'a dit revienne et prenne sa place."""
    dite = str(uuid7())
    unites = {cle: [Tete(dite, {cle: valeur})] for cle, valeur in devenir_discret().items()}
    auteurs = {**etat.auteurs, dite: Origine("", poste, quand, 0)}
    return structs.replace(etat, version=etat.version + 1, unites={**etat.unites, **unites}, auteurs=auteurs)
