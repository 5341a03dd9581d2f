"""Ce que l'agent vient de répondre, en attente d'être durable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from modele.dossier.retours import Retours


class Ecriture:
    """Des réponses à écrire, dans quel dossier, et ce qui s'annulera ensuite ; deux pareilles restent deux."""

    __slots__ = ("dossier", "retours", "valeurs")

    def __init__(self, dossier: str, valeurs: dict[str, Any], retours: Retours) -> None:
        self.dossier, self.valeurs, self.retours = dossier, valeurs, retours
