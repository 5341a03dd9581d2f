"""Au titre de quels rôles on écrit ici, et ce qu'ils permettent. Dans la transaction qu'on donne.

Un poste enrôlé connaît ses rôles, et les écrit dans ses opérations. Un poste qui les ignore (jamais enrôlé, ou par une
version d'avant) laisse faire ce que font les rôles ``sans_registre`` et n'écrit aucun rôle : le registre jugera ses
opérations avec ceux qu'il lui aura donnés. Le lieu d'un objet, seul le registre le connaît : ici, tout est à portée.

Un compte qui a tous les rôles ``sans_registre`` a ceux de son poste, quels qu'ils soient. Un autre n'a que les siens,
parmi ceux du poste, et les écrit. Un compte fermé ne fait plus rien.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, false, not_, true

from modele.coffre import comptes, schema
from modele.coffre.journaux import reglage
from modele.dossier.operations import DOSSIER
from modele.droits import Action, Auteur, Perimetre
from modele.genres import livres
from modele.regles.fautes import ErreurUtilisateur

ROLES_DU_POSTE: Final = "registre.roles"
"""Le réglage où la synchronisation retient les rôles de ce poste, séparés par une espace."""
_ROLE_ABSENT: Final = (
    "Ce poste n'a pas le rôle « {} ». Reprenez sous votre rôle, ou demandez à l'administrateur du registre de relier "
    "ce poste avec ce rôle."
)
_COMPTE_SANS_ROLE: Final = (
    "Votre compte n'a pas le rôle « {} ». Reprenez sous votre rôle, ou demandez-le à un administrateur de ce poste."
)
_AUCUN_ROLE: Final = ("-",)
"""Aucun rôle déclaré : rien n'est permis. Une liste vide dirait ceux du poste."""
_TENIR_LES_COMPTES: Final = "Seul un administrateur de ce poste ouvre, ferme ou change un compte."
_DROIT: Final = "Votre rôle ne permet pas ce geste. Demandez à une personne qui a ce rôle de le faire."


def exiger(connexion: Connection, auteur: Auteur, genre: str, *actions: Action) -> Auteur:
    """L'auteur tel que l'opération le dira, s'il a le droit de faire tout cela d'un objet de ce genre.

    Lève ``ErreurUtilisateur`` : un rôle que ce poste n'a pas, ou une action qu'aucun de ses rôles ne permet.
    """
    qui = _situer(connexion, auteur)
    if not all(_permis(qui, genre, action) for action in actions):
        raise ErreurUtilisateur(_DROIT)
    return qui


def permet(connexion: Connection, auteur: Auteur, genre: str, action: Action, ou: Perimetre = Perimetre.SOI) -> bool:
    """L'auteur a-t-il ce droit d'un objet qui est là (``ou``) pour lui ? Lève ``ErreurUtilisateur`` : rôle absent."""
    return _permis(_situer(connexion, auteur), genre, action, ou)


def genres_lus(connexion: Connection, auteur: Auteur, *ou: Perimetre) -> frozenset[str]:
    """Les genres que l'auteur a le droit de lire ; aucun s'il dit un rôle qu'il n'a pas, ou si son compte est fermé.

    ``ou`` : où sont leurs objets pour lui, l'un ou l'autre ; sans rien, les siens.
    """
    try:
        qui = _situer(connexion, auteur)
    except ErreurUtilisateur:
        return frozenset()
    cercles = ou or (Perimetre.SOI,)
    return frozenset(
        genre for genre in livres().par_id if any(_permis(qui, genre, Action.LIRE, cercle) for cercle in cercles)
    )


def lisibles(connexion: Connection, agent: str | None) -> ColumnElement[bool]:
    """Les dossiers que les rôles de cet agent laissent lire, discrets ou non ; son compte fermé, aucun.

    À poser sur toute liste qui dit un dossier : compter ou nommer, c'est déjà lire. ``None`` : le code de secours.
    """
    auteur = Auteur(agent or "")
    try:
        if permet(connexion, auteur, DOSSIER, Action.LIRE_DISCRET):
            return true()
        return not_(schema.dossier.c.discret) if permet(connexion, auteur, DOSSIER, Action.LIRE) else false()
    except ErreurUtilisateur:
        return false()


def departage(connexion: Connection, agent: str | None) -> ColumnElement[bool]:
    """Ce que cet agent départage : d'un genre que ses rôles ne lisent pas, rien ne se montre ni ne se compte."""
    if agent is None:
        return lisibles(connexion, agent)
    tus = livres().par_id.keys() - genres_lus(connexion, Auteur(agent)) - {DOSSIER}
    return and_(lisibles(connexion, agent), schema.dossier.c.genre.not_in(sorted(tus)))


def exiger_de_tenir_les_comptes(connexion: Connection, auteur: Auteur) -> None:
    """Lève ``ErreurUtilisateur`` si l'auteur n'a pas de compte ouvert ici, ou qu'aucun de ses rôles ne les tient."""
    compte = comptes.trouver(connexion, auteur.nom)
    if compte is None or not compte.administre:
        raise ErreurUtilisateur(_TENIR_LES_COMPTES)


def _situer(connexion: Connection, auteur: Auteur) -> Auteur:
    """L'auteur avec les rôles qu'il dit ou, s'il n'en dit pas, les siens ; aucun s'ils sont ceux que le poste ignore.

    Lève ``ErreurUtilisateur`` : un rôle qu'il n'a pas, ou un compte fermé.
    """
    du_poste = tuple(reglage(connexion, ROLES_DU_POSTE).split())
    siens = _du_compte(connexion, auteur.nom, du_poste or livres().droits.sans_registre)
    for role in auteur.roles:
        if role not in (siens or du_poste or livres().droits.sans_registre):
            declare = livres().droits.roles.get(role)
            phrase = _COMPTE_SANS_ROLE if siens else _ROLE_ABSENT
            raise ErreurUtilisateur(phrase.format(declare.nom if declare else role))
    return Auteur(auteur.nom, auteur.roles or siens or du_poste)


def _du_compte(connexion: Connection, nom: str, du_poste: tuple[str, ...]) -> tuple[str, ...]:
    """Les rôles auxquels ce compte se restreint parmi ceux du poste ; vide s'il les a tous, ou sans compte."""
    if comptes.trouver(connexion, nom) is None:
        return ()
    roles = comptes.exiger_ouvert(connexion, nom).roles
    if set(livres().droits.sans_registre) <= set(roles):
        return ()
    return tuple(role for role in du_poste if role in roles) or _AUCUN_ROLE


def _permis(qui: Auteur, genre: str, action: Action, ou: Perimetre = Perimetre.SOI) -> bool:
    droits = livres().droits
    return droits.permet(qui.roles or droits.sans_registre, genre, action, ou)
