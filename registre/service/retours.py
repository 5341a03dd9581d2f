"""Après une restauration : ce que les postes ont dit depuis la sauvegarde manque, jusqu'à ce qu'ils l'aient renvoyé.

``registre.base.sauvegarde`` les dit tous absents et attendus. L'un d'eux a pu rendre un dossier discret : tant qu'il en
manque un, rien ne se trouve ni ne s'ouvre depuis un poste qui ne le tient pas déjà, et qui cherche le sait. Et tant
qu'un autre n'est pas venu, une saisie sur un dossier inconnu attend au lieu d'être refusée : il l'apporte peut-être.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, Connection, exists, func, select, update

from modele.protocole.messages import REPRISE, Arret
from registre.base.schema import dossier, perimetre, poste
from registre.service.jetons import Porteur
from registre.service.refus import refuser

_EN_RETRAIT: Final = (
    "Le registre a été restauré, et tous les postes n'ont pas encore renvoyé ce qu'il a perdu : ce dossier s'ouvrira "
    "après. D'ici là, appelez le guichet qui le tient."
)
ATTENDRE: Final = Arret(
    REPRISE,
    "Le registre a été restauré, et un poste qui n'est pas encore revenu apporte peut-être ce dossier : cette saisie "
    "attend. Rien n'est perdu.",
    900,
)
_ATTENDU: Final = (poste.c.attendu.is_(True), poste.c.revoque_le.is_(None))


def revenir(connexion: Connection, porteur: Porteur, rendu: bool) -> None:
    """Ce poste lit la base restaurée ; ``rendu`` : il n'a plus rien à lui renvoyer."""
    lui = (poste.c.territoire == porteur.territoire, poste.c.id == porteur.poste)
    connexion.execute(update(poste).where(*lui).values(absent=False, attendu=not rendu))


def un_autre_viendra(connexion: Connection, porteur: Porteur) -> bool:
    """Vrai si un autre poste du territoire n'est pas encore revenu."""
    autres = (poste.c.territoire == porteur.territoire, poste.c.id != porteur.poste, poste.c.absent.is_(True))
    requete = select(poste.c.id).where(*autres, poste.c.revoque_le.is_(None)).limit(1)
    return connexion.execute(requete).first() is not None


def attendus(territoire: str) -> ColumnElement[int]:
    """Combien de postes de ce territoire sont attendus : à lire avec autre chose."""
    return select(func.count()).select_from(poste).where(poste.c.territoire == territoire, *_ATTENDU).scalar_subquery()


def en_reprise(territoire: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Vrai si un poste de ce territoire est attendu."""
    return exists(select(poste.c.id).where(poste.c.territoire == territoire, *_ATTENDU).subquery())


def en_retrait(porteur: Porteur) -> ColumnElement[bool]:
    """Vrai pour un ``dossier`` d'un autre guichet, ou que ce poste ne tient pas, tant qu'un poste est attendu."""
    tenu = select(perimetre.c.dossier).where(
        perimetre.c.territoire == porteur.territoire,
        perimetre.c.poste == porteur.poste,
        perimetre.c.dossier == dossier.c.id,
        perimetre.c.sorti.is_(False),
    )
    tenu_d_ici = exists(tenu.correlate(dossier).subquery()) & ~_d_ailleurs(porteur)
    return en_reprise(porteur.territoire) & ~tenu_d_ici


def _d_ailleurs(porteur: Porteur) -> ColumnElement[bool]:
    return (dossier.c.guichet != porteur.guichet) & (dossier.c.poste != porteur.poste)


def retenu(porteur: Porteur) -> ColumnElement[bool]:
    """Vrai, d'un ``dossier`` vivant du ``perimetre``, s'il est d'un autre guichet et qu'un poste est attendu.

    Là-bas, quelqu'un l'a peut-être rendu discret depuis la sauvegarde : ce poste n'en reçoit rien jusque-là.
    """
    vivant = perimetre.c.sorti.is_(False) & dossier.c.tombe.is_(None)
    return vivant & _d_ailleurs(porteur) & en_reprise(porteur.territoire)


def exiger_la_reprise_finie(connexion: Connection, porteur: Porteur, lequel: str) -> None:
    """Lève ``Refuse`` (503) si ce dossier est en retrait pour ce poste."""
    ici = (dossier.c.territoire == porteur.territoire, dossier.c.id == lequel)
    if connexion.execute(select(dossier.c.id).where(*ici, en_retrait(porteur))).first() is not None:
        raise refuser(503, "en_retrait", _EN_RETRAIT)
