"""Tenir les comptes d'un poste : ouvrir, changer, fermer, rouvrir, changer de mot de passe. Sûr entre fils.

Le droit se vérifie ici, et chaque geste se note au journal des accès, dans la transaction qui le fait. Le trousseau
s'écrit en dernier, avant qu'elle ne se ferme : une panne entre les deux laisse au plus une case sans compte, qui
n'ouvre rien.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection

from modele.coffre import auteurs, comptes, copies, etats_de_compte, journaux, portee
from modele.coffre.base import Base
from modele.coffre.cles import Cout
from modele.coffre.comptes import CompteAgent, Fermeture
from modele.coffre.enveloppes import Trousseau, ecrire_trousseau, lire_trousseau, nom_propre
from modele.coffre.listes import AccesNote
from modele.dossier.acces import Acces
from modele.dossier.codes import relire_code_secours
from modele.droits import Auteur
from modele.genres import livres
from modele.protocole.messages import ComptesTenus, EtatDeCompte
from modele.regles.fautes import ErreurUtilisateur

DES_COMPTES: Final = (
    *(Acces.COMPTE_OUVERT, Acces.COMPTE_CHANGE, Acces.COMPTE_FERME, Acces.COMPTE_ROUVERT),
    *(Acces.PORTEE_REGLEE, Acces.PORTEE_ROUVERTE),
    *(Acces.MOT_DE_PASSE, Acces.MOT_DE_PASSE_PERDU, Acces.OUVRIR_PAR_SECOURS),
)
"""Ce que le journal des accès garde des comptes."""
_DEJA: Final = "« {} » a déjà un compte sur ce poste, ouvert ou fermé. Écrivez un autre nom, ou rouvrez ce compte."
_SANS_ROLE: Final = "Cochez au moins un rôle : un compte sans rôle ne peut rien faire."
_ROLE_INCONNU: Final = "Le rôle « {} » n'existe pas dans Perron. Choisissez parmi ceux qui sont proposés."
_DERNIER: Final = (
    "{} est le dernier administrateur de ce poste : donnez d'abord ce rôle à un autre compte, sans quoi personne ne "
    "pourrait plus ouvrir ni fermer un compte."
)
_SOI: Final = "Un compte ne se ferme pas lui-même : demandez-le à un autre administrateur de ce poste."
_OUVERT: Final = "Le compte de {} est déjà ouvert."
_PAR_SECOURS: Final = "Un mot de passe perdu se remplace depuis l'écran verrouillé, avec le code de secours."
_AU_REGISTRE: Final = (
    "Le compte de {} est fermé au registre : la personne qui administre le registre doit d'abord lever cette fermeture."
)
_LE_REGISTRE: Final = "Le registre"
"""Qui signe, au journal, ce que le registre a décidé."""
_AU_JOURNAL: Final = 200


class Comptes:
    """Les comptes d'un coffre ouvert. ``agent`` : qui l'a ouvert ; vide, le code de secours."""

    def __init__(
        self,
        base: Base,
        cle: Callable[[], bytes],
        agent: Callable[[], str],
        cout: Cout,
        horloge: Callable[[], datetime],
    ) -> None:
        self._base, self._cle, self._agent, self._cout, self._horloge = base, cle, agent, cout, horloge

    # Lire

    def moi(self) -> CompteAgent:
        """Le compte de qui a ouvert ce coffre. Lève ``ErreurUtilisateur`` s'il n'en a pas, ou plus."""
        with self._base.lecture() as connexion:
            return comptes.exiger_ouvert(connexion, self._agent())

    def lister(self, auteur: Auteur) -> list[CompteAgent]:
        """Tous les comptes, à qui les tient ; à un autre, le sien seulement."""
        with self._base.lecture() as connexion:
            tous = comptes.tous(connexion)
        moi = [un for un in tous if un.nom == auteur.nom]
        return tous if any(un.administre for un in moi) else moi

    def ouverts(self) -> list[str]:
        """Les noms des comptes ouverts, pour qui a le code de secours ou connaît déjà l'un d'eux."""
        with self._base.lecture() as connexion:
            return [un.nom for un in comptes.tous(connexion) if un.ouvert]

    def journal(self, auteur: Auteur) -> list[AccesNote]:
        """Ce qui a été fait des comptes, le plus récent d'abord. Lève ``ErreurUtilisateur`` sans droit."""
        with self._base.lecture() as connexion:
            auteurs.exiger_de_tenir_les_comptes(connexion, auteur)
            return journaux.derniers(connexion, DES_COMPTES, _AU_JOURNAL)

    # Tenir

    def ouvrir(
        self, nom: str, prenom: str, service: str, roles: Sequence[str], mot_de_passe: str, auteur: Auteur
    ) -> CompteAgent:
        """Ouvre un compte ; ``nom`` signera. Lève ``ErreurUtilisateur`` : droit, nom déjà pris, rôle, mot de passe."""
        with self._base.ecriture() as connexion:
            auteurs.exiger_de_tenir_les_comptes(connexion, auteur)
            neuf = CompteAgent(
                nom_propre(nom), _propre(prenom), _propre(service), _roles(roles), self._horloge(), provisoire=True
            )
            if neuf.nom.casefold() in {un.nom.casefold() for un in comptes.tous(connexion)}:
                raise ErreurUtilisateur(_DEJA.format(neuf.nom))
            comptes.poser(connexion, neuf, self._horloge())
            self._noter(connexion, auteur, Acces.COMPTE_OUVERT, neuf.nom)
            self._poser_la_case(neuf.nom, mot_de_passe)
        return neuf

    def changer(self, nom: str, prenom: str, service: str, roles: Sequence[str], auteur: Auteur) -> CompteAgent:
        """Change prénom, service et rôles. Lève ``ErreurUtilisateur`` : droit, rôle, dernier administrateur."""
        with self._base.ecriture() as connexion:
            auteurs.exiger_de_tenir_les_comptes(connexion, auteur)
            avant = comptes.exiger_ouvert(connexion, nom)
            apres = replace(avant, prenom=_propre(prenom), service=_propre(service), roles=_roles(roles))
            if not apres.administre:
                _exiger_un_autre(connexion, avant)
            comptes.poser(connexion, apres, self._horloge())
            self._noter(connexion, auteur, Acces.COMPTE_CHANGE, nom)
        return apres

    def fermer(self, nom: str, auteur: Auteur) -> CompteAgent:
        """Ferme un compte : son mot de passe n'ouvre plus ni ce coffre, ni ses copies à portée.

        Lève ``ErreurUtilisateur`` : droit, dernier administrateur, le sien.
        """
        with self._base.ecriture() as connexion:
            auteurs.exiger_de_tenir_les_comptes(connexion, auteur)
            avant = comptes.exiger_ouvert(connexion, nom)
            _exiger_un_autre(connexion, avant)
            if nom == auteur.nom:
                raise ErreurUtilisateur(_SOI)
            ferme = replace(avant, raison=Fermeture.DECIDEE.value, ferme_le=self._horloge())
            comptes.poser(connexion, ferme, self._horloge())
            self._noter(connexion, auteur, Acces.COMPTE_FERME, nom)
            self._oter_la_case(nom)
        return ferme

    def rouvrir(self, nom: str, mot_de_passe: str, code: str, auteur: Auteur) -> CompteAgent:
        """Rouvre un compte fermé, avec le code de secours et un premier mot de passe. Lève ``ErreurUtilisateur``."""
        with self._base.ecriture() as connexion:
            auteurs.exiger_de_tenir_les_comptes(connexion, auteur)
            avant = comptes.trouver(connexion, nom)
            if avant is None or avant.ouvert:
                raise ErreurUtilisateur(_OUVERT.format(nom))
            if avant.raison == Fermeture.AU_REGISTRE:
                raise ErreurUtilisateur(_AU_REGISTRE.format(nom))
            lire_trousseau(self._base.chemin).ouvrir_par_secours(relire_code_secours(code))
            rouvert = replace(avant, raison="", ferme_le=None, provisoire=True)
            comptes.poser(connexion, rouvert, self._horloge())
            self._noter(connexion, auteur, Acces.COMPTE_ROUVERT, nom)
            self._poser_la_case(nom, mot_de_passe)
        return rouvert

    # Son mot de passe

    def changer_mot_de_passe(self, ancien: str, nouveau: str) -> None:
        """Change le mot de passe de qui a ouvert ce coffre. Lève ``ErreurUtilisateur`` : l'ancien n'est pas le sien."""
        lire_trousseau(self._base.chemin).ouvrir(ancien, self._agent())
        self._changer_la_case(self._agent(), nouveau, Acces.MOT_DE_PASSE)

    def reprendre(self, nom: str, mot_de_passe: str) -> None:
        """Donne un mot de passe à un compte ouvert, le coffre l'étant par le code de secours. ``ErreurUtilisateur``."""
        if self._agent():
            raise ErreurUtilisateur(_PAR_SECOURS)
        self._changer_la_case(nom, mot_de_passe, Acces.MOT_DE_PASSE_PERDU)

    # Le registre

    def declares(self) -> list[EtatDeCompte]:
        """Ce que ce poste dit de ses comptes au registre."""
        with self._base.lecture() as connexion:
            return etats_de_compte.tous(connexion)

    def suivre_le_registre(self, tenus: ComptesTenus) -> None:
        """Ferme ici ce que le registre tient pour fermé ; un compte qu'il ne ferme plus pourra se rouvrir.

        Une réponse plus ancienne que la dernière, d'un reçu relu, ne change rien.
        """
        with self._base.ecriture() as connexion:
            if not portee.est_plus_recent(connexion, tenus.instant):
                return
            portee.regler_du_registre(connexion, tenus.jours)
            for etat in etats_de_compte.apprendre(connexion, tenus.etats):
                self._suivre(connexion, etat)
            for compte in comptes.tous(connexion):
                if compte.nom in tenus.fermes and compte.raison != Fermeture.AU_REGISTRE:
                    self._fermer(connexion, compte, Fermeture.AU_REGISTRE)
                elif compte.nom not in tenus.fermes and compte.raison == Fermeture.AU_REGISTRE:
                    comptes.poser(connexion, replace(compte, raison=Fermeture.DECIDEE.value), self._horloge())

    def _suivre(self, connexion: Connection, etat: EtatDeCompte) -> None:
        """Ce qu'un coffre remis d'une copie ne savait plus. Le dernier administrateur d'ici le reste."""
        compte = comptes.trouver(connexion, etat.nom)
        if compte is None or not compte.ouvert or _est_le_dernier(connexion, compte):
            return
        if etat.ferme:
            self._fermer(connexion, compte, Fermeture.DECIDEE)
        else:
            comptes.poser(connexion, replace(compte, roles=etat.roles), self._horloge())

    def _fermer(self, connexion: Connection, compte: CompteAgent, raison: Fermeture) -> None:
        quand = self._horloge()
        ferme = replace(compte, raison=raison.value, ferme_le=compte.ferme_le or quand)
        comptes.poser(connexion, ferme, quand)
        self._noter(connexion, Auteur(_LE_REGISTRE), Acces.COMPTE_FERME, compte.nom)
        self._oter_la_case(compte.nom)

    def _changer_la_case(self, nom: str, mot_de_passe: str, acces: Acces) -> None:
        with self._base.ecriture() as connexion:
            compte = comptes.exiger_ouvert(connexion, nom)
            if acces is Acces.MOT_DE_PASSE_PERDU:
                portee.reprendre_par_secours(connexion, compte.administre, nom, self._horloge())
            comptes.poser(connexion, replace(compte, provisoire=False), self._horloge())
            self._noter(connexion, Auteur(nom), acces)
            self._poser_la_case(nom, mot_de_passe)

    # Le trousseau

    def _noter(self, connexion: Connection, auteur: Auteur, acces: Acces, motif: str = "") -> None:
        journaux.noter(connexion, auteur.nom, self._horloge(), acces, None, motif)

    def _poser_la_case(self, nom: str, mot_de_passe: str) -> None:
        chemin = self._base.chemin
        ecrire_trousseau(chemin, lire_trousseau(chemin).avec_agent(self._cle(), nom, mot_de_passe, self._cout))

    def _oter_la_case(self, nom: str) -> None:
        trousseau = lire_trousseau(self._base.chemin)
        if nom in trousseau.agents():
            trousseau = trousseau.sans_agent(nom)
            ecrire_trousseau(self._base.chemin, trousseau)
            refermer_les_copies(self._base.chemin, trousseau)


