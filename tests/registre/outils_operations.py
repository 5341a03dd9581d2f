"""De quoi saisir et envoyer comme un poste : sa chaîne, ses opérations signées, et ce qu'il lit de son journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET
from outils_registre import DEPART, PosteDEssai
from sqlalchemy import Engine
from uuid_utils import uuid7

from modele.dossier.chemins import Document
from modele.dossier.operations import Chaine, ChampPose, Operation, nouvelle_operation, rechainer
from modele.dossier.unites import atomes
from modele.droits import Auteur
from modele.fusion import EtatDossier, a_citer, decoder_etat, document
from modele.genres import decoupe
from modele.protocole.messages import LotDOperations, OperationEnvoyee, Recu, Recus
from modele.protocole.signatures import signer, texte_d_operation
from registre.service.journal import Page, lire_page
from registre.service.operations import recevoir

RETIRE = UNSET
BENALI: Document = {
    "demandeur": {"nom": "BEN ALI", "prenoms": "Nadia", "date_naissance": "1984-03-12"},
    "contact": {"telephone": "+33639980101"},
}


def identifiant() -> str:
    """Un UUIDv7 neuf."""
    return str(uuid7())


@dataclass
class Saisie:
    """Un poste d'essai qui saisit : ses opérations s'ajoutent à sa chaîne, il les envoie quand on le dit."""

    poste: PosteDEssai
    moteur: Engine
    epoque: str = field(default_factory=identifiant)
    etats: dict[str, EtatDossier] = field(default_factory=dict)
    curseur: int = 0

    def __post_init__(self) -> None:
        self.chaine = Chaine(self.poste.territoire, self.poste.id, self.epoque)

    def creer(self, contenu: Mapping[str, Any] = BENALI, dossier: str = "", genre: str = "dossier") -> Operation:
        """L'opération qui crée un objet."""
        identite = {"id": dossier or identifiant(), "territoire": self.poste.territoire}
        initial = {**contenu, **identite, "schema": 1, "cree_le": DEPART.isoformat()}
        champs = {chemin: ChampPose(apres=valeur) for chemin, valeur in atomes(initial)}
        return self.operation(identite["id"], champs, genre=genre)

    def poser(self, dossier: str, valeurs: Mapping[str, Any]) -> Operation:
        """L'opération qui pose ces valeurs, en ayant vu ce que dit la dernière réception de ce poste."""
        etat = self.etats.get(dossier, EtatDossier(dossier, self.poste.territoire))
        champs = {}
        for chemin, valeur in valeurs.items():
            vu, tranche = a_citer(etat, decoupe(etat.genre).unite(chemin))
            champs[chemin] = ChampPose(vu, apres=valeur, tranche=tranche)
        return self.operation(dossier, champs, genre=etat.genre)

    def rattacher(self, dossier: str, contenu: Mapping[str, Any], genre: str = "rendez_vous") -> Operation:
        """L'opération qui crée un objet rattaché à ce dossier."""
        return self.creer({"dossier": dossier, **contenu}, genre=genre)

    def operation(self, dossier: str, champs: Mapping[str, ChampPose], /, **entete: Any) -> Operation:
        """L'opération suivante de la chaîne ; ``entete`` remplace ce qu'elle dirait d'elle-même."""
        neuve = nouvelle_operation(self.chaine, dossier, champs, Auteur("agent"), DEPART)
        if entete:
            octets = msgspec.json.encode(msgspec.structs.replace(neuve.entete, **entete))
            neuve = Operation(octets, neuve.sel, neuve.contenu)
        self.chaine = self.chaine.apres(neuve)
        return neuve

    def rechainees(self, operations: Sequence[Operation]) -> list[Operation]:
        """Les mêmes opérations, dans une époque neuve."""
        self.chaine = Chaine(self.poste.territoire, self.poste.id, identifiant(), suite_de=self.chaine.epoque)
        suite = []
        for operation in operations:
            suite.append(rechainer(self.chaine, operation))
            self.chaine = self.chaine.apres(suite[-1])
        return suite

    def lot(self, *operations: Operation) -> LotDOperations:
        """Le lot signé."""
        return LotDOperations([self.signee(operation) for operation in operations])

    def signee(self, operation: Operation) -> OperationEnvoyee:
        """L'opération telle qu'elle s'envoie."""
        signature = signer(self.poste.cle_signature, texte_d_operation(operation.octets))
        return OperationEnvoyee(operation.octets, signature, operation.sel, operation.contenu)

    def envoyer(self, *operations: Operation, maintenant: datetime = DEPART) -> Recus:
        """Ce que le registre en a fait."""
        return recevoir(self.moteur, self.poste.porteur, self.lot(*operations), maintenant)

    def recu(self, operation: Operation) -> Recu:
        """Le reçu d'une seule opération."""
        (recu,) = self.envoyer(operation).issues
        return recu

    def nouveau(self, contenu: Mapping[str, Any] = BENALI) -> str:
        """Un dossier créé et reçu ; son identifiant."""
        operation = self.creer(contenu)
        assert not self.recu(operation).code
        self.lire()
        return operation.entete.dossier

    def lire(self, limite: int = 200) -> Page:
        """La page suivante du journal ; ses états remplacent ceux du poste, ses tombes les retirent."""
        page = lire_page(self.moteur, self.poste.porteur, self.curseur, limite, "", DEPART)
        for entree in page.entrees:
            self.etats.pop(entree.dossier, None)
            if entree.etat is not None:
                self.etats[entree.dossier] = decoder_etat(bytes(entree.etat))
        self.curseur = page.jusque
        return page

    def document(self, dossier: str) -> Document:
        """Le document de la dernière réception."""
        return document(self.etats[dossier])
