"""Ce que devient chaque opération d'un lot : fondue dans son objet, ou refusée pour toujours. Ni base, ni réseau.

Un objet rattaché (``Genre.rattache``) suit son dossier : tenu par les mêmes postes, discret s'il l'est.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from modele.dossier.operations import DOSSIER, FORMAT, ChampPose
from modele.droits import Action, Perimetre
from modele.fusion import EtatDossier, Fusion, Issue, document, fusionner
from modele.fusion.tetes import en_vigueur
from modele.genres import livres
from modele.protection import etats, levee
from modele.protection.discretion import motif_de_levee
from modele.protocole.messages import Recu
from registre.service import personnes
from registre.service.absorption import a_fondre, coucher, fondus
from registre.service.comptes import CompteRefuse, ComptesDuPoste
from registre.service.ecartes import Ecarts, ecarte_l_auteur
from registre.service.jetons import Porteur
from registre.service.refus import HORS_PERIMETRE
from registre.service.tenus import Tenu, vivant
from registre.service.verification import Recue

ETAT_AU_PLUS: Final = 1 << 20
_FEUILLES: Final = 2
_PHRASES: Final = {
    "hors_perimetre": HORS_PERIMETRE,
    "roles": "Cette saisie est faite au titre d'un rôle que ce poste n'a pas au registre. Reprenez-la sous votre rôle, "
    "ou demandez à l'administrateur du registre de relier ce poste avec ce rôle.",
    "compte_inconnu": "Cette saisie est faite sous un nom qui n'a pas de compte sur ce poste. Reprenez-la sous le "
    "vôtre.",
    "compte_ferme": "Cette saisie a été faite après la fermeture du compte de cet agent. Si elle est juste, une "
    "personne dont le compte est ouvert la reprend sous son nom.",
    "roles_du_compte": "Cette saisie est faite au titre d'un rôle que ce compte n'avait pas. Reprenez-la sous votre "
    "rôle, ou demandez ce rôle à un administrateur de ce poste.",
    "droit": "Votre rôle ne permet pas cette saisie. Demandez à une personne qui a ce rôle de la faire.",
    "rattachement": "Ce qui est rattaché à un dossier l'est dès sa création, et ne passe pas à un autre. "
    "Créez-le de nouveau, dans le bon dossier.",
    "contenu": "Le contenu de cette saisie n'est pas celui que le poste a signé. Saisissez-la de nouveau.",
    "schema": "Cette saisie n'a pas la forme d'un dossier. Saisissez-la de nouveau ; si cela revient, signalez-le.",
    "immuable": "L'identifiant, le territoire et la création d'un dossier ne se modifient pas.",
    "demesure": "Ce dossier est devenu trop lourd pour passer d'un poste à l'autre. Cette saisie est gardée ici ; "
    "prévenez l'assistance.",
    "purge": "Ce dossier a été effacé, à la fin de sa durée ou à la demande de la personne : plus rien ne s'y ajoute.",
    "interdit": "Cette saisie ne peut pas être gardée dans ce dossier. Relisez le dossier avant de la reprendre.",
    "discretion": "Ce dossier est discret et le reste : seul un travailleur social lève la discrétion, en écrivant "
    "son motif.",
    "levee": "Ce dossier est discret et le reste : il faut sa demande à elle, notée, la confirmation d'un second "
    "travailleur social, et quarante-huit heures après. Reprenez à l'écran « Suivi ».",
}


class _Definitif(Exception):
    """L'opération est refusée pour toujours : son rang est consommé, la correction est une opération neuve."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Jugement:
    """Les dossiers d'un lot, et ce que ses opérations y font l'une après l'autre.

    ``tenus`` : les dossiers connus que le lot nomme, et bientôt ceux qu'il crée. ``quand`` : à l'heure du registre.
    ``ecarts`` : ceux de ces dossiers, et bientôt ceux que le lot crée ou lève.
    ``comptes`` : ceux que le poste a déclarés.
    """

    porteur: Porteur
    quand: datetime
    tenus: dict[str, Tenu]
    ecarts: Ecarts = field(default_factory=dict)
    comptes: ComptesDuPoste = field(default_factory=ComptesDuPoste)

    @property
    def jour(self) -> date:
        """Le jour, à l'heure du registre."""
        return self.quand.date()

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
        roles = self._roles(recue)
        cible = self._cible(recue)
        self._exiger_l_auteur(recue, cible)
        _exiger_vivant(recue, cible)
        self._exiger_les_droits(recue, cible, roles)
        taille = _taille_bornee(recue, cible)
        fusion = fusionner(cible.etat, recue, self.porteur.poste)
        reunis = self._a_reunir(recue, cible)
        etat = fondus(fusion.etat, reunis)
        self._exiger_la_discretion(cible, etat, recue.dits, roles)
        if cible.genre.mur:
            self._exiger_le_mur(cible, etat, recue.dits, bool(reunis))
        coucher(cible, reunis)
        cible.taille = taille + sum(reuni.taille for reuni in reunis)
        if cible.genre.personnes:
            tout = cible.neuf or bool(reunis)
            cible.cherche |= tout or personnes.concerne(recue.dits)
            cible.renomme |= tout or personnes.renomme(recue.dits)
        self._garder(cible, etat)
        return _recu(recue.entete.id, fusion, etat), cible

    def _roles(self, recue: Recue) -> Collection[str]:
        """Les rôles de l'auteur : ceux qu'il dit, s'ils sont à son poste et à son compte ; tous s'il n'en dit pas."""
        par = recue.entete.par
        if not self.porteur.roles.issuperset(par.roles):
            raise _Definitif("roles")
        try:
            siens = self.comptes.roles(par.nom, recue.entete.fait_le.utc, self.porteur.roles)
        except CompteRefuse as refus:
            raise _Definitif(refus.code) from None
        if not siens.issuperset(par.roles):
            raise _Definitif("roles_du_compte")
        return par.roles or siens

    def _cible(self, recue: Recue) -> Tenu:
        """L'objet où entre l'opération : le sien, celui où il a été fondu, ou un objet neuf."""
        cible = vivant(self.tenus, recue.entete.dossier)
        if cible is None and "id" in recue.immuables:
            return self._neuf(recue)
        if cible is None or not cible.tenu or cible.etat.genre != recue.entete.genre:
            raise _Definitif("hors_perimetre")
        return cible

    def _neuf(self, recue: Recue) -> Tenu:
        entete = recue.entete
        etat = EtatDossier(entete.dossier, self.porteur.territoire, genre=entete.genre)
        if not livres().du(entete.genre).rattache:
            return Tenu(entete.dossier, self.porteur.poste, self.porteur.guichet, etat, neuf=True)
        if not recue.rattache:
            raise _Definitif("rattachement")
        suivi = vivant(self.tenus, recue.rattache)
        if suivi is None or not suivi.tenu or suivi.etat.genre != DOSSIER:
            raise _Definitif("hors_perimetre")
        if suivi.tombe:
            raise _Definitif("purge")
        neuf = Tenu(entete.dossier, suivi.poste, suivi.guichet, etat, neuf=True, rattache=suivi.id)
        neuf.discret = neuf.etait_discret = suivi.discret
        return neuf

    def _exiger_l_auteur(self, recue: Recue, cible: Tenu) -> None:
        """Refusé comme d'un dossier inconnu : qui en est écarté n'apprend pas qu'il existe."""
        nommes = {cible.rattache or cible.id, *recue.absorbes}
        voulus = {tenu.id for nomme in nommes if (tenu := vivant(self.tenus, nomme)) is not None}
        for nomme, siens in self.ecarts.items():
            lequel = vivant(self.tenus, nomme)
            if lequel is not None and lequel.id in voulus and ecarte_l_auteur(siens, recue.entete.par.nom):
                raise _Definitif("hors_perimetre")

    def _exiger_les_droits(self, recue: Recue, cible: Tenu, roles: Collection[str]) -> None:
        actions = [Action.CREER if cible.neuf and not cible.touche else Action.MODIFIER]
        if recue.absorbes:
            actions.append(Action.FONDRE)
        if not all(self._permet(roles, cible, action) for action in actions):
            raise _Definitif("droit")

    def _permet(self, roles: Collection[str], cible: Tenu, action: Action) -> bool:
        # D'un bac à sable de formation, rien n'entre au registre, quoi qu'un poste envoie.
        permis = livres().droits.permet(roles, cible.etat.genre, action, ou(self.porteur, cible))
        return permis and not cible.genre.bac_a_sable

    def _a_reunir(self, recue: Recue, cible: Tenu) -> list[Tenu]:
        reunis = a_fondre(cible, self.tenus, recue.absorbes) if recue.absorbes else []
        if reunis is None:
            raise _Definitif("hors_perimetre")
        return reunis

    def _exiger_la_discretion(
        self, cible: Tenu, apres: EtatDossier, champs: Mapping[str, ChampPose], roles: Collection[str]
    ) -> None:
        if cible.rattache or not cible.discret or etats.est_discret(apres):
            return
        motif = motif_de_levee({chemin: champ.apres for chemin, champ in champs.items()})
        if not (motif and self._permet(roles, cible, Action.LEVER_LA_DISCRETION)):
            raise _Definitif("discretion")
        # À l'heure du registre : avancer celle d'un poste ne raccourcit pas l'attente.
        if levee.manque(document(cible.etat), self.quand):
            raise _Definitif("levee")

    def _exiger_le_mur(self, cible: Tenu, apres: EtatDossier, champs: Mapping[str, ChampPose], reunis: bool) -> None:
        reunit = reunis and etats.reunit(cible.etat, apres, self.jour)
        if reunit or etats.franchi(cible.etat, apres, champs, self.jour):
            raise _Definitif("interdit")

    def _garder(self, cible: Tenu, etat: EtatDossier) -> None:
        self.tenus[cible.id] = cible
        cible.etat, cible.touche = etat, True
        if cible.genre.ecarte:
            self._ecarter(cible)
        if cible.rattache:
            return
        discret = etats.est_discret(etat)
        change = discret != cible.discret
        if change:
            cible.cherche = cible.renomme = cible.genre.personnes
        cible.discret = discret
        if change or cible.reunis:
            self._entrainer(cible)

    def _ecarter(self, ecart: Tenu) -> None:
        """Le dossier, et tout ce qui le suit, sort de chez un lieu écarté, ou y revient : chacun prend une séquence."""
        self.ecarts.setdefault(ecart.rattache, {})[ecart.id] = document(ecart.etat)
        for tenu in self.tenus.values():
            if ecart.rattache in (tenu.id, tenu.rattache) and not tenu.tombe:
                tenu.touche = True

    def _entrainer(self, cible: Tenu) -> None:
        """Ce qui suit un dossier devient discret ou ne l'est plus avec lui, et passe à celui où il est fondu."""
        for tenu in self.tenus.values():
            if tenu.rattache and (tenu.rattache in cible.reunis or tenu.rattache == cible.id) and not tenu.tombe:
                tenu.touche |= (tenu.rattache, tenu.discret) != (cible.id, cible.discret)
                tenu.rattache, tenu.discret = cible.id, cible.discret


