"""La même personne, deux fois sur ce poste : la retrouver pendant qu'elle se tape, n'en faire qu'un dossier, l'annuler.

Chaque méthode est une transaction. Sûr entre fils. Sans registre ; relié, ce qui s'écrit part comme toute saisie.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from modele.coffre import reunions, semblables
from modele.coffre.listes import AReunir, Reunion, Trouve
from modele.dossier.chemins import Document
from modele.droits import Auteur

if TYPE_CHECKING:
    from modele.coffre.base import Base


class Memes:
    """Ce que l'écran et la commande en demandent. ``horloge`` : l'heure du poste."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def de_la_personne(self, personne: Mapping[str, str]) -> list[Trouve]:
        """Les dossiers ordinaires qui ressemblent à qui se tape (chemin d'identité vers texte) ; rien n'est gardé."""
        with self._base.lecture() as connexion:
            return semblables.de_la_personne(connexion, personne)

    def du_dossier(self, dossier: str, frappes: Mapping[str, str] | None = None) -> list[Trouve]:
        """Ceux qui ressemblent à ce dossier, que le mur permet et que nul n'a écartés ; aucun s'il est discret.

        ``frappes`` : ce qui s'y tape et n'est pas encore une réponse. Lève ``ErreurUtilisateur`` s'il n'est pas ici.
        """
        with self._base.lecture() as connexion:
            return semblables.du_dossier(connexion, dossier, frappes or {}, self._horloge().date())

    def preparer(self, survivant: str, absorbe: str) -> AReunir:
        """Les deux dossiers et leurs états, à comparer. Lève ``ErreurUtilisateur`` si le mur les sépare."""
        with self._base.lecture() as connexion:
            return reunions.preparer(connexion, survivant, absorbe, self._horloge())

    def fondre(self, survivant: str, absorbe: str, choix: Mapping[str, str], auteur: Auteur) -> Document:
        """``absorbe`` se fond dans ``survivant``, choix (unité vers lequel) compris ; rend le survivant, durable.

        Lève ``ErreurUtilisateur`` : plus tenus ici, gelés, sans droit, ou le mur les sépare.
        """
        with self._base.ecriture() as connexion:
            return reunions.fondre(connexion, survivant, absorbe, choix, auteur, self._horloge())

    def faites(self, survivant: str) -> list[Reunion]:
        """Les réunions de ce dossier qui s'annulent encore, la dernière d'abord."""
        with self._base.lecture() as connexion:
            return reunions.faites(connexion, survivant)

    def defaire(self, survivant: str, absorbe: str, auteur: Auteur) -> Document:
        """Annule une réunion ; rend le survivant. Lève ``ErreurUtilisateur`` si elle est partie, ou sans droit."""
        with self._base.ecriture() as connexion:
            return reunions.defaire(connexion, survivant, absorbe, auteur, self._horloge())
