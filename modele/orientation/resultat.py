"""Ce que rend l'orientation : les voies retenues ou possibles, leurs gestes et leurs échéances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from modele.regles.provenance import SANS_PROVENANCE, Provenance


class Urgence(StrEnum):
    """Quand agir. L'ordre d'écriture est l'ordre d'affichage."""

    IMMEDIATE = "immediate"
    JOUR = "jour"
    SEMAINE = "semaine"
    COURANTE = "courante"


@dataclass(frozen=True, slots=True)
class Echeance:
    """Une échéance : ``le`` si le point de départ est connu, sinon elle s'énonce seulement (``modele.mots.echeances``).

    ``mois`` et ``jours`` : le délai, depuis ``depuis`` (la définition du point de départ, ou vide).
    """

    id: str
    libelle: str
    mois: int = 0
    jours: int = 0
    depuis: str = ""
    le: date | None = None
    confiance: str = "V"

    def passee(self, jour: date) -> bool:
        """Vrai si sa date est avant ``jour`` : elle se dit passée, sans jamais disparaître."""
        return self.le is not None and self.le < jour


@dataclass(frozen=True, slots=True)
class Voie:
    """Une orientation retenue (``certaine``) ou possible ; ``a_demander`` : les faits qui trancheraient.

    ``remplacees`` : les voies retenues qu'elle précise, qui ne se montrent plus ; ce qui y fut noté vaut pour elle.
    """

    id: str
    libelle: str
    urgence: Urgence
    certaine: bool
    discret: bool
    gestes: tuple[str, ...] = ()
    a_dire: tuple[str, ...] = ()
    a_eviter: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    fiches: tuple[str, ...] = ()
    echeances: tuple[Echeance, ...] = ()
    a_demander: tuple[str, ...] = ()
    provenance: Provenance = SANS_PROVENANCE
    remplacees: tuple[str, ...] = ()
