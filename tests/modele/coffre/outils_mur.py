"""Un poste, un registre de quelques lignes qui a son mur, et un autre poste qui écrit loin d'ici."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from outils_coffre import AGENT
from uuid_utils import uuid7

from modele.coffre import Coffre
from modele.dossier.chemins import ABSENT, Document
from modele.dossier.operations import Chaine, ChampPose, Operation, en_json, nouvelle_operation
from modele.dossier.unites import changements, unite
from modele.droits import Auteur
from modele.fusion import EtatDossier, Issue, a_citer, absorber, document, ecrire_etat, fusionner
from modele.protection import etats
from modele.protocole.messages import Entree, Journal, Recu

ICI, LOIN = "poste-d-ici", "poste-loin"
TERRITOIRE = "metropole-exemple"


class RegistreDuMur:
    """La fusion et le mur, sans base ni réseau. ``loin`` : ce que l'autre poste a sous les yeux."""

    def __init__(self, coffre: Coffre) -> None:
        self.coffre = coffre
        self.etats: dict[str, EtatDossier] = {}
        self.loin: dict[str, EtatDossier] = {}
        self.tombes: dict[str, str] = {}
        self.sequence = 0

    def echanger(self, *, loin: bool = True) -> None:
        """Le poste d'ici envoie tout, puis reçoit tout ; l'autre poste aussi, sauf ``loin`` faux."""
        while lot := self.coffre.echanges.lot(500):
            self.coffre.echanges.noter_recus([self._prendre(une, ICI) for une in lot], ICI)
        entrees = [Entree(un, self.sequence, etat.version, ecrire_etat(etat)) for un, etat in self.etats.items()]
        entrees += [Entree(un, self.sequence, 0, tombe="absorbe", absorbe_par=par) for un, par in self.tombes.items()]
        assert self.coffre.echanges.appliquer(
            self.coffre.echanges.curseur().jusque, Journal(entrees, self.sequence, False, "p"), ICI
        )
        if loin:
            self.loin = dict(self.etats)

    def ecrire_loin(self, dossier: str, valeurs: Mapping[str, Any]) -> bool:
        """L'autre poste écrit sans avoir reçu ce qui s'est dit depuis ; faux si le registre l'a refusé."""
        vu = self.loin[dossier]
        champs = {
            chemin: _pose(vu, chemin, avant, apres)
            for chemin, (avant, apres) in changements(document(vu), en_json_ou_absent(valeurs)).items()
        }
        chaine = Chaine(TERRITOIRE, LOIN, str(uuid7()))
        operation = nouvelle_operation(chaine, dossier, champs, Auteur("Là-bas"), datetime.now(UTC))
        return self._prendre(operation, LOIN).issue is not Issue.REFUSEE

    def _prendre(self, operation: Operation, poste: str) -> Recu:
        entete, jour = operation.entete, datetime.now(UTC).date()
        dossier = self.tombes.get(entete.dossier, entete.dossier)
        avant = self.etats.get(dossier, EtatDossier(dossier, entete.territoire))
        fusion = fusionner(avant, operation, poste)
        reunis = [nom.removeprefix("absorbes.") for nom in operation.champs if nom.startswith("absorbes.")]
        apres = fusion.etat
        for reuni in reunis:
            apres = absorber(apres, self.etats[reuni]) if reuni in self.etats else apres
        self.sequence += 1
        if etats.franchi(avant, apres, operation.champs, jour) or (reunis and etats.reunit(avant, apres, jour)):
            return Recu(entete.id, Issue.REFUSEE, sequence=self.sequence, code="interdit", cause="Non.")
        self.etats[dossier] = apres
        for reuni in reunis:
            self.etats.pop(reuni, None)
            self.tombes[reuni] = dossier
        return Recu(entete.id, fusion.issue, fusion.etat.version, self.sequence, fusion.champs)


def en_json_ou_absent(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Ces valeurs telles que le JSON les rendra ; ``ABSENT`` reste."""
    return {chemin: valeur if valeur is ABSENT else en_json(valeur) for chemin, valeur in valeurs.items()}


def poste(coffre: Coffre, contenu: Document) -> tuple[RegistreDuMur, str]:
    """Un registre, et un dossier que les deux postes tiennent."""
    registre = RegistreDuMur(coffre)
    dossier = coffre.creer_dossier(contenu, Auteur(AGENT))["id"]
    registre.echanger()
    return registre, dossier


def _pose(vu: EtatDossier, chemin: str, avant: Any, apres: Any) -> ChampPose:
    tete, tranche = a_citer(vu, unite(chemin))
    dits = {nom: valeur for nom, valeur in (("avant", avant), ("apres", apres)) if valeur is not ABSENT}
    return ChampPose(tete, tranche=tranche, **dits)
