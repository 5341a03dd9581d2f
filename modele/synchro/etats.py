"""Ce que l'écran montre de la synchronisation : des valeurs prêtes à dire, neutres pour un dossier discret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from modele.coffre.listes import EnAttente, EnQuarantaine
    from modele.dossier.acces import Geste


class Lien(StrEnum):
    """Où en est le poste avec le registre."""

    SANS_REGISTRE = "sans_registre"
    JAMAIS_JOINT = "jamais_joint"
    EN_LIGNE = "en_ligne"
    HORS_LIGNE = "hors_ligne"
    REVOQUE = "revoque"
    TROP_ANCIEN = "trop_ancien"


@dataclass(frozen=True, slots=True)
class EtatEnvois:
    """La boîte d'envoi en un coup d'œil. ``panne`` : la phrase du dernier échec, vide si tout va.

    ``prochain`` : quand le poste réessaie. ``ecart_horloge`` : montre du poste moins celle du registre.
    ``absents`` : postes qui ne sont pas revenus depuis que le registre a été restauré ; leurs dossiers ne se trouvent
    pas encore depuis un autre guichet. ``de_cote`` : dossiers de ce poste que ce registre n'a pas encore repris.
    ``a_confirmer`` : ce coffre vient d'une copie, et tout s'y montre discret jusqu'à ce que le registre réponde.
    ``portee`` : sans nouvelles du registre, ce poste n'ouvrira bientôt plus (une phrase) ; vide s'il n'y a rien à dire.
    """

    lien: Lien
    registre: str = ""
    guichet: str = ""
    attente: tuple[EnAttente, ...] = ()
    quarantaine: tuple[EnQuarantaine, ...] = ()
    divergences: int = 0
    doublons: int = 0
    dernier_echange: datetime | None = None
    prochain: datetime | None = None
    ecart_horloge: timedelta = timedelta()
    panne: str = ""
    absents: int = 0
    de_cote: int = 0
    a_confirmer: bool = False
    portee: str = ""

    @property
    def depuis(self) -> datetime | None:
        """La plus ancienne saisie qui attend."""
        return min((un.depuis for un in self.attente), default=None)


@dataclass(frozen=True, slots=True)
class PropositionMontree:
    """Une valeur en présence. ``ici`` : saisie sur ce poste. ``en_vigueur`` : celle que tout le monde lit aujourd'hui.

    ``valeurs`` : chemin de champ vers valeur ; vide, retirer. ``qui`` vide : personne n'a eu à le dire.
    """

    valeurs: Mapping[str, Any]
    en_vigueur: bool
    ici: bool
    qui: str
    poste: str
    guichet: str
    quand: datetime | None


@dataclass(frozen=True, slots=True)
class DivergenceMontree:
    """Une chose que deux postes ont dite autrement, à trancher par une personne. ``base`` : ce qu'il y avait avant.

    ``genre`` : de quel objet, dont les mots dépendent.
    """

    dossier: str
    titre: str
    unite: str
    propositions: tuple[PropositionMontree, ...]
    base: Mapping[str, Any] = field(default_factory=dict)
    # Écrit ici : ce module se lit avant la première image, et celui qui le nomme en charge de lourds.
    genre: str = "dossier"


@dataclass(frozen=True, slots=True)
class LecteurMontre:
    """Qui a vu un dossier, d'où, quand, par quel geste."""

    qui: str
    poste: str
    guichet: str
    quand: datetime
    geste: Geste