def ou(porteur: Porteur, tenu: Tenu) -> Perimetre:
    """Où est cet objet pour ce poste. Sans comptes, « soi » est ce que ce poste a ouvert."""
    if porteur.poste == tenu.poste:
        return Perimetre.SOI
    return Perimetre.LIEU if porteur.guichet == tenu.guichet else Perimetre.TERRITOIRE


def refusee(identifiant: str, code: str) -> Recu:
    """Le reçu d'un refus définitif."""
    return Recu(identifiant, Issue.REFUSEE, code=code, cause=_PHRASES[code])


def _exiger_la_forme(recue: Recue) -> None:
    """Avant tout regard sur les dossiers tenus : ce refus ne doit rien dire d'eux."""
    if recue.faute:
        raise _Definitif(recue.faute)
    # Le premier format posait des tables entières : seuls des dossiers ont été écrits ainsi.
    au_moins = 1 if recue.entete.genre == DOSSIER else _FEUILLES
    if recue.entete.schema < 1 or not au_moins <= recue.entete.format <= FORMAT:
        raise _Definitif("schema")


def _exiger_vivant(recue: Recue, cible: Tenu) -> None:
    if cible.tombe:
        raise _Definitif("purge")
    creation = cible.neuf and not cible.touche
    if recue.immuables and not (creation and _ouvre(recue)):
        raise _Definitif("immuable")
    if recue.rattache and not creation:
        raise _Definitif("rattachement")


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
