"""Un registre en mémoire, écrit de la norme : quatre appels, une chaîne par époque, la fusion, un journal d'états.

Il ne sait ni les périmètres ni les refus : il sert à tirer beaucoup d'histoires, et de second avis au vrai.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from relais import Panne, Quoi

from modele.dossier.operations import Operation
from modele.fusion import EtatDossier, ecrire_etat, fusionner
from modele.protocole.empreintes import empreinte_du_perimetre
from modele.protocole.messages import (
    ComptesDeFormation,
    ComptesTenus,
    DeclarationSignee,
    Empreinte,
    Entree,
    FormationDuReseau,
    InformationsTenues,
    Journal,
    LotDOperations,
    Recu,
    Recus,
    Referentiel,
    Refus,
)
from modele.synchro.empechements import Classe, Empechement

TERRITOIRE = "metropole-exemple"
T = TypeVar("T")


@dataclass
class RegistreModele:
    """Ce que le registre sait : ses dossiers, ses opérations, ses chaînes."""

    seq: int = 0
    etats: dict[str, EtatDossier] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    operations: dict[str, tuple[str, Operation]] = field(default_factory=dict)
    recus: dict[str, Recu] = field(default_factory=dict)
    chaines: dict[str, list[Operation]] = field(default_factory=dict)

    def recevoir(self, poste: str, lot: LotDOperations) -> Recus:
        """Les reçus ; lève un conflit (409) comme le vrai."""
        recues = [Operation(un.octets, un.sel, un.contenu) for un in lot.operations]
        epoque = recues[0].entete.epoque
        chaine = self.chaines.setdefault(epoque, [])
        premier = recues[0].entete.rang
        if premier > len(chaine) + 1:
            raise _conflit("rang_manquant", epoque, len(chaine) + 1)
        for operation in recues:
            rang = operation.entete.rang
            if rang <= len(chaine):
                if chaine[rang - 1].octets != operation.octets:
                    raise _conflit("epoque_nouvelle", epoque, len(chaine) + 1)
            elif operation.entete.precedente != (chaine[-1].empreinte.hex() if chaine else None):
                raise _conflit("epoque_nouvelle", epoque, len(chaine) + 1)
            else:
                chaine.append(operation)
            if operation.entete.id not in self.recus:
                self._entrer(poste, operation)
        return Recus([self.recus[operation.entete.id] for operation in recues])

    def journal(self, apres: int, limite: int) -> Journal:
        """Les états qui suivent cette séquence."""
        suite = sorted((s, dossier) for dossier, s in self.sequences.items() if s > apres)
        page = suite[:limite]
        entrees = [
            Entree(dossier, s, self.etats[dossier].version, ecrire_etat(self.etats[dossier])) for s, dossier in page
        ]
        reste = len(page) < len(suite)
        return Journal(entrees, page[-1][0] if reste else self.seq, reste, "poignee")

    def empreinte(self) -> Empreinte:
        """L'instantané."""
        versions = {dossier: etat.version for dossier, etat in self.etats.items()}
        return Empreinte(self.seq, len(versions), empreinte_du_perimetre(versions))

    def _entrer(self, poste: str, operation: Operation) -> None:
        entete = operation.entete
        etat = self.etats.get(entete.dossier, EtatDossier(entete.dossier, TERRITOIRE))
        fusion = fusionner(etat, operation, poste)
        self.seq += 1
        self.etats[entete.dossier], self.sequences[entete.dossier] = fusion.etat, self.seq
        self.operations[entete.id] = (poste, operation)
        self.recus[entete.id] = Recu(entete.id, fusion.issue, fusion.etat.version, self.seq, fusion.champs)


class TransportModele:
    """Ce que ``Synchro`` attend d'un transport, avec les pannes que ``tirer`` donne à chaque appel."""

    ecart = timedelta()

    def __init__(self, registre: RegistreModele, poste: str, tirer: Callable[[], Panne]) -> None:
        self._registre, self._poste, self._tirer = registre, poste, tirer

    def operations(self, lot: LotDOperations) -> Recus:
        return self._appeler(lambda: self._registre.recevoir(self._poste, lot))

    def declarer(self, comptes: DeclarationSignee) -> ComptesTenus:
        """Un registre qui ne ferme aucun compte : ce modèle juge la fusion, pas les comptes."""
        return self._appeler(lambda: ComptesTenus(datetime.now(UTC)))

    def journal(self, apres: int, limite: int, poignee: str, rendu: bool) -> Journal:
        return self._appeler(lambda: self._registre.journal(apres, min(limite, 2)))

    def empreinte(self) -> Empreinte:
        return self._appeler(self._registre.empreinte)

    def referentiels(self) -> list[Referentiel]:
        return []

    def dire_les_versions(self, tenues: InformationsTenues) -> None:
        """Ce modèle ne publie rien."""
        self._appeler(lambda: tenues)

    def former(self, comptes: ComptesDeFormation) -> FormationDuReseau:
        """Ce modèle ne compte aucun essai."""
        return self._appeler(FormationDuReseau)

    def fermer(self) -> None:
        """Rien à rendre."""

    def _appeler(self, geste: Callable[[], T]) -> T:
        panne = self._tirer()
        if panne.quoi in (Quoi.REFUSER, Quoi.COUPER_LA_REQUETE):
            raise Empechement(Classe.RESEAU, "La demande s'est perdue.")
        if panne.quoi is Quoi.DOUBLER_LA_REQUETE:
            geste()
        rendu = geste()
        if panne.quoi in (Quoi.PERDRE_LA_REPONSE, Quoi.COUPER_LA_REPONSE, Quoi.TRONQUER_LE_CORPS):
            raise Empechement(Classe.RESEAU, "La réponse s'est perdue.")
        return rendu


def _conflit(code: str, epoque: str, attendu: int) -> Empechement:
    return Empechement(Classe.CONFLIT, code, Refus(code, code, epoque=epoque, attendu=attendu))
