"""Ce que l'agent vient de répondre, en attente d'être durable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from modele.dossier.retours import Retours
    from modele.droits import Auteur


class Ecriture:
    """Des réponses à écrire, dans quel dossier, par qui, et ce qui s'annulera ensuite ; deux pareilles restent deux.

    ``auteur`` : qui les a données. Un autre peut ouvrir le coffre avant qu'elles ne soient écrites.
    """

    __slots__ = ("auteur", "dossier", "retours", "valeurs")

    def __init__(self, dossier: str, valeurs: dict[str, Any], retours: Retours, auteur: Auteur) -> None:
        self.dossier, self.valeurs, self.retours, self.auteur = dossier, valeurs, retours, auteur
