"""Ce qu'un côté, Perron ou la référence, tient par seconde."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Debits:
    """Trois débits, mesurés du client : la dernière réponse lue et comprise arrête la montre.

    ``montee`` : dossiers par seconde, première montée. ``descente`` : dossiers par seconde, première descente.
    ``retouches`` : modifications par seconde, une par requête, chacune attendue avant la suivante.
    """

    montee: float
    descente: float
    retouches: float

    def meilleurs(self, autres: Debits) -> Debits:
        """Le meilleur de deux essais, débit par débit : le bruit de la machine ne fait que ralentir."""
        return Debits(
            max(self.montee, autres.montee),
            max(self.descente, autres.descente),
            max(self.retouches, autres.retouches),
        )
