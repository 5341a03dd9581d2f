"""Ce qu'un côté, Perron ou la référence, tient par seconde."""

from __future__ import annotations

from dataclasses import dataclass, fields

RETOUCHES = 1000
UNE_A_UNE = 150
"""Moins que de retouches par lots : à ce rythme, un poste atteindrait le débit que le registre permet à un seul."""


@dataclass(frozen=True, slots=True)
class Debits:
    """Quatre débits, mesurés du client : la dernière réponse lue et comprise arrête la montre.

    ``montee`` : dossiers par seconde, première montée. ``descente`` : dossiers par seconde, première descente.
    ``retouches`` : modifications par seconde, par lots, comme chacun les envoie au mieux. ``une_a_une`` : une par
    requête, chacune attendue avant la suivante.
    """

    montee: float = 0
    descente: float = 0
    retouches: float = 0
    une_a_une: float = 0

    def meilleurs(self, autres: Debits) -> Debits:
        """Le meilleur de deux essais, débit par débit : le bruit de la machine ne fait que ralentir."""
        return Debits(*(max(getattr(self, un.name), getattr(autres, un.name)) for un in fields(self)))
