"""À portée du registre : sur un poste enrôlé, un compte qui en reste trop longtemps loin n'ouvre plus.

Un ordinateur perdu ou volé, ou un compte fermé au registre et qui évite de l'apprendre, ne se lit pas longtemps. Un
poste jamais enrôlé n'a pas cette limite. Le dernier instant vu se retient : reculer l'horloge ne prolonge rien.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from modele.coffre import auteurs, journaux
from modele.coffre.enveloppes import lire_trousseau
from modele.dossier.acces import Acces
from modele.dossier.codes import relire_code_secours
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

if TYPE_CHECKING:
    from modele.coffre.base import Base

JOURS: Final = 7
"""Combien de jours, si ni le registre ni un administrateur n'en disent d'autres."""
JOURS_AU_PLUS: Final = 365
_ENROLE: Final = "registre.adresse"
_CONTACT: Final = "portee.contact"
_VU: Final = "portee.vu"
_DU_REGISTRE: Final = "portee.jours_du_registre"
_DU_POSTE: Final = "portee.jours_du_poste"
_DIT: Final = "portee.registre_dit"
_PREVENIR: Final = timedelta(days=2)
_UN_JOUR: Final = timedelta(days=1)
_HORS_DE_PORTEE: Final = (
    "Ce poste n'a pas joint le registre depuis le {:%d/%m/%Y}. Passé {} jours, aucun compte ne s'y ouvre : un "
    "ordinateur perdu ne doit pas se lire longtemps. Rien n'est perdu, et ce qui attend de partir est entier. "
    "Joignez le registre ; sans réseau, écrivez le fichier scellé et lisez ici son reçu ; sinon, un administrateur de "
    "ce poste le rouvre avec le code de secours."
)
_BIENTOT: Final = (
    "Ce poste n'a pas joint le registre depuis le {:%d/%m/%Y}. Sans nouvelles de lui, aucun compte ne s'ouvrira plus "
    "ici après le {:%d/%m/%Y à %H:%M}. Reliez le poste au réseau, ou faites porter le fichier scellé (« Envois »)."
)
_NOMBRE: Final = f"Entre 1 et {JOURS_AU_PLUS} jours : au-delà, un ordinateur perdu s'ouvrirait encore."
_PAS_ADMINISTRATEUR: Final = (
    "Ce poste est resté trop longtemps hors de portée du registre : seul un administrateur de ce poste le rouvre, sous "
    "son nom et avec le code de secours."
)


class HorsDePortee(ErreurUtilisateur):
    """Le mot de passe est juste, mais ce poste n'a pas joint le registre depuis trop longtemps."""


@dataclass(frozen=True, slots=True)
class Portee:
    """Où en est un poste enrôlé : son dernier contact, ce qu'il a de jours, et maintenant (jamais avant le déjà vu)."""

    contact: datetime
    jours: int
    maintenant: datetime

    @property
    def jusqu_au(self) -> datetime:
        """Quand ses comptes n'ouvriront plus."""
        return self.contact + self.jours * _UN_JOUR

    @property
    def passee(self) -> bool:
        """Vrai si plus aucun compte n'ouvre."""
        return self.maintenant > self.jusqu_au

    @property
    def bientot(self) -> bool:
        """Vrai s'il faut prévenir : les deux derniers jours, ou le dernier tiers d'un délai plus court."""
        return self.jusqu_au - self.maintenant <= min(_PREVENIR, self.jours * _UN_JOUR / 3)

    def dire(self) -> str:
        """Pourquoi rien ne s'ouvre, ou ce qui va arriver ; vide s'il n'y a rien à dire."""
        if self.passee:
            return _HORS_DE_PORTEE.format(self.contact.astimezone(), self.jours)
        return _BIENTOT.format(self.contact.astimezone(), self.jusqu_au.astimezone()) if self.bientot else ""


def lire(connexion: Connection, quand: datetime) -> Portee | None:
    """Où en est ce poste ; rien s'il n'est pas enrôlé, ou ne l'était pas à la dernière ouverture."""
    contact = _instant(connexion, _CONTACT)
    if contact is None or not journaux.reglage(connexion, _ENROLE):
        return None
    return Portee(contact, _jours(connexion), max(quand, _instant(connexion, _VU) or quand))


def voir(connexion: Connection, quand: datetime) -> None:
    """Retient cet instant, s'il est le dernier vu. Un poste enrôlé par une version d'avant compte d'aujourd'hui."""
    vu = _instant(connexion, _VU)
    if vu is None or vu < quand:
        journaux.regler(connexion, _VU, quand.isoformat())
    if journaux.reglage(connexion, _ENROLE) and _instant(connexion, _CONTACT) is None:
        journaux.regler(connexion, _CONTACT, quand.isoformat())


