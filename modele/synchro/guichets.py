"""Un dossier entre guichets : le tenir ici, le rendre, savoir qui l'a lu, et le numéro que le registre lui donne.

Tout demande le registre, et lève ``Empechement`` s'il ne répond pas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modele.dossier.acces import relire
from modele.dossier.chemins import Document
from modele.droits import Auteur
from modele.protocole.messages import DemandeDeNumero, Ouverture, Sortie
from modele.synchro.etats import LecteurMontre

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.synchro.connexion import Connexion


class Guichets:
    """Ce qu'un poste demande au registre pour un dossier."""

    def __init__(self, coffre: Coffre, connexion: Connexion) -> None:
        self._coffre, self._connexion = coffre, connexion

    def ouvrir(self, dossier: str, motif: str, agent: str) -> None:
        """Demande à tenir un dossier d'un autre guichet, et le reçoit. Le motif reste écrit au registre."""
        with self._connexion.en_ligne() as echange:
            echange.transport.ouvrir(Ouverture(dossier, motif, agent))
            echange.recevoir()

    def sortir(self, dossier: str, agent: str) -> None:
        """Envoie ce qui attend, puis ne tient plus ce dossier : la copie de ce poste s'efface."""
        with self._connexion.en_ligne() as echange:
            echange.pousser()
            echange.transport.sortir(Sortie(dossier, agent))
            echange.recevoir()

    def lecteurs(self, dossier: str, agent: str) -> list[LecteurMontre]:
        """Qui a lu ce dossier, le plus récent d'abord. ``agent`` : qui le demande, et s'ajoute aux lecteurs."""
        with self._connexion.en_ligne() as echange:
            lues = echange.transport.consultations(dossier, agent)
        guichets = {un.nom: un.guichet for un in self._coffre.echanges.noms_des_postes().values()}
        return [
            LecteurMontre(un.agent, un.poste, guichets.get(un.poste, ""), un.quand, relire(un.action)) for un in lues
        ]

    def numero_d_exemple(self, dossier: str, auteur: Auteur) -> Document:
        """Donne au dossier un numéro unique d'exemple, dans le seul territoire d'exemple ; rend le document."""
        with self._connexion.en_ligne() as echange:
            echange.pousser()
            numero = echange.transport.numero(DemandeDeNumero(dossier, auteur.nom))
        return self._coffre.modifier(
            dossier,
            {
                "demande.numero_unique": numero.numero,
                "demande.numero_source": "Registre d'exemple",
                "demande.date_reception": numero.recu_le.date(),
            },
            auteur,
        )
