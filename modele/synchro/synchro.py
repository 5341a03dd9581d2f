"""La synchronisation, telle que l'écran la voit. Synchrone : à appeler d'un fil à part, jamais celui de l'écran.

Les méthodes qui parlent au registre lèvent ``Empechement`` (une ``ErreurUtilisateur``) s'il ne répond pas ; ``tour`` ne
lève pas : il retient la panne et la rend. Ce qui est fait est durable à chaque pas : un tour se reprend où il en était.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, Final

from modele.coffre import Coffre
from modele.dossier.chemins import Document
from modele.protection.discretion import est_discret
from modele.protocole.messages import REPRISE, DemandeDeNumero, Ecart, Ouverture, Sortie
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro import cles, divergences
from modele.synchro.attente import Attente
from modele.synchro.cles import Cles, Liaison
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.etats import (
    DivergenceMontree,
    DoublonMontre,
    EnAttente,
    EnQuarantaine,
    EtatEnvois,
    LecteurMontre,
    Lien,
    RecuMontre,
)
from modele.synchro.journal_des_tours import JournalDesTours

if TYPE_CHECKING:
    from modele.synchro.transport import Relier, Transport

_TOURS_DE_REPRISE: Final = 3
_SANS_REGISTRE: Final = "Ce poste n'est relié à aucun registre. Reliez-le d'abord, avec un code d'enrôlement."
_ECART: Final = (
    "Ce poste ne tenait pas exactement les dossiers que le registre lui donne : tout a été relu. Si cela revient, "
    "prévenez l'administrateur du registre."
)
_SANS_CESSE: Final = (
    "Le registre change sans cesse de base. Rien n'est perdu : tout reste dans la boîte d'envoi. Prévenez "
    "l'administrateur du registre."
)


__all__ = ["Bilan", "Empechement", "Synchro"]


@dataclass(frozen=True, slots=True)
class Bilan:
    """Ce qu'un tour a fait : opérations qui ont leur reçu, entrées reçues ; ``panne`` : ce qui l'a arrêté, ou vide."""

    envoyees: int = 0
    recues: int = 0
    panne: str = ""


class Synchro:
    """Le coffre et le registre. ``relier`` : de quoi ouvrir la connexion ; ``hasard`` : la gigue, de 0 à 1."""

    def __init__(
        self,
        coffre: Coffre,
        relier: Relier | None = None,
        *,
        horloge: Callable[[], datetime] | None = None,
        hasard: Callable[[], float] = random.random,
    ) -> None:
        self._coffre, self._echanges = coffre, coffre.echanges
        self._relier = relier or _relier
        horloge = horloge or (lambda: datetime.now().astimezone())
        self._horloge = horloge
        self._attente = Attente(horloge, hasard)
        self._journal = JournalDesTours(self._echanges, self._attente, horloge)
        self._arret, self._verrou = Event(), Lock()
        self._transport: Transport | None = None

    # Les tours

    def tour(self) -> Bilan:
        """Envoie tout, reçoit tout, compare, met à jour les référentiels. Sans registre, ne fait rien."""
        envoyees = recues = 0
        if cles.liaison(self._echanges) is None:
            return Bilan()
        try:
            with self._en_ligne() as (transport, liaison):
                for envoyees_ici, recues_ici in self._echanger(transport, liaison.cles):
                    envoyees, recues = envoyees + envoyees_ici, recues + recues_ici
                reserve = self._verifier(transport, liaison) if not self._arret.is_set() else ""
        except ErreurUtilisateur as faute:
            self._journal.echoue(faute)
            return Bilan(envoyees, recues, str(faute))
        if not self._arret.is_set():
            self._journal.reussi(transport.ecart, reserve)
        return Bilan(envoyees, recues, reserve)

    def arreter(self) -> None:
        """Le coffre se ferme : le tour en cours s'en tient à ce qui est fait, et la connexion est rendue."""
        self._arret.set()
        # Un tour en cours tient le verrou : il rendra la connexion lui-même.
        if self._verrou.acquire(blocking=False):
            try:
                self._raccrocher()
            finally:
                self._verrou.release()

    def etat(self) -> EtatEnvois:
        """La boîte d'envoi en un coup d'œil, sans réseau."""
        echanges, liaison = self._echanges, cles.liaison(self._echanges)
        tenu = self._journal.lire()
        return EtatEnvois(
            lien=tenu.lien if liaison else Lien.SANS_REGISTRE,
            registre=liaison.adresse if liaison else "",
            guichet=liaison.guichet if liaison else "",
            attente=tuple(
                EnAttente(un.dossier, un.titre, un.saisies, un.envoyees, un.depuis) for un in echanges.attente()
            ),
            quarantaine=tuple(
                EnQuarantaine(un.operation, un.dossier, un.titre, un.champs, un.cause, un.code, un.depuis)
                for un in echanges.quarantaine()
            ),
            divergences=echanges.compter_divergences(),
            doublons=echanges.compter_doublons(),
            dernier_echange=tenu.dernier,
            prochain=self._attente.prochain,
            ecart_horloge=tenu.ecart,
            panne=tenu.panne,
            absents=tenu.absents,
        )

    def recus(self, limite: int = 50) -> tuple[RecuMontre, ...]:
        """Les derniers reçus du registre, le plus récent d'abord, sans réseau."""
        return tuple(
            RecuMontre(un.operation, un.dossier, un.titre, un.issue, un.champs, un.quand)
            for un in self._echanges.recus(limite)
        )

    # L'enrôlement

    def enroler(self, texte: str, nom: str) -> None:
        """Relie ce poste au registre que dit ``texte`` (``perron://…``), sous ce nom. Peut se recommencer.

        Lève ``ErreurUtilisateur`` : texte, territoire, autorité, réseau, code refusé.
        """
        from modele.synchro.enrolement import enroler

        with self._verrou:
            ancienne = cles.liaison(self._echanges)
            neuve = enroler(self._echanges, texte, nom, self._relier)
            self._raccrocher()
            self._coffre.regler("poste.nom", nom)
            if ancienne is not None and ancienne.cles.poste != neuve.cles.poste:
                # Un autre périmètre : ce qui n'y est plus doit partir.
                self._echanges.relire()
            self._journal.reussi(None)

    # La quarantaine

    def rejouer_quarantaine(self, operation: str, agent: str = "") -> Document:
        """Ressaisit une saisie refusée, en une opération neuve ; rend le document. Lève ``ErreurUtilisateur``."""
        return self._echanges.ressaisir(operation, agent or self._coffre.agent)

    def classer_quarantaine(self, operation: str, agent: str = "") -> None:
        """Renonce à une saisie refusée ; elle reste dans l'histoire. Lève ``ErreurUtilisateur``."""
        self._echanges.classer(operation, agent or self._coffre.agent)

    # Les divergences

    def divergences(self) -> list[DivergenceMontree]:
        """Ce que deux postes ont dit autrement, sans réseau."""
        liaison = cles.liaison(self._echanges)
        return divergences.a_trancher(self._echanges, liaison.cles.poste if liaison else "")

    def trancher(self, dossier: str, unite: str, valeurs: Mapping[str, Any], agent: str) -> Document:
        """Ce qu'une personne a choisi (vide : retirer), en une opération. Lève ``ErreurUtilisateur``."""
        return self._echanges.trancher(dossier, unite, valeurs, agent)

    # Les autres guichets

    def ouvrir(self, dossier: str, motif: str, agent: str) -> None:
        """Demande à tenir un dossier d'un autre guichet, et le reçoit. Le motif reste écrit au registre."""
        with self._en_ligne() as (transport, liaison):
            transport.ouvrir(Ouverture(dossier, motif, agent))
            self._recevoir(transport, liaison.cles)

    def sortir(self, dossier: str, agent: str) -> None:
        """Envoie ce qui attend, puis ne tient plus ce dossier : la copie de ce poste s'efface."""
        with self._en_ligne() as (transport, liaison):
            self._pousser(transport, liaison.cles)
            transport.sortir(Sortie(dossier, agent))
            self._recevoir(transport, liaison.cles)

    def consultations(self, dossier: str, agent: str = "") -> list[LecteurMontre]:
        """Qui a lu ce dossier, le plus récent d'abord."""
        with self._en_ligne() as (transport, _):
            lues = transport.consultations(dossier, agent or self._coffre.agent)
        guichets = dict(self._echanges.noms_des_postes().values())
        return [LecteurMontre(un.agent, un.poste, guichets.get(un.poste, ""), un.quand, un.action) for un in lues]

    def chercher_doublons(self, dossier: str = "", saisie: str = "", agent: str = "") -> tuple[DoublonMontre, ...]:
        """Les dossiers de tout le territoire qui ressemblent à ce dossier, ou à ce que l'agent vient de taper.

        Jamais pour un dossier discret : rien n'est demandé, rien n'est rendu.
        """
        from modele.synchro import doublons

        agent = agent or self._coffre.agent
        document = self._coffre.lire(dossier) if dossier else {}
        if saisie:
            personne = doublons.personne_de_la_saisie(saisie, agent)
        else:
            personne = doublons.personne_du_document(document, agent)
        if est_discret(document) or not doublons.cherchable(personne):
            return ()
        with self._en_ligne() as (transport, _):
            trouves = doublons.semblables(dossier, transport.doublons(personne))
        if saisie or not dossier:
            return doublons.montrer(trouves)
        self._echanges.noter_doublons(dossier, trouves)
        return self.doublons(dossier)

    def doublons(self, dossier: str | None = None) -> tuple[DoublonMontre, ...]:
        """Les ressemblances connues et non écartées, d'un dossier ou de tous, sans réseau."""
        from modele.synchro import doublons

        return doublons.montrer(self._echanges.doublons(dossier))

    def ecarter(self, dossier: str, autre: str, agent: str) -> None:
        """« Ce n'est pas la même personne » : ces deux dossiers ne se proposent plus l'un l'autre."""
        if autre not in ("", dossier):
            with self._en_ligne() as (transport, liaison):
                # Un dossier qui vient de naître n'est connu du registre qu'une fois envoyé.
                self._pousser(transport, liaison.cles)
                transport.ecarter(Ecart(dossier, autre, agent))
        self._echanges.ecarter_doublon(dossier, autre, agent)

    def fondre(self, survivant: str, absorbe: str, agent: str) -> Document:
        """La même personne a deux dossiers : ``absorbe`` se fondra dans ``survivant``. Sans réseau : part plus tard.

        Lève ``ErreurUtilisateur`` si ce poste ne tient pas les deux, ou si le mur les sépare.
        """
        quand = self._horloge().isoformat(timespec="seconds")
        document = self._coffre.modifier(survivant, {f"absorbes.{absorbe}": quand}, agent)
        self._echanges.ecarter_doublon(survivant, absorbe, agent)
        return document

    def numero_d_exemple(self, dossier: str, agent: str) -> Document:
        """Donne au dossier un numéro unique d'exemple, dans le seul territoire d'exemple."""
        with self._en_ligne() as (transport, liaison):
            self._pousser(transport, liaison.cles)
            numero = transport.numero(DemandeDeNumero(dossier, agent))
        return self._coffre.modifier(
            dossier,
            {
                "demande.numero_unique": numero.numero,
                "demande.numero_source": "Registre d'exemple",
                "demande.date_reception": numero.recu_le.date(),
            },
            agent,
        )

    def referentiel(self, nom: str) -> bytes | None:
        """La version tenue ici d'un référentiel, vérifiée ; ``None`` s'il n'est jamais venu. Sans réseau."""
        publie = self._echanges.referentiel(nom)
        return publie.contenu if publie else None

    # Sans Internet

    def ecrire_paquet(self, chemin: Path) -> int:
        """Écrit ce qui attend dans un fichier scellé ; rend combien de saisies. Lève ``ErreurUtilisateur``."""
        from modele.synchro import paquet

        return paquet.ecrire(self._echanges, self._exiger_liaison(), chemin)

    def transmettre(self, chemin: Path) -> Path:
        """Transmet le fichier d'un autre poste ; rend le chemin du reçu, à lui rendre."""
        from modele.synchro import paquet

        with self._en_ligne() as (transport, _):
            return paquet.transmettre(transport, chemin)

    def lire_recu(self, chemin: Path) -> int:
        """Prend acte du reçu d'un fichier transmis ; rend combien de saisies sont jugées.

        Lève ``ErreurUtilisateur`` : fichier, ou ce qui a arrêté le registre (ce qui est jugé l'est).
        """
        from modele.synchro import paquet

        lu = paquet.lire_recu(self._echanges, self._exiger_liaison(), chemin)
        if lu.phrase:
            raise ErreurUtilisateur(lu.phrase)
        return lu.jugees

    # Dessous

    def _echanger(self, transport: Transport, poste: Cles) -> Iterator[tuple[int, int]]:
        """Envoie puis reçoit, et recommence si le registre a changé de base entre-temps."""
        from modele.synchro.reception import Repartir

        if not self._echanges.curseur().poignee:
            # Qui envoie sans connaître la base ne verrait pas qu'elle a été restaurée, et perdrait ce qu'elle a perdu.
            yield 0, self._tirer(transport, poste)
        for _ in range(_TOURS_DE_REPRISE):
            envoyees, attente = self._pousser_ou_attendre(transport, poste)
            try:
                yield envoyees, self._tirer(transport, poste)
            except Repartir:
                yield envoyees, 0
                continue
            if attente is not None:
                raise attente
            return
        raise Empechement(Classe.RESEAU, _SANS_CESSE)

    def _pousser_ou_attendre(self, transport: Transport, poste: Cles) -> tuple[int, Empechement | None]:
        """Si le registre attend un autre poste, ce qui est arrêté n'empêche pas de recevoir : chacun attendrait."""
        try:
            return self._pousser(transport, poste), None
        except Empechement as empechement:
            if empechement.refus is None or empechement.refus.code != REPRISE:
                raise
            return 0, empechement

    def _recevoir(self, transport: Transport, poste: Cles) -> None:
        """Reçoit ; mais relire tout du début attend que tout soit renvoyé : ce que le registre a perdu s'effacerait."""
        from modele.synchro.reception import Repartir

        if self._echanges.curseur().jusque:
            with suppress(Repartir):
                self._tirer(transport, poste)
                return
        for _ in self._echanger(transport, poste):
            pass

    def _pousser(self, transport: Transport, poste: Cles) -> int:
        from modele.synchro.envoi import Pousseur

        return Pousseur(self._echanges, transport, poste, self._arret.is_set).pousser()

    def _tirer(self, transport: Transport, poste: Cles) -> int:
        from modele.synchro.reception import tirer

        return tirer(self._echanges, transport, poste.poste, self._arret.is_set)

    def _verifier(self, transport: Transport, liaison: Liaison) -> str:
        """L'empreinte, puis les référentiels ; rend ce qu'il faut dire à la personne, ou rien."""
        from modele.synchro.reception import Repartir, accorder
        from modele.synchro.referentiels import mettre_a_jour

        reserves = []
        try:
            accord = accorder(self._echanges, transport, liaison.cles.poste, self._arret.is_set)
        except Repartir:
            # Restauré à l'instant : tout se renvoie, et se comparera au tour suivant.
            self._recevoir(transport, liaison.cles)
            return ""
        self._journal.compter_absents(accord.absents)
        if not accord.entier:
            self._echanges.relire()
            # Même base, rien n'y est perdu ; si elle change à l'instant, le tour suivant renvoie d'abord.
            with suppress(Repartir):
                self._tirer(transport, liaison.cles)
            reserves.append(_ECART)
        reserves += mettre_a_jour(self._echanges, transport, liaison.cle_registre, self._arret.is_set)
        return " ".join(reserves)

    @contextmanager
    def _en_ligne(self) -> Iterator[tuple[Transport, Liaison]]:
        with self._verrou:
            liaison = self._exiger_liaison()
            if self._transport is None:
                self._transport = self._relier(
                    liaison.adresse, liaison.autorite, self._echanges.territoire, liaison.cles
                )
            try:
                yield self._transport, liaison
            finally:
                if self._arret.is_set():
                    self._raccrocher()

    def _raccrocher(self) -> None:
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.fermer()

    def _exiger_liaison(self) -> Liaison:
        liaison = cles.liaison(self._echanges)
        if liaison is None:
            raise ErreurUtilisateur(_SANS_REGISTRE)
        return liaison


def _relier(adresse: str, autorite: str, territoire: str, poste: Cles) -> Transport:
    # httpx et le reste se chargent ici, au premier échange.
    from modele.synchro.transport import Transport

    return Transport(adresse, autorite, territoire, poste)
