"""Ce que l'agent vient de répondre, en attente d'être durable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.dossier.chemins import Document
    from modele.dossier.retours import Retours
    from modele.droits import Auteur


class Ecriture:
    """Des réponses à écrire, dans quel dossier, par qui, et ce qui s'annulera ensuite ; deux pareilles restent deux.

    ``auteur`` : qui les a données. Un autre peut ouvrir le coffre avant qu'elles ne soient écrites.
    """

    __slots__ = ("auteur", "dossier", "retours", "valeurs")

    def __init__(self, dossier: str, valeurs: dict[str, Any], retours: Retours, auteur: Auteur) -> None:
        self.dossier, self.valeurs, self.retours, self.auteur = dossier, valeurs, retours, auteur

    def au_coffre(self, coffre: Coffre, suites: dict[str, str]) -> tuple[Document, bool]:
        """Le document écrit, et vrai ; ou tel qu'il est resté, et faux, si ces réponses ne s'y gardent pas.

        ``suites`` : le dossier qui a pris la suite d'un autre, d'une écriture à la suivante ; complété ici.
        """
        from modele.protection.mur import Ailleurs

        dossier = self.dossier
        while dossier in suites:
            dossier = suites[dossier]
        try:
            document = coffre.modifier(dossier, self.valeurs, self.auteur, retours=self.retours)
        except Ailleurs:
            return coffre.lire(dossier), False
        if document["id"] != dossier:
            suites[dossier] = document["id"]
        return document, True