def refermer_les_copies(coffre: Path, trousseau: Trousseau) -> None:
    """Les copies à portée, et ce qui a été gardé à côté du coffre, ne s'ouvrent plus que par les cases d'aujourd'hui.

    Une copie illisible, ou d'un autre coffre, reste telle quelle ; une clé absente attend : celle qu'on emporte est
    scellée, et sa part se détruit en trente jours.
    """
    a_cote = [cles for ou in (".*.cles", ".*/*.cles") for cles in coffre.parent.glob(f"{coffre.name}{ou}")]
    gardes = [cles.with_name(cles.name.removesuffix(".cles")) for cles in a_cote]
    for chemin in {*gardes, *(copie.chemin for copie in copies.toutes(coffre))}:
        with suppress(ErreurUtilisateur):
            lu = lire_trousseau(chemin)
            if lu.coffre == trousseau.coffre:
                ecrire_trousseau(chemin, msgspec.structs.replace(trousseau, copie=lu.copie))


def _propre(mot: str) -> str:
    return " ".join(mot.split())


def _roles(roles: Sequence[str]) -> tuple[str, ...]:
    """Les rôles demandés, dans l'ordre où ils sont déclarés. Lève ``ErreurUtilisateur``."""
    declares = livres().droits.roles
    for role in roles:
        if role not in declares:
            raise ErreurUtilisateur(_ROLE_INCONNU.format(role))
    if not roles:
        raise ErreurUtilisateur(_SANS_ROLE)
    return tuple(role for role in declares if role in roles)


def _exiger_un_autre(connexion: Connection, compte: CompteAgent) -> None:
    """Il reste un administrateur sans lui. Lève ``ErreurUtilisateur`` sinon."""
    if _est_le_dernier(connexion, compte):
        raise ErreurUtilisateur(_DERNIER.format(compte.nom))


def _est_le_dernier(connexion: Connection, compte: CompteAgent) -> bool:
    return compte.administre and not any(un.administre for un in comptes.tous(connexion) if un.nom != compte.nom)
