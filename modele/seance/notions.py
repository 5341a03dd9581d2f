"""Ce qui se saisit d'une séance : ses clés sont celles du fichier de la commande et, plus tard, de l'objet gardé.

Nulle clé n'y porte une note d'élu, une lettre de L441-1, un nom de candidat : ce qui n'a pas de place ne s'écrit pas.
"""

from __future__ import annotations

from datetime import date

import msgspec


class Ecrit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Une clé qu'on n'attend pas est une faute."""


class Reglement(Ecrit, frozen=True):
    """Ce que dit le règlement intérieur de ce bailleur (CCH R441-9 IV). Vide : non saisi, donc montré manquant."""

    nom: str = ""
    adopte_le: date | None = None
    quorum: int | None = None
    notification_jours: int | None = None
    reponse_jours: int | None = None


class Membre(Ecrit, frozen=True):
    """Qui est convoqué. ``nom`` : la personne qui siège ; ``locataires`` : il représente les locataires."""

    qualite: str
    nom: str
    present: bool = False
    preside: bool = False
    locataires: bool = False


class Verifie(Ecrit, frozen=True):
    """Qui l'a vérifié, et quand : une priorité (jamais à quel titre, pour personne), ou l'accord de la personne."""

    par: str
    le: date


class Retrait(Ecrit, frozen=True):
    """La personne n'est plus candidate à ce logement."""

    le: date
    motif: str


class Propose(Ecrit, frozen=True):
    """Une demande proposée. ``designe_par`` : qui l'a désignée ; ``motif`` : pourquoi hors de l'ordre de la grille.

    ``prefet_le`` : désignée par le préfet au titre du droit opposable. ``effet`` : ce que sa venue changerait dans une
    résidence suivie. ``accord`` : hors du secteur demandé, qui a vu avec la personne que ce logement peut lui aller.
    ``numero`` : sans numéro unique au dossier, qui a vérifié que la demande est enregistrée.
    """

    dossier: str
    designe_par: str
    motif: str = ""
    prefet_le: date | None = None
    priorite: Verifie | None = None
    accord: Verifie | None = None
    numero: Verifie | None = None
    retrait: Retrait | None = None
    effet: str = ""


class Dispense(Ecrit, frozen=True):
    """L'exception légale choisie, quand moins de trois demandes sont examinées."""

    genre: str
    motif: str


class Residence(Ecrit, frozen=True):
    """La résidence à enjeu prioritaire de mixité sociale où est ce logement, et la liste qui le dit."""

    nom: str
    convention: str
    liste_le: date


class Ailleurs(Ecrit, frozen=True):
    """Le logement proposé hors d'une telle résidence, ou qui suivra le premier vacant, et depuis quand."""

    logement: str = ""
    suivi_par: str = ""


class Decision(Ecrit, frozen=True):
    """Ce qui est décidé d'un candidat. ``hors_ordre`` : pourquoi la décision quitte l'ordre de la grille."""

    dossier: str
    genre: str
    motif: str
    rang: int | None = None
    hors_ordre: str = ""
    motif_legal: str = ""
    piece: str = ""
    piece_le: date | None = None
    ailleurs: Ailleurs | None = None


class Reponse(Ecrit, frozen=True):
    """Ce que répond qui a reçu l'offre. ``adapte`` : l'offre tenait compte de ses besoins, constaté.

    ``remise_le`` : le jour où l'offre lui a été remise, d'où court le délai ; un silence ne se date pas sans lui.
    """

    dossier: str
    reponse: str
    le: date
    remise_le: date | None = None
    motif: str = ""
    adapte: bool | None = None


class Seance(Ecrit, frozen=True):
    """Une séance, pour un logement."""

    commission: str
    bailleur: str
    tenue_le: date
    membres: tuple[Membre, ...]
    candidats: tuple[Propose, ...]
    lieu: str = ""
    reglement: Reglement = Reglement()
    dispense: Dispense | None = None
    residence: Residence | None = None
    decisions: tuple[Decision, ...] = ()
    reponses: tuple[Reponse, ...] = ()

    @property
    def examines(self) -> tuple[Propose, ...]:
        """Les candidats que la commission examine : un candidat retiré ne l'est pas."""
        return tuple(un for un in self.candidats if un.retrait is None)

    @property
    def decidees(self) -> dict[str, Decision]:
        """Par dossier, ce qui en est décidé."""
        return {une.dossier: une for une in self.decisions}
