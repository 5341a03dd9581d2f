"""Après une restauration, les postes qui ne sont pas revenus : ce qu'ils ont dit depuis la sauvegarde manque encore.

``registre.base.sauvegarde`` les dit tous attendus. L'un d'eux a pu rendre un dossier discret : tant qu'il n'a pas tout
renvoyé, ses dossiers ne se trouvent ni ne s'ouvrent depuis un autre guichet ; et qui cherche doit savoir que sa réponse
n'est pas entière.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, Connection, exists, func, select, update

from registre.base.schema import dossier, perimetre, poste
from registre.service.jetons import Porteur
from registre.service.refus import refuser

_EN_RETRAIT: Final = (
    "Le registre a été restauré, et un poste qui tient ce dossier ne s'est pas encore reconnecté : il s'ouvrira après. "
    "D'ici là, appelez le guichet qui le tient."
)
_ATTENDU: Final = (poste.c.attendu.is_(True), poste.c.revoque_le.is_(None))


def revenir(connexion: Connection, porteur: Porteur) -> None:
    """Ce poste lit la base restaurée : il a d'abord renvoyé tout ce qu'elle avait perdu."""
    lui = (poste.c.territoire == porteur.territoire, poste.c.id == porteur.poste)
    connexion.execute(update(poste).where(*lui).values(attendu=False))


def absents(territoire: str) -> ColumnElement[int]:
    """Combien de postes de ce territoire sont attendus : à lire avec autre chose."""
    return select(func.count()).select_from(poste).where(poste.c.territoire == territoire, *_ATTENDU).scalar_subquery()


def en_retrait(territoire: str, sauf: str) -> ColumnElement[bool]:
    """Vrai pour un ``dossier`` qu'un poste attendu tient, et que le poste ``sauf`` ne tient pas."""
    tenu = select(perimetre).where(
        perimetre.c.territoire == territoire, perimetre.c.dossier == dossier.c.id, perimetre.c.sorti.is_(False)
    )
    par_un_attendu = tenu.join(poste, (poste.c.territoire == territoire) & (poste.c.id == perimetre.c.poste))
    ici = exists(tenu.where(perimetre.c.poste == sauf).correlate(dossier).subquery())
    return exists(par_un_attendu.where(*_ATTENDU).correlate(dossier).subquery()) & ~ici


def exiger_les_retours(connexion: Connection, porteur: Porteur, lequel: str) -> None:
    """Lève ``Refuse`` (503) si ce dossier est en retrait pour ce poste."""
    ici = (dossier.c.territoire == porteur.territoire, dossier.c.id == lequel)
    requete = select(dossier.c.id).where(*ici, en_retrait(porteur.territoire, porteur.poste))
    if connexion.execute(requete).first() is not None:
        raise refuser(503, "en_retrait", _EN_RETRAIT)
