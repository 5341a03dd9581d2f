"""Un rendez-vous tel que le lit qui en a le droit, et ce que tous en voient."""

from __future__ import annotations

from msgspec import Struct

from modele.rendez_vous.creneaux import Creneau

DONNE = "donne"
VENU = "venu"
ABSENT = "absent"
ANNULE = "annule"


class RendezVous(Struct, frozen=True, gc=False):
    """Un rendez-vous. ``titre`` : de qui, tel qu'une liste le montre, à masquer ; vide d'un dossier discret."""

    id: str
    dossier: str
    reference: str
    creneau: Creneau
    type: str = ""
    etat: str = DONNE
    objet: str = ""
    langue: str = ""
    interprete: str = ""
    motif: str = ""
    passage: str = ""
    occupation: str = ""
    deplace_le: str = ""
    rappele_pour: str = ""
    discret: bool = False
    titre: str = ""

    @property
    def a_rappeler(self) -> bool:
        """Nul n'a rappelé cette date-là à la personne."""
        return self.rappele_pour != self.creneau.jour.isoformat()


class LigneDAgenda(Struct, frozen=True, gc=False):
    """Un créneau pris. Sans ``rendez_vous`` : « occupé », et rien d'autre."""

    creneau: Creneau
    occupation: str
    rendez_vous: RendezVous | None = None


class Conflit(Struct, frozen=True, gc=False):
    """Deux créneaux pris en même temps, gardés tous deux : une personne choisit."""

    un: LigneDAgenda
    autre: LigneDAgenda
