"""Ce que chaque compte a été, et depuis quand : de quoi le dire au registre. Dans la transaction qu'on donne.

Un état ne s'efface jamais, et le dernier vaut. L'instant d'un état suit toujours celui d'avant, même si l'horloge a
reculé : sans cela, une fermeture se rangerait avant l'ouverture qu'elle ferme.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select
from uuid_utils import uuid7

from modele.coffre import schema
from modele.coffre.instants import en_utc
from modele.protocole.messages import EtatDeCompte

_ETAT: Final = schema.etat_de_compte.c
_ENSUITE: Final = timedelta(microseconds=1)


def noter(connexion: Connection, nom: str, roles: Sequence[str], ferme: bool, quand: datetime) -> None:
    """Ce compte est ainsi désormais ; sans effet s'il l'était déjà."""
    avant = dernier(connexion, nom)
    if avant is not None and (avant.roles, avant.ferme) == (tuple(roles), ferme):
        return
    depuis = quand if avant is None else max(quand, avant.depuis + _ENSUITE)
    _poser(connexion, [EtatDeCompte(str(uuid7()), nom, tuple(roles), depuis, ferme)])


def completer(connexion: Connection) -> None:
    """Les comptes d'avant le treizième schéma n'ont pas d'état : ils en reçoivent un, des dates qu'ils portent."""
    connus = select(_ETAT.nom).distinct()
    for ligne in connexion.execute(select(schema.compte).where(schema.compte.c.nom.not_in(connus))).all():
        roles = ligne.roles.split()
        noter(connexion, ligne.nom, roles, False, datetime.fromisoformat(ligne.ouvert_le))
        if ligne.ferme_le is not None:
            noter(connexion, ligne.nom, roles, True, datetime.fromisoformat(ligne.ferme_le))


def tous(connexion: Connection) -> list[EtatDeCompte]:
    """Tous les états, du plus ancien au plus récent."""
    return [_lire(ligne) for ligne in connexion.execute(select(schema.etat_de_compte).order_by(_ETAT.depuis, _ETAT.id))]


def dernier(connexion: Connection, nom: str) -> EtatDeCompte | None:
    """Ce qu'est ce compte aujourd'hui."""
    requete = select(schema.etat_de_compte).where(_ETAT.nom == nom).order_by(_ETAT.depuis.desc(), _ETAT.id.desc())
    ligne = connexion.execute(requete.limit(1)).first()
    return None if ligne is None else _lire(ligne)


def apprendre(connexion: Connection, etats: Sequence[EtatDeCompte]) -> list[EtatDeCompte]:
    """Garde ces états, venus du registre ; rend ce que sont désormais les comptes qu'ils nomment."""
    _poser(connexion, etats)
    derniers = (dernier(connexion, nom) for nom in sorted({etat.nom for etat in etats}))
    return [etat for etat in derniers if etat is not None]


def _poser(connexion: Connection, etats: Sequence[EtatDeCompte]) -> None:
    lignes = [
        {
            "id": etat.id,
            "nom": etat.nom,
            "roles": " ".join(etat.roles),
            "ferme": etat.ferme,
            "depuis": en_utc(etat.depuis),
        }
        for etat in etats
    ]
    if lignes:
        connexion.execute(insert(schema.etat_de_compte).prefix_with("OR IGNORE"), lignes)


def _lire(ligne: Row[Any]) -> EtatDeCompte:
    depuis = datetime.fromisoformat(ligne.depuis)
    return EtatDeCompte(ligne.id, ligne.nom, tuple(ligne.roles.split()), depuis, ligne.ferme)
