"""Pourquoi un dossier créé par erreur s'en va, et combien de temps il se rend.

La raison se garde en code, seule, quand tout le reste est effacé ; les mots qui la précisent s'en vont avec le dossier.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final, Self

RENDU_PENDANT: Final = timedelta(days=30)
"""Norme de sûreté des personnes, § 9 : trente jours, puis rien qu'une preuve sans contenu."""


class Raison(StrEnum):
    """Pourquoi. La valeur est celle que le coffre garde ; ``phrase`` se lit à l'écran."""

    phrase: str

    def __new__(cls, valeur: str, phrase: str) -> Self:
        """Un membre est son mot écrit ; sa phrase l'accompagne."""
        membre = str.__new__(cls, valeur)
        membre._value_ = valeur
        membre.phrase = phrase
        return membre

    PERSONNE_PARTIE = "personne partie", "Ouvert pour rien : la personne venait pour autre chose"
    DOUBLE = "double", "En double : cette personne a déjà un dossier"
    ESSAI = "essai", "Un essai, ou un exercice"
    FAUSSE_MANIPULATION = "fausse manipulation", "Une fausse manipulation"
    AUTRE = "autre", "Une autre raison"


_PAR_MOT: Final = {raison.value: raison for raison in Raison}


def relire(ecrite: str) -> Raison:
    """La raison que dit ce code."""
    return _PAR_MOT[ecrite]
