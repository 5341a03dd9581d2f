"""Le coffre d'un poste : ce que l'écran en voit. Synchrone, à appeler d'un fil à part ; sûr entre fils."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from uuid_utils import uuid7

from modele.coffre import (
    auteurs,
    avis,
    chaines,
    changements,
    comptes,
    confirmations,
    copies,
    depot,
    effaces,
    guerison,
    histoires,
    index,
    journaux,
    modifications,
    mur,
    nue,
    numeros,
    ouverture,
    parts,
    portee,
    rattaches,
    recherche,
    redits,
    regard,
    remise,
    repertoire,
    suppressions,
    tombes,
    verifications,
)
from modele.coffre.base import Base
from modele.coffre.cles import COUT, Cout
from modele.coffre.comptes import CompteAgent
from modele.coffre.copies import Copie, EtatDesCopies
from modele.coffre.enveloppes import Part, ecrire_trousseau, lire_trousseau
from modele.coffre.faces import Faces
from modele.coffre.guerison import Guerison
from modele.coffre.listes import (
    AccesNote,
    Brouillon,
    EcheanceALire,
    Filtre,
    PageDHistoire,
    PageDossiers,
    Recent,
    Reprise,
    SansNom,
    Supprime,
    Tri,
    Trouve,
)
from modele.coffre.verifications import LieuVerifie
from modele.dossier.acces import Acces, Geste
from modele.dossier.chemins import Document
from modele.dossier.codes import nouveau_code_secours, relire_code_secours
from modele.dossier.dates_tenues import DateTenue
from modele.dossier.operations import DOSSIER, Chaine, Operation
from modele.dossier.retours import Retours, relire
from modele.dossier.suppression import RENDU_PENDANT, Raison
from modele.droits import Action, Auteur, Perimetre
from modele.protection.mur import Ailleurs
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Surcharge

_LOT = 500
_RETOURS = "retours"
DERNIERE_REPRISE = "reprise.derniere"
"""Réglage : ce que la dernière guérison de ce coffre a repris, en une phrase."""


def heure_du_poste() -> datetime:
    """L'heure de ce poste, avec son fuseau."""
    return datetime.now().astimezone()


