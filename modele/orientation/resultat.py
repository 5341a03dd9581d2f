"""Ce que rend l'orientation : les voies retenues ou possibles, leurs gestes et leurs échéances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from modele.orientation.durees import Duree
from modele.orientation.suspensions import Suspension
from modele.regles.provenance import SANS_PROVENANCE, Provenance


class Urgence(StrEnum):
    """Quand agir. L'ordre d'écriture est l'ordre d'affichage."""

    IMMEDIATE = "immediate"
    JOUR = "jour"
    SEMAINE = "semaine"
    COURANTE = "courante"


class EtatEcheance(StrEnum):
    """Où en est une échéance un jour donné. ``PEUT_ETRE`` : la date prudente est passée, l'autre non, ou pas connue."""

    SANS_DATE = "sans_date"
    A_VENIR = "a_venir"
    PEUT_ETRE = "peut_etre_pas_perdu"
    PASSEE = "passee"


@dataclass(frozen=True, slots=True)
class Echeance:
    """Une échéance. ``le`` : agissez avant, ce jour compris ; ``None``, elle s'énonce seulement (``modele.mots``).

    ``fin_possible`` : le dernier jour de la lecture la plus tardive ; ``None`` : rien n'est jamais « passé ».
    ``autres`` : les dates où agir si un fait qu'on ignore donne un autre délai (3 ou 6 mois au préfet), après ``le``.
    ``delais`` : un délai par lecture ouverte, depuis ``depuis`` (la définition du point de départ, ou vide).
    ``suspension`` : ce qui arrête le délai ; tant qu'elle dure, rien n'est « passé ».
    ``sous_reserve`` : une exception l'ôterait, et on ne sait pas. ``acte`` : elle court d'un papier reçu.
    ``agir`` : c'est à la personne de faire quelque chose avant ; sinon, une réponse est attendue, ou un jour est dit.
    ``ensuite`` : quoi faire entre les deux dates ; ``apres`` : ce qui reste possible après la seconde.
    """

    id: str
    libelle: str
    delais: tuple[Duree, ...] = ()
    depuis: str = ""
    le: date | None = None
    fin_possible: date | None = None
    autres: tuple[date, ...] = ()
    suspension: Suspension | None = None
    confiance: str = "V"
    confiance_fin: str = "V"
    fondement: str = ""
    acte: bool = False
    agir: bool = False
    sous_reserve: bool = False
    ensuite: str = ""
    apres: str = ""

    @property
    def suspendue(self) -> bool:
        """Vrai si son délai est arrêté, et l'est encore."""
        return self.suspension is not None and self.suspension.en_cours

    def etat(self, jour: date) -> EtatEcheance:
        """Où elle en est ce ``jour`` : le jour même d'une date, il est encore temps."""
        if self.fin_possible is not None and self.fin_possible < jour and not self.suspendue:
            return EtatEcheance.PASSEE
        if self.le is None:
            return EtatEcheance.SANS_DATE
        return EtatEcheance.PEUT_ETRE if self.le < jour else EtatEcheance.A_VENIR


@dataclass(frozen=True, slots=True)
class Voie:
    """Une orientation retenue (``certaine``) ou possible ; ``a_demander`` : les faits qui trancheraient.

    ``menee`` : une réponse va vers elle. ``ferme`` : les fiches qui mèneraient ailleurs, et ne s'impriment plus.

    ``remplacees`` : les voies retenues qui ne se montrent plus, puisqu'elle est là ; ``heritees`` : celles d'entre
    elles qu'elle précise, dont elle reprend tout, et ce qui y fut noté vaut pour elle.
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
    menee: bool = True
    ferme: tuple[str, ...] = ()
    provenance: Provenance = SANS_PROVENANCE
    remplacees: tuple[str, ...] = ()
    heritees: tuple[str, ...] = ()
