"""De quoi peupler un registre d'essai : une horloge qu'on avance, des postes avec leurs clés."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from uuid_utils import uuid7

from modele.protocole import scellement, signatures
from modele.protocole.messages import DemandeDeDefi, DemandeDeJeton, Enrole, Enrolement
from registre.service.administration import creer_code, creer_guichet, creer_territoire
from registre.service.enrolement import enroler
from registre.service.jetons import Porteur, donner_defi, donner_jeton

TERRITOIRE = "metropole-exemple"
AILLEURS = "autre-metropole"
GUICHET = "accueil"
ANNEXE = "annexe"
DEPART = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Horloge:
    """L'heure du registre, qu'on avance à la main."""

    def __init__(self) -> None:
        self.heure = DEPART

    def __call__(self) -> datetime:
        """L'heure."""
        return self.heure

    def avancer(self, duree: timedelta) -> datetime:
        """L'heure, ``duree`` plus tard."""
        self.heure += duree
        return self.heure


@dataclass
class PosteDEssai:
    """Un poste et ses clés privées, comme il les tiendrait dans son coffre."""

    nom: str = "Poste 1"
    territoire: str = TERRITOIRE
    guichet: str = GUICHET
    roles: tuple[str, ...] = ("agent",)
    id: str = field(default_factory=lambda: str(uuid7()))
    cle_signature: bytes = field(default_factory=signatures.nouvelle_cle_de_signature)
    cle_scellement: bytes = field(default_factory=scellement.nouvelle_cle_de_scellement)
    enrole: Enrole | None = None

    @property
    def porteur(self) -> Porteur:
        """Ce que le registre sait de lui quand il présente son jeton."""
        cle = signatures.cle_publique(self.cle_signature)
        return Porteur(self.territoire, self.id, self.guichet, frozenset(self.roles), cle)

    def demande(self, code: str) -> Enrolement:
        """Sa demande d'enrôlement."""
        return Enrolement(
            code,
            self.id,
            self.nom,
            signatures.cle_publique(self.cle_signature),
            scellement.cle_publique_de_scellement(self.cle_scellement),
        )

    def reponse(self, defi: str) -> DemandeDeJeton:
        """Le défi signé."""
        texte = signatures.texte_du_defi(self.territoire, self.id, defi)
        return DemandeDeJeton(self.territoire, self.id, defi, signatures.signer(self.cle_signature, texte))

    def jeton(self, moteur: Engine, maintenant: datetime = DEPART) -> str:
        """Un jeton neuf."""
        defi = donner_defi(moteur, DemandeDeDefi(self.territoire, self.id), maintenant)
        return donner_jeton(moteur, self.reponse(defi.defi), maintenant).jeton


def peupler(moteur: Engine, territoire: str) -> None:
    """Crée un territoire et ses deux guichets."""
    creer_territoire(moteur, territoire, territoire.replace("-", " ").capitalize(), DEPART)
    creer_guichet(moteur, territoire, GUICHET, "Accueil du CCAS")
    creer_guichet(moteur, territoire, ANNEXE, "Annexe")


def code_neuf(moteur: Engine, poste: PosteDEssai, maintenant: datetime = DEPART) -> str:
    """Un code d'enrôlement valable une heure pour ce poste."""
    return creer_code(moteur, poste.territoire, poste.guichet, poste.roles, timedelta(hours=1), maintenant)


def enrole(moteur: Engine, poste: PosteDEssai, maintenant: datetime = DEPART) -> PosteDEssai:
    """Le même poste, enrôlé."""
    poste.enrole = enroler(moteur, poste.demande(code_neuf(moteur, poste, maintenant)), maintenant)
    return poste