class Coffre(Faces):
    """Un coffre ouvert. ``agent`` : qui l'a ouvert (vide : le code de secours)."""

    def __init__(self, base: Base, cle: bytes, agent: str, cout: Cout = COUT) -> None:
        self._base, self._cle, self._cout, self._horloge = base, cle, cout, heure_du_poste
        self.chemin = base.chemin
        self.agent = agent
        # Le code de secours n'est à aucun agent : rien ne lui est caché.
        base.agent = lambda: self.agent or None
        # Le compte de qui l'a ouvert ; aucun par le code de secours.
        self.compte: CompteAgent | None = None
        # Ce qui a été repris d'un coffre abîmé, à dire à qui entre.
        self.reprise = ""
        super().__init__(base, lambda: self._horloge(), lambda: self._cle, lambda: self.agent, cout)

    @classmethod
    def creer(
        cls, chemin: Path, agent: str, mot_de_passe: str, territoire: str, poste: str, cout: Cout = COUT
    ) -> tuple[Coffre, str]:
        """Crée le coffre et rend le code de secours, montré une seule fois. Refuse d'écraser un coffre.

        ``poste`` : le nom qui se montre ; l'identité du poste est tirée ici.
        """
        code = nouveau_code_secours()
        chaine = Chaine(territoire, str(uuid7()), str(uuid7()))
        ouverture.creer(chemin, agent, mot_de_passe, code, chaine, poste, cout)
        return cls.ouvrir(chemin, mot_de_passe, cout=cout), code

    @classmethod
    def ouvrir(
        cls, chemin: Path, mot_de_passe: str, agent: str | None = None, cout: Cout = COUT, *, loin: bool = False
    ) -> Coffre:
        """Ouvre par le mot de passe d'un agent. Lève ``ErreurUtilisateur`` : absent, abîmé, récent, mot de passe.

        ``HorsDePortee`` : il n'a pas joint le registre depuis trop longtemps. ``loin`` : l'ouvrir quand
        même, pour joindre le registre ou écrire un paquet, jamais pour en montrer quelque chose.
        """
        ouverture.exiger(chemin)
        cles, copie = ouverture.trousseau(chemin)
        cle, nom = cles.ouvrir(mot_de_passe, agent)
        return cls._ouvert(chemin, cle, nom, cout, cles.agents(), copie, loin)

    @classmethod
    def ouvrir_par_secours(cls, chemin: Path, code: str, cout: Cout = COUT) -> Coffre:
        """Ouvre par le code de secours, pour donner ensuite un nouveau mot de passe à un agent."""
        ouverture.exiger(chemin)
        cles, copie = ouverture.trousseau(chemin)
        cle = cles.ouvrir_par_secours(relire_code_secours(code))
        return cls._ouvert(chemin, cle, "", cout, cles.agents(), copie, True)

    @classmethod
    def _ouvert(
        cls, chemin: Path, cle: bytes, agent: str, cout: Cout, connus: Sequence[str], cles_de: Copie | None, loin: bool
    ) -> Coffre:
        # Avant la première écriture : rien ne s'écrit sur un coffre abîmé.
        reprise = guerison.examiner_et_guerir(chemin, cle, cles_de, heure_du_poste())
        coffre = cls(ouverture.ouvrir_base(chemin, cle), cle, agent, cout)
        try:
            # À part : un refus ne doit pas faire oublier l'heure qu'il était.
            coffre.portee.voir()
            with coffre._base.ecriture() as connexion:
                coffre._entrer(connexion, connus, heure_du_poste())
                if not loin:
                    portee.exiger(connexion, heure_du_poste())
            coffre._reprendre(reprise)
            with coffre._base.ecriture() as connexion:
                confirmations.marquer(connexion, heure_du_poste())
            coffre.effacer_les_echus()
            # Une copie a peut-être pris sa place : ce qui a été effacé depuis ne revient pas.
            coffre.droits.rejouer()
        except BaseException:
            coffre.fermer()
            raise
        return coffre

    def _entrer(self, connexion: Connection, connus: Sequence[str], quand: datetime) -> None:
        """Le compte de qui ouvre, exigé ouvert, et son ouverture au journal. ``connus`` : les agents du trousseau."""
        comptes.adopter(connexion, connus, quand)
        if self.agent:
            self.compte = comptes.exiger_ouvert(connexion, self.agent)
        acces = Acces.OUVRIR if self.agent else Acces.OUVRIR_PAR_SECOURS
        journaux.noter(connexion, self.agent, quand, acces, None)
        journaux.oublier_les_anciens(connexion, quand)

    def _reprendre(self, reprise: Guerison | None) -> None:
        """Garde ce que la guérison a repris, et redit ce que les dossiers montraient encore."""
        if reprise is None:
            return
        if reprise.copie is not None or reprise.coupe:
            with self._base.ecriture() as connexion:
                confirmations.remis(connexion, self._horloge())
        if reprise.redire is not None:
            # Ce qui se guérit n'est pas à qui ouvre : un dossier dont il est écarté se redit aussi.
            with self._base.ecriture(entiere=True) as connexion:
                redits.redire(connexion, reprise.redire, Auteur(self.agent), self._horloge())
        self.reprise = reprise.dire()
        self.regler(DERNIERE_REPRISE, self.reprise)

    def fermer(self) -> None:
        """Rend le fichier ; le coffre ne sert plus."""
        self._base.fermer()
        self._cle = b""

    # Les cases

    def verifier_mot_de_passe(self, mot_de_passe: str, agent: str | None = None) -> str:
        """L'agent dont c'est le mot de passe, pour lever un verrouillage. Lève ``ErreurUtilisateur`` sinon."""
        return lire_trousseau(self.chemin).ouvrir(mot_de_passe, agent)[1]

    def reprendre(self, agent: str, mot_de_passe: str) -> None:
        """Ouvert par le code de secours, rend ce coffre à un compte ouvert, sous un nouveau mot de passe.

        Lève ``ErreurUtilisateur``.
        """
        self.comptes.reprendre(agent, mot_de_passe)
        self.agent = agent

    def renouveler_secours(self) -> str:
        """Remplace le code de secours et rend le nouveau ; l'ancien n'ouvre plus rien."""
        code = nouveau_code_secours()
        ecrire_trousseau(self.chemin, lire_trousseau(self.chemin).avec_secours(self._cle, code, self._cout))
        return code

    # Les dossiers, et les autres objets

    def creer_dossier(self, document_initial: Document, auteur: Auteur) -> Document:
        """Crée un dossier ; rend le document avec son identifiant, durable sur le disque.

        Lève ``Ailleurs`` s'il dit une violence et qu'un autre adulte y est.
        """
        return self.creer_objet(DOSSIER, document_initial, auteur)

    def creer_objet(self, genre: str, document_initial: Document, auteur: Auteur) -> Document:
        """Crée un objet de ce genre ; rend le document avec son identifiant, durable sur le disque.

        Lève ``ErreurUtilisateur`` : l'auteur n'en a pas le droit, ou le dossier à suivre n'est pas tenu ici.
        """
        with self._base.ecriture() as connexion:
            (document,) = depot.creer(connexion, [document_initial], auteur, self._horloge(), genre)
            journaux.noter(connexion, auteur.nom, self._horloge(), Acces.CREER, document["id"])
        return document

    def rattaches(self, dossier: str, genre: str) -> list[Document]:
        """Les objets de ce genre qui suivent ce dossier, du plus ancien au plus récent ; sans trace aux accès."""
        with self._base.lecture() as connexion:
            return rattaches.documents(connexion, dossier, genre)

    def importer(self, documents: Iterable[Document], auteur: Auteur) -> int:
        """Crée un dossier par document, par lots durables ; rend leur nombre.

        Lève ``Ailleurs`` à la fin, avec leur rang, si certains ne s'importent pas ; tous les autres le sont.
        """
        refuses: list[int] = []
        restants, lus, nombre = iter(documents), 0, 0
        while lot := list(islice(restants, _LOT)):
            with self._base.ecriture() as connexion:
                crees, ailleurs = depot.importer(connexion, lot, auteur, self._horloge())
                journaux.noter(connexion, auteur.nom, self._horloge(), Acces.IMPORTER, None)
            nombre, lus, refuses = nombre + crees, lus + len(lot), [*refuses, *(lus + rang for rang in ailleurs)]
        if refuses:
            raise Ailleurs(refuses)
        return nombre

    def modifier(
        self, dossier: str, modifications: Mapping[str, Any], auteur: Auteur, *, retours: Retours | None = None
    ) -> Document:
        """Pose des champs (``ABSENT`` retire) ; rend le document, durable sur le disque.

        Un autre ``id`` : un adulte entrait là où une violence a un jour été dite, un dossier commun s'est ouvert à la
        place et celui-ci est resté tel quel. ``retours`` : ce qui s'annulera, gardé dans la même transaction, moins ce
        que le mur a tu. Lève ``Ailleurs`` si un autre adulte lirait une violence ;
        ``ErreurUtilisateur`` si l'objet manque, si l'auteur n'en a pas le droit, ou si la discrétion serait levée sans
        motif.
        """
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            document = depot.modifier(connexion, dossier, modifications, auteur, quand)
            journaux.noter(connexion, auteur.nom, quand, Acces.MODIFIER, document["id"])
            if retours is not None:
                journaux.regler(connexion, _RETOURS, retours.tenue(document).ecrire())
            return confirmations.tel_qu_il_se_montre(connexion, document)

    def retours(self) -> str:
        """Ce qui s'annulait à la dernière écriture ; vide si la réception a été finie, ou si l'agent n'y voit rien."""
        with self._base.lecture() as connexion:
            ecrits = journaux.reglage(connexion, _RETOURS)
            return ecrits if regard.voit(connexion, relire(ecrits).dossier) else ""

    def oublier_les_retours(self) -> None:
        """La réception est finie : rien de ce qui s'y est écrit ne s'annule plus."""
        if self.retours():
            self.regler(_RETOURS, "")

    def donner_numero_provisoire(self, dossier: str, auteur: Auteur) -> Document:
        """Donne au dossier son numéro provisoire, une fois pour toutes ; rend le document, durable."""
        with self._base.ecriture() as connexion:
            return numeros.donner(connexion, dossier, auteur, self._horloge())

    def lire(self, dossier: str) -> Document:
        """Le document courant, sans trace au journal des accès."""
        with self._base.lecture() as connexion:
            return depot.document(connexion, dossier)

    def consulter(self, dossier: str, auteur: Auteur) -> Document:
        """Le document courant, si l'auteur a le droit de le lire ; l'accès est noté avant qu'il soit rendu.

        Une réponse qui ne s'écrit plus (un code retiré) s'efface ici ; qui ne peut que lire ne la voit pas.
        """
        with self._base.ecriture() as connexion:
            document = depot.sans_retires(
                connexion, depot.document_a_lire(connexion, dossier, auteur), auteur, self._horloge()
            )
            journaux.noter(connexion, auteur.nom, self._horloge(), Acces.CONSULTER, dossier)
            return confirmations.tel_qu_il_se_montre(connexion, document)

    def operations(self, dossier: str) -> list[Operation]:
        """L'histoire du dossier, de la plus ancienne à la plus récente."""
        with self._base.lecture() as connexion:
            return depot.operations_du_dossier(connexion, dossier)

    def histoire(self, dossier: str, auteur: Auteur, *, chemin: str = "", avant: int | None = None) -> PageDHistoire:
        """Ce qui a changé sur ce poste, deux cents lignes à la fois, le plus récent d'abord ; à travers le mur.

        ``chemin`` : une seule réponse, et ce qu'elle contient. ``avant`` : la ``suite`` de la page précédente. Lève
        ``ErreurUtilisateur`` si l'auteur n'a pas le droit de lire ce dossier.
        """
        with self._base.lecture() as connexion:
            courant = depot.document_a_lire(connexion, dossier, auteur)
            return changements.page(connexion, courant, chemin, avant)

    def verifier_chaine(self) -> list[str]:
        """Les ruptures des chaînes d'opérations ; vide si rien n'a été touché."""
        with self._base.lecture(entiere=True) as connexion:
            return chaines.ruptures(connexion)

    # Les copies de secours

    def copier_s_il_le_faut(self, *, tout_de_suite: bool = False) -> EtatDesCopies:
        """Fait la copie du jour si elle manque, sans arrêter une écriture ; dit où en sont les copies.

        ``tout_de_suite`` : même s'il y en a une.

        À appeler d'un fil à elle : elle lit tout le coffre. Lève ``ErreurUtilisateur`` si elle ne peut pas se faire.
        """
        cle, panne = self._cle, ""
        if cle and (tout_de_suite or copies.due(self.chemin, self._horloge())):
            try:
                panne = copies.copier_du_jour(self.chemin, cle, self._horloge())
            except copies.CoffreAbime:
                # La prochaine ouverture regardera chaque page avant d'écrire, quelle que soit la taille.
                guerison.a_verifier(self.chemin).touch()
                raise
        if cle:
            self._sceller_les_copies(cle)
            remise.oublier_les_anciens(self.chemin, self._horloge(), effaces.dernier(self.chemin))
        return self.etat_des_copies(panne)

    def _sceller_les_copies(self, cle: bytes) -> None:
        """Scelle celles du second endroit tant qu'il reste des parts d'avance ; les autres attendent le registre."""
        for copie in copies.a_sceller(self.chemin):
            with self._base.ecriture() as connexion:
                part = parts.prendre(connexion, self._horloge())
            if part is None:
                return
            copies.sceller(copie, cle, part)

    def parts_a_demander(self) -> int:
        """Combien de parts de copie demander au registre ; aucune sans second endroit."""
        voulues = parts.voulues(self.chemin)
        with self._base.lecture() as connexion:
            return parts.manquantes(connexion, voulues, self._horloge())

    def garder_la_part(self, nom: str, code: str) -> None:
        """Garde d'avance une part que le registre vient de prendre."""
        with self._base.ecriture() as connexion:
            parts.garder(connexion, Part(nom, code, self._horloge()), self._horloge())

    def etat_des_copies(self, panne: str = "") -> EtatDesCopies:
        """Où en sont les copies, et ce que la dernière guérison de ce coffre a repris."""
        return copies.etat(self.chemin, panne, self.reglage(DERNIERE_REPRISE))

    def copier_ailleurs(self, endroit: str) -> EtatDesCopies:
        """Choisit le second endroit des copies (vide : aucun) et y porte celle du jour. Lève ``ErreurUtilisateur``."""
        copies.choisir_le_second(self.chemin, endroit)
        return self.copier_s_il_le_faut()

    # Un dossier créé par erreur

    def supprimer(self, dossier: str, raison: Raison, mots: str, auteur: Auteur) -> datetime:
        """Met de côté un dossier créé par erreur ; rend l'instant où il s'effacera pour de bon.

        Lève ``ErreurUtilisateur`` : sans mots, sans droit, ou si le registre a pu le recevoir.
        """
        with self._base.ecriture() as connexion:
            fin = suppressions.supprimer(connexion, dossier, raison, mots, auteur, self._horloge())
            if relire(journaux.reglage(connexion, _RETOURS)).dossier == dossier:
                journaux.regler(connexion, _RETOURS, "")
        return fin

    def supprimes(self) -> list[Supprime]:
        """Les dossiers supprimés qui se rendent encore, le dernier d'abord."""
        with self._base.lecture() as connexion:
            return suppressions.lister(connexion)

    def rendre(self, dossier: str, auteur: Auteur) -> None:
        """Rend un dossier supprimé, tel qu'il était. Lève ``ErreurUtilisateur`` : sans droit, ou plus à rendre."""
        with self._base.ecriture() as connexion:
            suppressions.rendre(connexion, dossier, auteur, self._horloge())

    def effacer_les_echus(self) -> int:
        """Efface les dossiers supprimés dont le délai est passé, et ce que le fichier en gardait ; rend leur nombre.

        Efface aussi ce qui ne se garde qu'un an : les essais vains « seul à seul », les voies ouvertes.

        Récrit aussi le fichier de ce qu'un effacement venu du registre y a laissé de pages libres.
        """
        with self._base.ecriture() as connexion:
            echus = suppressions.echus(connexion, self._horloge())
            for dossier in echus:
                suppressions.effacer(connexion, dossier)
            a_recrire = tombes.oublier_les_refus(connexion, self._horloge() - RENDU_PENDANT)
            a_recrire |= avis.oublier_les_essais(connexion, self._horloge())
            journaux.oublier_les_anciens(connexion, self._horloge())
            a_recrire |= bool(echus) or bool(journaux.reglage(connexion, tombes.A_RECRIRE))
        effaces.noter(self.chemin, echus)
        if a_recrire:
            self._base.oublier_l_efface()
            self.regler(tombes.A_RECRIRE, "")
        return len(echus)

    def genres_lus(self, auteur: Auteur) -> frozenset[str]:
        """Les genres d'objets que cet auteur peut lire ici, ne serait-ce que ceux de la séance où il siège.

        Aucun si son compte est fermé. Rien ne se lit.
        """
        with self._base.lecture() as connexion:
            return auteurs.genres_lus(connexion, auteur, Perimetre.SOI, Perimetre.SEANCE)

    # Ce que la structure a modifié

    def modifications(self) -> list[Surcharge]:
        """Les fichiers que la structure a modifiés, ici ou sur un autre poste, du plus ancien au plus récent."""
        with self._base.lecture() as connexion:
            return modifications.lues(connexion)

    def modifier_fichier(
        self, nature: str, identifiant: str, fichier: str, contenu: bytes, auteur: Auteur, note: Geste | None = None
    ) -> None:
        """Ce fichier (nature de ``sources.toml``) dit désormais ``contenu`` pour toute la structure, durablement.

        ``note`` : ce que le journal du poste en garde. Lève ``ErreurUtilisateur`` : une structure n'y touche pas, ou
        l'auteur n'en a pas le droit.
        """
        with self._base.ecriture() as connexion:
            ecrite = Surcharge(nature, identifiant, fichier, contenu, auteur.nom, self._horloge())
            modifications.ecrire(connexion, ecrite, auteur)
            journaux.noter_sans_dossier(connexion, auteur.nom, self._horloge(), note)

    def revenir_a_l_original(
        self, nature: str, identifiant: str, fichier: str, auteur: Auteur, note: Geste | None = None
    ) -> None:
        """Le fichier livré ou publié sert de nouveau, pour toute la structure. Sans effet si rien n'y était modifié.

        Lève ``ErreurUtilisateur`` si l'auteur n'en a pas le droit.
        """
        with self._base.ecriture() as connexion:
            modifications.revenir(connexion, nature, identifiant, fichier, auteur, self._horloge())
            journaux.noter_sans_dossier(connexion, auteur.nom, self._horloge(), note)

    def lieux_verifies(self) -> list[LieuVerifie]:
        """Les lieux de l'annuaire qu'un agent a confirmés, ici ou sur un autre poste."""
        with self._base.lecture() as connexion:
            return verifications.lues(connexion)

    def verifier_lieu(self, territoire: str, lieu: str, empreinte: str, auteur: Auteur) -> None:
        """Ce lieu de l'annuaire est confirmé aujourd'hui par cet agent, durablement.

        Lève ``ErreurUtilisateur`` si l'auteur n'en a pas le droit.
        """
        with self._base.ecriture() as connexion:
            verifications.noter(connexion, territoire, lieu, empreinte, auteur, self._horloge())

    # Les listes : qui n'a le droit de lire aucun dossier n'y voit personne.

    def _permet(self, connexion: Connection, action: Action) -> bool:
        """Celui qui a ouvert ce coffre peut-il cela d'un dossier ?"""
        return auteurs.permet(connexion, Auteur(self.agent), DOSSIER, action)

    def rechercher(self, texte: str, limite: int = 20) -> list[Trouve]:
        """Les dossiers qui ressemblent au texte : nom, prénom, naissance, téléphone, numéro, référence.

        D'un dossier discret, la seule référence ; son nom ne le trouve que par ``porte``.
        """
        try:
            with self._base.lecture() as connexion:
                return recherche.rechercher(connexion, texte, limite) if self._permet(connexion, Action.LIRE) else []
        except ErreurUtilisateur as panne:
            if not nue.est_l_index(panne.__cause__):
                raise
        # Rien n'y est qui ne soit dans les documents : il se refait, et la recherche aboutit.
        with self._base.ecriture() as connexion:
            index.refaire(connexion)
            journaux.regler(connexion, DERNIERE_REPRISE, guerison.INDEX_REFAIT)
        with self._base.lecture() as connexion:
            return recherche.rechercher(connexion, texte, limite)

    def recents(self, limite: int = 20) -> list[Recent]:
        """Les derniers dossiers modifiés."""
        with self._base.lecture() as connexion:
            return journaux.recents(connexion, limite) if self._permet(connexion, Action.LIRE) else []

    def sans_nom(self, agent: str, limite: int = 200) -> list[SansNom]:
        """Les dossiers que cet agent a commencés et qui n'ont pas de nom : à nul autre."""
        with self._base.lecture() as connexion:
            return journaux.sans_nom(connexion, agent, limite)

    def lister(self, agent: str, filtre: Filtre, tri: Tri, page: int = 0) -> PageDossiers:
        """Une page de la liste des dossiers, telle que ``agent`` la voit."""
        with self._base.lecture() as connexion:
            if not self._permet(connexion, Action.LIRE):
                return PageDossiers((), 0, 0)
            return repertoire.lister(connexion, agent, filtre, tri, page)

    def echeances_a_lire(self, jour: date, au_plus: int) -> list[EcheanceALire]:
        """Les dossiers dont la prochaine échéance est à chercher (``noter_echeance``) ; jamais un dossier discret."""
        with self._base.lecture() as connexion:
            return repertoire.echeances_a_lire(connexion, jour, au_plus)

    def noter_echeance(
        self, dossier: str, document: Document, le: date | None, jour: date, delais: Sequence[DateTenue] = ()
    ) -> None:
        """Retient la prochaine échéance et les délais des voies lus dans ``document`` ; sans effet s'il a changé."""
        with self._base.ecriture() as connexion:
            repertoire.noter_echeance(connexion, dossier, document, le, jour, delais)

    def compter(self) -> int:
        """Le nombre de dossiers."""
        with self._base.lecture() as connexion:
            return journaux.compter(connexion)

    # Le mur

    def a_porte(self, dossier: str) -> bool:
        """Vrai si une violence a un jour été dite dans ce dossier : nul adulte n'y entre, il s'en ouvre un autre."""
        with self._base.lecture() as connexion:
            return regard.voit(connexion, dossier) and histoires.a_porte(connexion, dossier)

    def proteger(self, criteres: Collection[str]) -> None:
        """Retient les critères dont la seule preuve dit une violence (``Regles.criteres_proteges``)."""
        with self._base.ecriture() as connexion:
            mur.proteger(connexion, criteres)

    # La frappe en cours

    def brouillon(self, dossier: str, chemin: str, texte: str | None) -> None:
        """Garde le texte en cours d'un champ, durable ; ``None`` l'abandonne."""
        with self._base.ecriture() as connexion:
            if texte is None:
                depot.document(connexion, dossier)
                depot.effacer_brouillon(connexion, dossier, chemin)
            else:
                depot.garder_brouillon(connexion, dossier, chemin, texte, self._horloge())

    def brouillons(self, dossier: str) -> list[Brouillon]:
        """Les textes en cours d'un dossier, du plus ancien au plus récent."""
        with self._base.lecture() as connexion:
            return journaux.brouillons(connexion, dossier)

    def reprises(self) -> list[Reprise]:
        """Les saisies interrompues des dossiers que cet agent a le droit de lire, la plus récente d'abord."""
        with self._base.lecture() as connexion:
            if not self._permet(connexion, Action.LIRE):
                return []
            return journaux.reprises(connexion, self._permet(connexion, Action.LIRE_DISCRET))

    # Les accès et les réglages

    def noter_acces(self, agent: str, acces: Acces, dossier: str | None = None) -> None:
        """Ajoute une ligne au journal des accès."""
        with self._base.ecriture() as connexion:
            journaux.noter(connexion, agent, self._horloge(), acces, dossier)
            journaux.oublier_les_anciens(connexion, self._horloge())

    def noter_une_voie(self, agent: str) -> None:
        """Une voie immédiate s'est ouverte au guichet : le journal garde qui et quand, un an au plus, sans dossier."""
        with self._base.ecriture() as connexion:
            journaux.noter_une_voie(connexion, agent, self._horloge())

    def acces(self, dossier: str | None = None) -> list[AccesNote]:
        """Le journal des accès, d'un dossier ou de tous, du plus ancien au plus récent."""
        with self._base.lecture() as connexion:
            return journaux.acces(connexion, dossier)

    def reglage(self, cle: str, defaut: str = "") -> str:
        """La valeur d'un réglage du poste."""
        with self._base.lecture() as connexion:
            return journaux.reglage(connexion, cle, defaut)

    def regler(self, cle: str, valeur: str) -> None:
        """Change un réglage du poste, durablement."""
        with self._base.ecriture() as connexion:
            journaux.regler(connexion, cle, valeur)
