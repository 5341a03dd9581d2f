"""« Jamais la même demi-journée ni le même lieu que… » : ce qu'un rendez-vous discret rend indisponible à un autre.

Ce qui voyage ne nomme ni l'un ni l'autre : qui tient l'autre dossier le reconnaît à son empreinte, nul autre n'en tire
rien.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from modele.rendez_vous.creneaux import Creneau


@dataclass(frozen=True, slots=True)
class Evitement:
    """Ces demi-journées ne sont pas libres ; ``lieu`` : ni ce lieu, quel que soit le jour (vide : tous le sont)."""

    demi_journees: frozenset[tuple[date, bool]]
    lieu: str = ""

    @classmethod
    def de(cls, creneau: Creneau, *, meme_lieu: bool) -> Evitement:
        """Ce que ce créneau fait éviter."""
        return cls(creneau.demi_journees, creneau.lieu if meme_lieu else "")

    def exclut(self, autre: Creneau) -> bool:
        """Ce créneau-là est-il indisponible ?"""
        return bool((self.lieu and autre.lieu == self.lieu) or autre.demi_journees & self.demi_journees)


def evites(creneaux: Iterable[Creneau], evitements: Iterable[Evitement]) -> Iterator[Creneau]:
    """Ceux qu'aucun évitement n'exclut."""
    tous = tuple(evitements)
    return (un for un in creneaux if not any(evitement.exclut(un) for evitement in tous))


def empreinte(dossier: str, sel: str) -> str:
    """L'empreinte d'un dossier sous ce sel, propre à un objet : deux objets pour lui ne se ressemblent pas."""
    return f"{sel}:{blake2b(dossier.encode(), key=sel.encode()[:64], digest_size=16).hexdigest()}"


def designe(ecrite: str, dossier: str) -> bool:
    """Cette empreinte est celle de ce dossier."""
    sel, separe, _ = ecrite.partition(":")
    return bool(separe and sel) and empreinte(dossier, sel) == ecrite
