"""La sûreté d'une fiche : des drapeaux, écrits une fois pour toutes ses langues."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Surete:
    """Les drapeaux d'une fiche.

    ``sans_dossier`` : ne reçoit rien du dossier, la même pour tous. ``discret`` : prévue pour un dossier discret.
    ``exige_cotation`` : explique une note ; sans note, elle est refusée. ``exige_mentions`` : dit qui répond des
    données ; refusée tant que personne ne l'a inscrit. ``exige_numero`` : rappelle le numéro unique ; ``exige_depot`` :
    dit quand la demande a été déposée ; ``exige_rendez_vous`` : dit quand et où venir ; sans lui, refusée.
    ``sans_lieu`` : ne dit pas où elle a été remise, ni nom, ni adresse, ni logo ; un proche violent peut la trouver.
    ``securite`` : on s'y fie en danger ; un texte plus récent, livré ou signé, y sert avant une copie locale plus
    ancienne.
    """

    sans_dossier: bool = False
    discret: bool = False
    exige_cotation: bool = False
    exige_mentions: bool = False
    exige_numero: bool = False
    exige_depot: bool = False
    exige_rendez_vous: bool = False
    sans_lieu: bool = False
    securite: bool = False

    @property
    def reservee(self) -> bool:
        """Vrai si son papier ne doit dire ni à qui, ni où, ni quand il a été remis."""
        return self.sans_dossier or self.discret


DRAPEAUX: Final = tuple(champ.name for champ in fields(Surete))
