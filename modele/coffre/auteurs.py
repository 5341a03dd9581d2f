"""Au titre de quels rôles on écrit ici, et ce qu'ils permettent. Dans la transaction qu'on donne.

Un poste enrôlé connaît ses rôles, et les écrit dans ses opérations. Un poste qui les ignore (jamais enrôlé, ou par une
version d'avant) laisse faire ce que font les rôles ``sans_registre`` et n'écrit aucun rôle : le registre jugera ses
opérations avec ceux qu'il lui aura donnés. Le lieu d'un objet, seul le registre le connaît : ici, tout est à portée.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from modele.coffre.journaux import reglage
from modele.droits import Action, Auteur
from modele.genres import livres
from modele.regles.fautes import ErreurUtilisateur

ROLES_DU_POSTE: Final = "registre.roles"
"""Le réglage où la synchronisation retient les rôles de ce poste, séparés par une espace."""
_ROLE_ABSENT: Final = (
    "Ce poste n'a pas le rôle « {} ». Reprenez sous votre rôle, ou demandez à l'administrateur du registre de relier "
    "ce poste avec ce rôle."
)
_DROIT: Final = "Votre rôle ne permet pas ce geste. Demandez à une personne qui a ce rôle de le faire."


def exiger(connexion: Connection, auteur: Auteur, genre: str, *actions: Action) -> Auteur:
    """L'auteur tel que l'opération le dira, s'il a le droit de faire tout cela d'un objet de ce genre.

    Lève ``ErreurUtilisateur`` : un rôle que ce poste n'a pas, ou une action qu'aucun de ses rôles ne permet.
    """
    qui = _situer(connexion, auteur)
    if not all(_permis(qui, genre, action) for action in actions):
        raise ErreurUtilisateur(_DROIT)
    return qui


def permet(connexion: Connection, auteur: Auteur, genre: str, action: Action) -> bool:
    """L'auteur a-t-il ce droit ? Lève ``ErreurUtilisateur`` s'il dit un rôle que ce poste n'a pas."""
    return _permis(_situer(connexion, auteur), genre, action)


def _situer(connexion: Connection, auteur: Auteur) -> Auteur:
    """L'auteur avec les rôles qu'il dit ou, s'il n'en dit pas, ceux de son poste ; aucun si le poste les ignore."""
    du_poste = tuple(reglage(connexion, ROLES_DU_POSTE).split())
    for role in auteur.roles:
        if role not in (du_poste or livres().droits.sans_registre):
            declare = livres().droits.roles.get(role)
            raise ErreurUtilisateur(_ROLE_ABSENT.format(declare.nom if declare else role))
    return Auteur(auteur.nom, auteur.roles or du_poste)


def _permis(qui: Auteur, genre: str, action: Action) -> bool:
    droits = livres().droits
    return droits.permet(qui.roles or droits.sans_registre, genre, action)
