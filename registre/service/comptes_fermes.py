"""Fermer un compte au registre, le rouvrir, dire combien de jours un compte vit hors de portée : qui administre.

À son prochain contact, le poste ferme le compte à son tour ; d'ici là, ce qui s'y fait sous ce nom est refusé.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.dialects import postgresql

from modele.genres import livres
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import vouliez_vous
from registre.base.moteur import lecture, unite_de_travail
from registre.base.schema import compteur, fermeture, poste
from registre.service.administration import exiger_territoire
from registre.service.comptes import JOURS, Vie, du_poste, jours

_JOURS_AU_PLUS: Final = 365


@dataclass(frozen=True, slots=True)
class CompteTenu:
    """Un compte d'un poste, pour qui administre. ``ferme_ici`` : au registre, et non par le poste."""

    poste: str
    nom: str
    roles: tuple[str, ...]
    ferme: bool
    ferme_ici: bool
    fermetures: tuple[tuple[datetime, datetime | None], ...]

    @property
    def administre(self) -> bool:
        """Vrai s'il est ouvert et tient les comptes de son poste."""
        libre = not (self.ferme or self.ferme_ici)
        return libre and not set(self.roles).isdisjoint(livres().droits.tiennent_les_comptes)


def lister(moteur: Engine, territoire: str) -> list[CompteTenu]:
    """Les comptes de tous les postes actifs, par poste puis par nom. Lève ``ErreurUtilisateur`` : territoire."""

    def lire(connexion: Connection) -> list[CompteTenu]:
        exiger_territoire(connexion, territoire)
        actifs = select(poste.c.id).where(poste.c.territoire == territoire, poste.c.revoque_le.is_(None))
        postes = connexion.execute(actifs.order_by(poste.c.enrole_le, poste.c.id)).scalars().all()
        return [un for lequel in postes for un in _du_poste(connexion, territoire, lequel)]

    return lecture(moteur, lire)


def fermer(moteur: Engine, territoire: str, lequel: str, nom: str, maintenant: datetime) -> bool:
    """Ferme ce compte au registre ; faux s'il l'était déjà. Lève ``ErreurUtilisateur`` : poste, nom, le dernier."""
    return unite_de_travail(
        moteur, partial(_fermer, territoire=territoire, lequel=lequel, nom=nom, maintenant=maintenant)
    )


def rouvrir(moteur: Engine, territoire: str, lequel: str, nom: str, maintenant: datetime) -> bool:
    """Lève la fermeture ; faux s'il n'y en avait pas. Le poste le rouvre ensuite, avec son code de secours."""

    def lever(connexion: Connection) -> bool:
        _exiger(connexion, territoire, lequel, nom)
        ici = (fermeture.c.territoire == territoire, fermeture.c.poste == lequel, fermeture.c.nom == nom)
        levees = update(fermeture).where(*ici, fermeture.c.rouvert_le.is_(None)).values(rouvert_le=maintenant)
        return connexion.execute(levees).rowcount > 0

    return unite_de_travail(moteur, lever)


def regler_les_jours(moteur: Engine, territoire: str, combien: int) -> None:
    """Combien de jours un compte de ce territoire vit hors de portée. Lève ``ErreurUtilisateur``."""
    if not 1 <= combien <= _JOURS_AU_PLUS:
        raise ErreurUtilisateur(f"Entre 1 et {_JOURS_AU_PLUS} jours : au-delà, un ordinateur perdu s'ouvrirait encore.")

    def poser(connexion: Connection) -> None:
        exiger_territoire(connexion, territoire)
        pose = postgresql.insert(compteur).values(territoire=territoire, nom=JOURS, valeur=combien)
        connexion.execute(pose.on_conflict_do_update(index_elements=["territoire", "nom"], set_={"valeur": combien}))

    unite_de_travail(moteur, poser)


def jours_dits(moteur: Engine, territoire: str) -> int:
    """Combien de jours ce territoire a dits ; 0 s'il n'en a pas dit."""
    return lecture(moteur, partial(jours, territoire=territoire))


def _fermer(connexion: Connection, territoire: str, lequel: str, nom: str, maintenant: datetime) -> bool:
    # Le poste d'abord, verrouillé : un lot en cours est jugé avant, ou après.
    ici = (poste.c.territoire == territoire, poste.c.id == lequel)
    connexion.execute(select(poste.c.id).where(*ici).with_for_update(key_share=True))
    voulu = _exiger(connexion, territoire, lequel, nom)
    if voulu.ferme_ici:
        return False
    autres = (un for un in _du_poste(connexion, territoire, lequel) if un.nom != nom)
    if voulu.administre and not any(un.administre for un in autres):
        raise ErreurUtilisateur(
            f"{nom} est le dernier administrateur de ce poste : sans lui, personne n'y rouvrirait un compte. Donnez "
            "d'abord ce rôle à un autre, sur le poste ; s'il y a urgence, révoquez le poste (python -m registre "
            f"revoquer {lequel})."
        )
    ligne = {"territoire": territoire, "poste": lequel, "nom": nom, "ferme_le": maintenant}
    connexion.execute(insert(fermeture).values(ligne))
    return True


def _du_poste(connexion: Connection, territoire: str, lequel: str) -> list[CompteTenu]:
    vies = du_poste(connexion, territoire, lequel).vies
    return [_tenu(lequel, nom, vies[nom]) for nom in sorted(vies, key=str.casefold)]


def _tenu(lequel: str, nom: str, vie: Vie) -> CompteTenu:
    dernier = vie.etats[-1]
    return CompteTenu(
        lequel, nom, tuple(dernier.roles), dernier.ferme, vie.ferme_ici, tuple(sorted(vie.fermetures, key=_debut))
    )


def _debut(fermee: tuple[datetime, datetime | None]) -> datetime:
    return fermee[0]


def _exiger(connexion: Connection, territoire: str, lequel: str, nom: str) -> CompteTenu:
    exiger_territoire(connexion, territoire)
    siens = {un.nom: un for un in _du_poste(connexion, territoire, lequel)}
    if nom not in siens:
        raise ErreurUtilisateur(
            f"Le poste {lequel} n'a pas déclaré de compte « {nom} »{vouliez_vous(nom, list(siens)) or '.'} "
            "(Voir : python -m registre comptes lister.)"
        )
    return siens[nom]
