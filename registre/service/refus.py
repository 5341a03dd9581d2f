"""Le refus d'une demande : un code stable pour le poste, une phrase pour la personne."""

from __future__ import annotations

from typing import Final

from modele.protocole.messages import Refus
from modele.regles.fautes import ErreurUtilisateur

HORS_PERIMETRE: Final = "Ce dossier n'est pas parmi ceux que ce poste tient."
"""La même phrase pour un dossier sorti, discret, d'un autre guichet ou inconnu : elle n'apprend rien."""


class Refuse(ErreurUtilisateur):
    """La demande est comprise, et refusée. ``statut`` : celui de la réponse HTTP ; ``refus`` : son corps."""

    def __init__(self, statut: int, refus: Refus) -> None:
        super().__init__(refus.message)
        self.statut = statut
        self.refus = refus


def hors_perimetre() -> Refuse:
    """Le refus, toujours le même, d'un dossier que le poste ne tient pas."""
    return refuser(404, "hors_perimetre", HORS_PERIMETRE)


def refuser(statut: int, code: str, message: str) -> Refuse:
    """Le refus sans autre précision que son code et sa phrase."""
    return Refuse(statut, Refus(code, message))
