"""La table des droits : quel rôle fait quelle action, sur quel genre d'objet, dans quel périmètre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Action(StrEnum):
    """Ce qui se fait d'un objet.

    ``LIRE`` : le tenir. ``LIRE_DISCRET`` : le tenir quand il est discret. ``OUVRIR`` : demander à le tenir quand il est
    d'ailleurs. ``FONDRE`` : y fondre un autre objet du même genre. ``SUPPRIMER`` : ôter de son poste, et y rendre, ce
    que le registre n'a jamais reçu.
    """

    LIRE = "lire"
    LIRE_DISCRET = "lire_discret"
    CREER = "creer"
    MODIFIER = "modifier"
    FONDRE = "fondre"
    OUVRIR = "ouvrir"
    LEVER_LA_DISCRETION = "lever_la_discretion"
    SUPPRIMER = "supprimer"


class Perimetre(StrEnum):
    """Jusqu'où va un droit ; et, d'un objet, le plus petit cercle où il est avec l'auteur."""

    SOI = "soi"
    LIEU = "lieu"
    STRUCTURE = "structure"
    SEANCE = "seance"
    TERRITOIRE = "territoire"


_CONTIENT: Final[Mapping[Perimetre, frozenset[Perimetre]]] = {
    Perimetre.SOI: frozenset({Perimetre.SOI}),
    Perimetre.LIEU: frozenset({Perimetre.SOI, Perimetre.LIEU}),
    Perimetre.STRUCTURE: frozenset({Perimetre.SOI, Perimetre.LIEU, Perimetre.STRUCTURE}),
    # Une séance réunit des gens de plusieurs structures : elle ne contient qu'elle-même.
    Perimetre.SEANCE: frozenset({Perimetre.SEANCE}),
    Perimetre.TERRITOIRE: frozenset(Perimetre),
}


@dataclass(frozen=True, slots=True)
class Role:
    """Un rôle déclaré. ``sans_registre`` : l'agent d'un poste qui ignore ses rôles l'a.

    ``tient_les_comptes`` : il ouvre, ferme et change les comptes de son poste.
    """

    id: str
    nom: str
    definition: str
    sans_registre: bool = False
    tient_les_comptes: bool = False


@dataclass(frozen=True, slots=True)
class Droit:
    """Une ligne de la table."""

    role: str
    genre: str
    action: Action
    perimetre: Perimetre


class Table:
    """Les rôles et leurs droits. Ce qu'elle ne dit pas est refusé."""

    def __init__(self, roles: Mapping[str, Role], droits: Iterable[Droit]) -> None:
        self.roles = roles
        self.droits = tuple(droits)
        self.sans_registre = tuple(role.id for role in roles.values() if role.sans_registre)
        self.tiennent_les_comptes = tuple(role.id for role in roles.values() if role.tient_les_comptes)
        avec_droits = {droit.role for droit in self.droits}
        self.enrolables = tuple(role for role in roles if role in avec_droits)
        qui: dict[tuple[str, Action, Perimetre], set[str]] = defaultdict(set)
        for droit in self.droits:
            for ou in _CONTIENT[droit.perimetre]:
                qui[droit.genre, droit.action, ou].add(droit.role)
        self._qui = MappingProxyType({cle: frozenset(eux) for cle, eux in qui.items()})

    def permet(self, roles: Collection[str], genre: str, action: Action, ou: Perimetre = Perimetre.SOI) -> bool:
        """L'un de ces rôles fait-il cette action sur un objet de ce genre ? ``ou`` : où est l'objet pour l'auteur."""
        return not self.qui(genre, action, ou).isdisjoint(roles)

    def qui(self, genre: str, action: Action, ou: Perimetre) -> frozenset[str]:
        """Les rôles qui font cette action sur un objet de ce genre, s'il est là pour eux."""
        return self._qui.get((genre, action, ou), frozenset())