def exiger(connexion: Connection, quand: datetime) -> None:
    """Lève ``HorsDePortee`` si ce poste est enrôlé et n'a pas joint le registre depuis trop longtemps."""
    portee = lire(connexion, quand)
    if portee is not None and portee.passee:
        raise HorsDePortee(portee.dire())


def joindre(connexion: Connection, quand: datetime) -> None:
    """Le registre vient de répondre, ou un administrateur de rouvrir : le délai repart de cette heure-ci.

    Le déjà vu aussi : une horloge qui avait avancé par erreur ne ferme pas un poste pour toujours.
    """
    for reglage in (_CONTACT, _VU):
        journaux.regler(connexion, reglage, quand.isoformat())


def noter_le_recu(connexion: Connection, ecrit_le: datetime, quand: datetime) -> None:
    """Le reçu d'un paquet vaut contact à l'instant où le registre l'a écrit : relu plus tard, il ne prolonge rien."""
    portee = lire(connexion, quand)
    if portee is not None and portee.contact < ecrit_le:
        journaux.regler(connexion, _CONTACT, min(ecrit_le, portee.maintenant).isoformat())


def est_plus_recent(connexion: Connection, instant: datetime) -> bool:
    """Vrai, et retenu, si le registre n'a rien dit des comptes après cet instant (le sien)."""
    dit = _instant(connexion, _DIT)
    if dit is not None and instant < dit:
        return False
    journaux.regler(connexion, _DIT, instant.isoformat())
    return True


def regler_du_registre(connexion: Connection, jours: int) -> None:
    """Ce que le registre dit du délai ; 0 : rien."""
    if 0 <= jours <= JOURS_AU_PLUS:
        journaux.regler(connexion, _DU_REGISTRE, str(jours))


def reprendre_par_secours(connexion: Connection, administre: bool, nom: str, quand: datetime) -> None:
    """Le code de secours rend un mot de passe : hors de portée, à un administrateur seulement, et cela rouvre.

    Lève ``HorsDePortee`` pour un autre compte.
    """
    portee = lire(connexion, quand)
    if portee is None or not portee.passee:
        return
    if not administre:
        raise HorsDePortee(_PAS_ADMINISTRATEUR)
    _rouvrir(connexion, nom, quand)


def _rouvrir(connexion: Connection, nom: str, quand: datetime) -> None:
    joindre(connexion, quand)
    journaux.noter(connexion, nom, quand, Acces.PORTEE_ROUVERTE, None)


class Portees:
    """La portée d'un coffre ouvert ; chaque méthode est une transaction. Sûr entre fils."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def lire(self) -> Portee | None:
        """Où en est ce poste ; rien s'il n'est pas enrôlé."""
        with self._base.lecture() as connexion:
            return lire(connexion, self._horloge())

    def voir(self) -> None:
        """Retient l'heure qu'il est."""
        with self._base.ecriture() as connexion:
            voir(connexion, self._horloge())

    def joindre(self) -> None:
        """Le registre vient de répondre à ce poste."""
        with self._base.ecriture() as connexion:
            joindre(connexion, self._horloge())

    def noter_le_recu(self, ecrit_le: datetime) -> None:
        """Un reçu de paquet, que le registre a signé et écrit à cet instant."""
        with self._base.ecriture() as connexion:
            noter_le_recu(connexion, ecrit_le, self._horloge())

    def regler_les_jours(self, jours: int, auteur: Auteur) -> None:
        """Un administrateur dit le délai ; celui du registre, s'il est plus court, l'emporte. ``ErreurUtilisateur``."""
        with self._base.ecriture() as connexion:
            auteurs.exiger_de_tenir_les_comptes(connexion, auteur)
            if not 1 <= jours <= JOURS_AU_PLUS:
                raise ErreurUtilisateur(_NOMBRE)
            journaux.regler(connexion, _DU_POSTE, str(jours))
            journaux.noter(connexion, auteur.nom, self._horloge(), Acces.PORTEE_REGLEE, None, str(jours))

    def rouvrir(self, code: str, auteur: Auteur) -> None:
        """Un administrateur rouvre le poste, avec le code de secours. Lève ``ErreurUtilisateur``."""
        with self._base.ecriture() as connexion:
            auteurs.exiger_de_tenir_les_comptes(connexion, auteur)
            lire_trousseau(self._base.chemin).ouvrir_par_secours(relire_code_secours(code))
            _rouvrir(connexion, auteur.nom, self._horloge())


def _jours(connexion: Connection) -> int:
    """Le plus court de ce que disent le registre et un administrateur du poste."""
    dits = [int(journaux.reglage(connexion, reglage, "0")) for reglage in (_DU_REGISTRE, _DU_POSTE)]
    return min((jours for jours in dits if jours), default=JOURS)


def _instant(connexion: Connection, reglage: str) -> datetime | None:
    ecrit = journaux.reglage(connexion, reglage)
    return datetime.fromisoformat(ecrit) if ecrit else None
