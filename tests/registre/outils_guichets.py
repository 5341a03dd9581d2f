"""Un poste de chaque sorte autour d'un guichet et de son annexe, et qui tient quoi."""

from __future__ import annotations

from outils_operations import Saisie
from outils_registre import ANNEXE, DEPART, PosteDEssai, enrole
from sqlalchemy import Engine

from modele.protocole.messages import Ouverture, Sortie
from registre.service.perimetre import ouvrir, sortir


class Guichets:
    """Un poste de chaque sorte, tous enrôlés."""

    def __init__(self, moteur: Engine, ouvreur: PosteDEssai) -> None:
        self.moteur = moteur
        self.ouvreur = Saisie(ouvreur, moteur)
        self.agent = self._poste("Agent")
        self.social = self._poste("Social", roles=("agent", "social"))
        self.annexe = self._poste("Annexe", guichet=ANNEXE)
        self.social_annexe = self._poste("Social d'à côté", guichet=ANNEXE, roles=("social",))

    def _poste(self, nom: str, guichet: str = "accueil", roles: tuple[str, ...] = ("agent",)) -> Saisie:
        return Saisie(enrole(self.moteur, PosteDEssai(nom, guichet=guichet, roles=roles)), self.moteur)

    @property
    def tous(self) -> list[Saisie]:
        """Tous les postes."""
        return [self.ouvreur, self.agent, self.social, self.annexe, self.social_annexe]

    def qui_tient(self, dossier: str) -> set[str]:
        """Les postes à qui le journal a rendu ce dossier, et pas encore sa tombe."""
        for saisie in self.tous:
            saisie.lire()
        return {saisie.poste.nom for saisie in self.tous if dossier in saisie.etats}


def ouvrir_ici(saisie: Saisie, dossier: str, motif: str = "elle vient ici") -> int:
    """Ce poste ouvre ce dossier d'un autre guichet ; la séquence."""
    return ouvrir(saisie.moteur, saisie.poste.porteur, Ouverture(dossier, motif, "agent"), DEPART).sequence


def sortir_d_ici(saisie: Saisie, dossier: str) -> int:
    """Ce poste ne tient plus ce dossier ; la séquence."""
    return sortir(saisie.moteur, saisie.poste.porteur, Sortie(dossier, "agent"), DEPART).sequence
