"""Ce que devient chaque opération d'un lot : fondue dans son dossier, ou refusée pour toujours. Ni base, ni réseau."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from modele.dossier.operations import FORMAT, ChampPose
from modele.fusion import EtatDossier, Fusion, Issue, fusionner
from modele.fusion.tetes import en_vigueur
from modele.protection import etats
from modele.protection.discretion import motif_de_levee
from modele.protocole.messages import Recu
from registre.service import personnes
from registre.service.absorption import a_fondre, coucher, fondus
from registre.service.jetons import Porteur
from registre.service.refus import HORS_PERIMETRE
from registre.service.tenus import Tenu, vivant
from registre.service.verification import Recue

ETAT_AU_PLUS: Final = 1 << 20
_PHRASES: Final = {
    "hors_perimetre": HORS_PERIMETRE,
    "contenu": "Le contenu de cette saisie n'est pas celui que le poste a signé. Saisissez-la de nouveau.",
    "schema": "Cette saisie n'a pas la forme d'un dossier. Saisissez-la de nouveau ; si cela revient, signalez-le.",
    "immuable": "L'identifiant, le territoire et la création d'un dossier ne se modifient pas.",
    "demesure": "Ce dossier est devenu trop lourd pour passer d'un poste à l'autre. Cette saisie est gardée ici ; "
    "prévenez l'assistance.",
    "purge": "Ce dossier a été effacé à la fin de sa durée de conservation : plus rien ne s'y ajoute.",
    "interdit": "Cette saisie ne peut pas être gardée dans ce dossier. Relisez le dossier avant de la reprendre.",
    "discretion": "Ce dossier est discret et le reste : seul un travailleur social lève la discrétion, en écrivant "
    "son motif.",
}


class _Definitif(Exception):
    """L'opération est refusée pour toujours : son rang est consommé, la correction est une opération neuve."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Jugement:
    """Les dossiers d'un lot, et ce que ses opérations y font l'une après l'autre.

    ``tenus`` : les dossiers connus que le lot nomme, et bientôt ceux qu'il crée. ``jour`` : à l'heure du registre.
    """

    porteur: Porteur
    jour: date
    tenus: dict[str, Tenu]

    def juger(self, recue: Recue) -> tuple[Recu, Tenu | None]:
        """Le reçu, sans séquence encore, et le dossier où l'opération est entrée ; aucun si elle est refusée."""
        try:
            return self._entrer(recue)
        except _Definitif as refus:
            return refusee(recue.entete.id, refus.code), None

    def tient(self, nomme: str) -> bool:
        """Le poste tient ce dossier, ou celui où il a été fondu."""
        tenu = vivant(self.tenus, nomme)
        return tenu is not None and tenu.tenu

    def _entrer(self, recue: Recue) -> tuple[Recu, Tenu]:
        _exiger_la_forme(recue)
        cible = self._cible(recue)
        _exiger_vivant(recue, cible)
        taille = _taille_bornee(recue, cible)
        fusion = fusionner(cible.etat, recue, self.porteur.poste)
        reunis = self._a_reunir(recue, cible)
        etat = fondus(fusion.etat, reunis)
        self._exiger_la_discretion(cible, etat, recue.dits)
        if etats.franchi(cible.etat, etat, recue.dits, self.jour) or (
            reunis and etats.reunit(cible.etat, etat, self.jour)
        ):
            raise _Definitif("interdit")
        coucher(cible, reunis)
        cible.taille = taille + sum(reuni.taille for reuni in reunis)
        tout = cible.neuf or bool(reunis)
        cible.cherche |= tout or personnes.concerne(recue.dits)
        cible.renomme |= tout or personnes.renomme(recue.dits)
        self._garder(cible, etat)
        return _recu(recue.entete.id, fusion, etat), cible

    def _cible(self, recue: Recue) -> Tenu:
        """Le dossier où entre l'opération : le sien, celui où il a été fondu, ou un dossier neuf."""
        nomme = recue.entete.dossier
        cible = vivant(self.tenus, nomme)
        if cible is None and "id" in recue.immuables:
            neuf = EtatDossier(nomme, self.porteur.territoire)
            return Tenu(nomme, self.porteur.poste, self.porteur.guichet, neuf, neuf=True)
        if cible is None or not cible.tenu:
            raise _Definitif("hors_perimetre")
        return cible

    def _a_reunir(self, recue: Recue, cible: Tenu) -> list[Tenu]:
        reunis = a_fondre(cible, self.tenus, recue.absorbes) if recue.absorbes else []
        if reunis is None:
            raise _Definitif("hors_perimetre")
        return reunis

    def _exiger_la_discretion(self, cible: Tenu, apres: EtatDossier, champs: Mapping[str, ChampPose]) -> None:
        if not cible.discret or etats.est_discret(apres):
            return
        motif = motif_de_levee({chemin: champ.apres for chemin, champ in champs.items()})
        if not (motif and "social" in self.porteur.roles and self.porteur.guichet == cible.guichet):
            raise _Definitif("discretion")

    def _garder(self, cible: Tenu, etat: EtatDossier) -> None:
        self.tenus[cible.id] = cible
        discret = etats.est_discret(etat)
        if discret != cible.discret:
            cible.cherche = cible.renomme = True
        cible.etat, cible.discret, cible.touche = etat, discret, True


def refusee(identifiant: str, code: str) -> Recu:
    """Le reçu d'un refus définitif."""
    return Recu(identifiant, Issue.REFUSEE, code=code, cause=_PHRASES[code])


def _exiger_la_forme(recue: Recue) -> None:
    """Avant tout regard sur les dossiers tenus : ce refus ne doit rien dire d'eux."""
    if recue.faute:
        raise _Definitif(recue.faute)
    if recue.entete.schema < 1 or not 1 <= recue.entete.format <= FORMAT:
        raise _Definitif("schema")


def _exiger_vivant(recue: Recue, cible: Tenu) -> None:
    if cible.tombe:
        raise _Definitif("purge")
    creation = cible.neuf and not cible.touche
    if recue.immuables and not (creation and _ouvre(recue)):
        raise _Definitif("immuable")


def _taille_bornee(recue: Recue, cible: Tenu) -> int:
    """Ce que pèsera le dossier. Sans borne, un seul poste en ferait un que ni le registre ni les autres ne liraient."""
    taille = cible.taille + len(recue.contenu or b"")
    if taille > ETAT_AU_PLUS:
        raise _Definitif("demesure")
    return taille


def _ouvre(recue: Recue) -> bool:
    """Les champs que seule une création pose disent ce que dit l'en-tête, et rien n'était là avant."""
    attendus = {"id": recue.entete.dossier, "territoire": recue.entete.territoire}
    poses = {chemin: recue.dits[chemin] for chemin in recue.immuables}
    return all(champ.vu is None and champ.apres == attendus.get(chemin, champ.apres) for chemin, champ in poses.items())


def _recu(identifiant: str, fusion: Fusion, etat: EtatDossier) -> Recu:
    vigueur = {}
    if fusion.issue is Issue.DIVERGENCE:
        vigueur = {cle: en_vigueur(cle, etat.unites[cle]).valeurs for cle in fusion.champs}
    return Recu(identifiant, fusion.issue, etat.version, champs=fusion.champs, vigueur=vigueur)
