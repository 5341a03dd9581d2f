"""Les contacts d'ici tels que l'écran les montre : ce qui manque d'abord, puis ce que le territoire dit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from modele.mots.ecriture import dire_date

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.territoire.modele import ContactLocal


@dataclass(frozen=True, slots=True)
class ContactMontre:
    """Un contact à montrer. ``dit`` : ce que le territoire en dit ; absent, il manque, et ``detail`` dit que faire."""

    id: str
    libelle: str
    detail: str
    dit: ContactLocal | None = None


def contacts_montres(regles: Regles) -> tuple[ContactMontre, ...]:
    """Ceux qui manquent, dans l'ordre déclaré, puis ceux que le territoire dit."""
    manquent = [ContactMontre(un.id, un.libelle, un.en_attendant) for un in regles.contacts_manquants]
    return (*manquent, *(ContactMontre(un.id, un.libelle, _detail(un), un) for un in regles.territoire.contacts))


def constat(montres: tuple[ContactMontre, ...]) -> str:
    """La phrase du haut."""
    combien = sum(un.dit is None for un in montres)
    if not combien:
        return "Tous les contacts attendus sont saisis. Revérifiez les plus anciens."
    pluriel = "s" if combien > 1 else ""
    return f"{combien} contact{pluriel} à saisir. En attendant, Perron donne un numéro du pays."


def _detail(contact: ContactLocal) -> str:
    verifie = contact.provenance.verifie_le
    quand = f"vérifié le {dire_date(verifie)}" if verifie else "numéro fictif" if contact.fictif else ""
    return ", ".join(filter(None, (contact.numero or contact.url, contact.horaires, quand)))
