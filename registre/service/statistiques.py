"""Les nombres d'un territoire, pour l'administrateur. Des comptes seulement : aucun dossier ne s'y lit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Engine, func, select

from modele.dossier.operations import DOSSIER
from registre.base.moteur import lecture
from registre.base.schema import dossier, guichet, operation, poste, referentiel, territoire
from registre.service.administration import exiger_territoire


@dataclass(frozen=True, slots=True)
class DuGuichet:
    """Les nombres d'un guichet. ``postes`` : non révoqués."""

    guichet: str
    postes: int
    dossiers: int


@dataclass(frozen=True, slots=True)
class Statistiques:
    """Les nombres d'un territoire. ``derniere`` : la réception la plus récente."""

    territoire: str
    sequence: int
    guichets: tuple[DuGuichet, ...]
    postes_revoques: int
    operations: int
    dossiers_purges: int
    referentiels: int
    derniere: datetime | None


def statistiques(moteur: Engine, ou: str) -> Statistiques:
    """Compte, à un même instant. Lève ``ErreurUtilisateur`` si le territoire n'est pas tenu ici."""
    return lecture(moteur, partial(_compter, ou=ou))


def _compter(connexion: Connection, ou: str) -> Statistiques:
    exiger_territoire(connexion, ou)
    recues = select(func.count(), func.max(operation.c.recue_le)).where(operation.c.territoire == ou)
    nombre, derniere = connexion.execute(recues).one()
    seq = connexion.execute(select(territoire.c.seq).where(territoire.c.territoire == ou)).scalar_one()
    revoques = select(func.count()).where(poste.c.territoire == ou, poste.c.revoque_le.is_not(None))
    purges = select(func.count()).where(
        dossier.c.territoire == ou, dossier.c.genre == DOSSIER, dossier.c.tombe == "purge"
    )
    noms = select(func.count(referentiel.c.nom.distinct())).where(referentiel.c.territoire == ou)
    return Statistiques(
        territoire=ou,
        sequence=seq,
        guichets=_par_guichet(connexion, ou),
        postes_revoques=connexion.execute(revoques).scalar_one(),
        operations=nombre,
        dossiers_purges=connexion.execute(purges).scalar_one(),
        referentiels=connexion.execute(noms).scalar_one(),
        derniere=derniere,
    )


def _par_guichet(connexion: Connection, ou: str) -> tuple[DuGuichet, ...]:
    postes = (
        select(poste.c.guichet, func.count())
        .where(poste.c.territoire == ou, poste.c.revoque_le.is_(None))
        .group_by(poste.c.guichet)
    )
    dossiers = (
        select(dossier.c.guichet, func.count())
        .where(dossier.c.territoire == ou, dossier.c.genre == DOSSIER, dossier.c.tombe.is_(None))
        .group_by(dossier.c.guichet)
    )
    des_postes: dict[str, int] = dict(connexion.execute(postes).all())
    des_dossiers: dict[str, int] = dict(connexion.execute(dossiers).all())
    noms = connexion.execute(select(guichet.c.id).where(guichet.c.territoire == ou).order_by(guichet.c.id)).scalars()
    return tuple(DuGuichet(nom, des_postes.get(nom, 0), des_dossiers.get(nom, 0)) for nom in noms)
