"""La chaîne d'un poste : où elle en est, ce qui la continue, et quand il faut ouvrir une époque nouvelle."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects import postgresql

from modele.protocole.messages import Refus
from registre.base.schema import chaine, operation
from registre.service.jetons import Porteur
from registre.service.refus import Refuse
from registre.service.verification import Recue

_MANQUE: Final = "Une opération manque entre ce que le registre a reçu et ce lot : le poste renvoie depuis le rang {}."
_NOUVELLE: Final = (
    "Ce poste a été restauré ou copié : le registre a déjà une autre suite. Le poste ouvre une époque nouvelle, "
    "et ce qui n'est pas parti repart par elle."
)

_ICI: Final = (chaine.c.territoire == bindparam("ou"), chaine.c.epoque == bindparam("laquelle"))
_PLACE: Final = select(chaine.c.poste, chaine.c.rang, chaine.c.tete).where(*_ICI).with_for_update()
_AVANCER: Final = update(chaine).where(*_ICI)


@dataclass(frozen=True, slots=True)
class Place:
    """Où en est une époque : son dernier rang reçu et l'empreinte de cette opération (aucune au rang 0)."""

    epoque: str
    rang: int
    tete: bytes | None


def tenir(connexion: Connection, porteur: Porteur, epoque: str) -> Place:
    """La place de l'époque, verrouillée jusqu'à la fin de la transaction ; une époque neuve est à qui l'envoie.

    Lève ``Refuse`` (409) si elle est à un autre poste, sans rien en dire.
    """
    ici = {"ou": porteur.territoire, "laquelle": epoque}
    ligne = connexion.execute(_PLACE, ici).one_or_none()
    if ligne is None:
        neuve = {"territoire": porteur.territoire, "epoque": epoque, "poste": porteur.poste, "rang": 0, "tete": None}
        connexion.execute(postgresql.insert(chaine).values(neuve).on_conflict_do_nothing())
        ligne = connexion.execute(_PLACE, ici).one()
    if ligne.poste != porteur.poste:
        raise Refuse(409, Refus("epoque_nouvelle", _NOUVELLE, epoque=epoque))
    return Place(epoque, ligne.rang, ligne.tete)


def exiger_la_suite(
    connexion: Connection, territoire: str, place: Place, recues: Sequence[Recue], connues: Container[str]
) -> None:
    """Lève ``Refuse`` (409) : rang manquant, ou une autre histoire que celle déjà reçue.

    ``connues`` : les identifiants des opérations du lot que le registre a déjà, par quelque époque que ce soit.
    """
    premier = recues[0].entete.rang
    if premier > place.rang + 1:
        attendu = place.rang + 1
        raise Refuse(409, Refus("rang_manquant", _MANQUE.format(attendu), epoque=place.epoque, attendu=attendu))
    deja = place.rang - premier + 1
    if not (_s_enchainent(place, recues, deja) and _memes(connexion, territoire, place, recues[:deja], connues)):
        raise _epoque_nouvelle(place)


def avancer(connexion: Connection, territoire: str, place: Place, derniere: Recue) -> None:
    """L'époque va jusqu'à ``derniere``, si elle n'y était pas déjà."""
    if derniere.entete.rang > place.rang:
        ici = {"ou": territoire, "laquelle": place.epoque}
        connexion.execute(_AVANCER, {**ici, "rang": derniere.entete.rang, "tete": derniere.citee})


def _s_enchainent(place: Place, recues: Sequence[Recue], deja: int) -> bool:
    """Chaque opération cite la précédente, et la tête connue est à sa place (``deja`` : combien sont déjà reçues)."""
    suivies = all(apres.entete.precedente == avant.citee.hex() for avant, apres in pairwise(recues))
    if deja == 0:
        return suivies and recues[0].entete.precedente == (place.tete.hex() if place.tete else None)
    return suivies and (len(recues) < deja or recues[deja - 1].citee == place.tete)


def _memes(
    connexion: Connection, territoire: str, place: Place, recues: Sequence[Recue], connues: Container[str]
) -> bool:
    """Un rang déjà reçu l'est avec les mêmes octets ; celui qu'une autre époque porte, avec le même identifiant."""
    if not recues:
        return True
    requete = select(operation.c.rang, operation.c.entete).where(
        operation.c.territoire == territoire,
        operation.c.epoque == place.epoque,
        operation.c.rang.between(recues[0].entete.rang, recues[-1].entete.rang),
    )
    gardees = {ligne.rang: bytes(ligne.entete) for ligne in connexion.execute(requete)}
    return all(
        gardees[recue.entete.rang] == recue.octets if recue.entete.rang in gardees else recue.entete.id in connues
        for recue in recues
    )


def _epoque_nouvelle(place: Place) -> Refuse:
    tete = place.tete.hex() if place.tete else ""
    return Refuse(409, Refus("epoque_nouvelle", _NOUVELLE, epoque=place.epoque, attendu=place.rang + 1, tete=tete))
