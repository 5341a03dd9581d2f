"""Des jours sans Internet : les mêmes octets voyagent dans un fichier scellé, qu'un autre poste transmet.

Le fichier n'est lisible que du registre ; le reçu, que du poste d'origine. Le chemin inverse est le même.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from modele.coffre.echanges import Echanges
from modele.coffre.fichiers import ecrire_durable, pannes_du_disque
from modele.protocole.messages import (
    SCHEMA_COURANT,
    MiroirPropose,
    Paquet,
    RecuDePaquet,
    Recus,
    RecuSigne,
    lire,
    octets,
    sceau_du_titre,
)
from modele.protocole.scellement import desceller, sceller
from modele.protocole.signatures import texte_du_recu, verifier
from modele.regles.disque import lire_octets
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro import comptes
from modele.synchro.cles import Liaison
from modele.synchro.connexion import Connexion, exiger_liaison
from modele.synchro.empechements import Empechement
from modele.synchro.envoi import accorder, qui_tiennent, signees
from modele.synchro.reprise import lots

if TYPE_CHECKING:
    from modele.coffre import Coffre

OPERATIONS_AU_PLUS: Final = 5000
OCTETS_AU_PLUS: Final = 8 * 1024 * 1024
SUFFIXE_DU_RECU: Final = ".perron-recu"
_RESTAURE: Final = (
    "Le registre a été restauré d'une sauvegarde : ce qu'il a perdu, et que ce poste tient, est à lui renvoyer. "
    "Écrivez un nouveau fichier."
)
_CONTREFAIT: Final = (
    "Ce reçu n'est pas signé par le registre : rien n'en est cru, vos saisies attendent toujours. Redemandez-le, et "
    "prévenez la personne qui tient le registre."
)


class Paquets:
    """Les fichiers scellés d'un coffre : écrire le sien, porter celui d'un autre, lire le reçu du sien."""

    def __init__(self, coffre: Coffre, connexion: Connexion) -> None:
        self._coffre, self._echanges, self._connexion = coffre, coffre.echanges, connexion

    def ecrire(self, chemin: Path) -> int:
        """Écrit ce qui attend dans un fichier scellé ; rend combien d'opérations. La boîte d'envoi ne bouge pas.

        Lève ``ErreurUtilisateur`` : poste relié à rien, rien à envoyer, ou disque.
        """
        liaison = exiger_liaison(self._echanges)
        en_attente = self._echanges.lot(OPERATIONS_AU_PLUS)
        lot = qui_tiennent(en_attente, OCTETS_AU_PLUS)
        miroirs, tous = self._a_reprendre()
        if not (lot or miroirs or self._il_faut_un_contact()):
            raise ErreurUtilisateur("Rien n'attend l'envoi : il n'y a pas de fichier à écrire.")
        if not self._echanges.noter_essai([operation.entete.id for operation in lot]):
            # Un dossier vient d'être supprimé : ce qui part se relit.
            return self.ecrire(chemin)
        paquet = Paquet(
            self._echanges.territoire,
            liaison.cles.poste,
            SCHEMA_COURANT,
            signees(lot, liaison.cles, self._echanges.comprises([operation.entete.id for operation in lot])),
            self._echanges.curseur().poignee,
            miroirs,
            tous and len(lot) == self._echanges.compter_a_envoyer(),
            comptes.signee(self._coffre, liaison.cles),
        )
        ecrire_durable(chemin, sceller(liaison.scellement_registre, octets(paquet)))
        return len(lot)

    def _il_faut_un_contact(self) -> bool:
        """Sans rien à envoyer, un fichier vaut quand même : son reçu dit que le registre connaît toujours ce poste."""
        portee = self._coffre.portee.lire()
        return portee is not None and portee.bientot

    def _a_reprendre(self) -> tuple[list[MiroirPropose], bool]:
        """Ce que ce poste repropose à un registre restauré, et si tout y tient."""
        titres = self._echanges.a_proposer()
        etats = self._echanges.mis_de_cote(titres)
        avec = next(lots({titre: etats[titre] for titre in titres if titre in etats}), [])
        sans = [MiroirPropose(titre) for titre in titres if titre not in etats]
        return [*sans, *avec], len(sans) + len(avec) == len(titres)

    def transmettre(self, chemin: Path) -> Path:
        """Transmet le fichier d'un autre poste et écrit son reçu à côté ; rend le chemin du reçu, à lui rendre.

        Lève ``ErreurUtilisateur`` (fichier) ou ``Empechement`` (registre).
        """
        with self._connexion.en_ligne() as echange:
            with pannes_du_disque(chemin):
                scelle = lire_octets(chemin)
            recu = chemin.with_name(chemin.name + SUFFIXE_DU_RECU)
            ecrire_durable(recu, echange.transport.paquet(scelle))
        return recu

    def lire_recu(self, chemin: Path) -> int:
        """Prend acte d'un reçu ; rend combien de saisies le registre a jugées. Relu, il ne change plus rien.

        Lève ``ErreurUtilisateur`` : fichier abîmé, reçu d'un autre poste, ou que le registre n'a pas signé ; et ce qui
        a arrêté le registre en chemin (ce qui est jugé l'est).
        """
        liaison = exiger_liaison(self._echanges)
        rendu = _ouvrir(liaison, chemin)
        recus = rendu.recus or Recus([])
        self._noter_le_contact(rendu)
        self._echanges.noter_recus(recus.issues, liaison.cles.poste)
        self._echanges.noter_les_sorts(
            {
                titre: rendu.sorts[sceau_du_titre(titre)]
                for titre in self._echanges.a_proposer()
                if sceau_du_titre(titre) in rendu.sorts
            }
        )
        if self._echanges.reconnaitre_la_base(rendu.poignee):
            raise ErreurUtilisateur(_RESTAURE)
        if phrase := _suite(self._echanges, rendu, recus):
            raise ErreurUtilisateur(phrase)
        return len(recus.issues)

    def _noter_le_contact(self, rendu: RecuDePaquet) -> None:
        """D'un registre d'une version d'avant, ou qui a révoqué ce poste, le reçu ne dit rien des comptes."""
        if rendu.comptes is not None:
            self._coffre.comptes.suivre_le_registre(rendu.comptes)
        if rendu.instant is not None:
            self._coffre.portee.noter_le_recu(rendu.instant)


def _ouvrir(liaison: Liaison, chemin: Path) -> RecuDePaquet:
    """Le reçu de ce poste, signé par le registre."""
    with pannes_du_disque(chemin):
        scelle = lire_octets(chemin)
    try:
        signe = lire(desceller(liaison.cles.scellement, scelle), RecuSigne)
        rendu = lire(signe.recu, RecuDePaquet)
    except msgspec.DecodeError as faute:
        raise ErreurUtilisateur("Ce reçu ne se lit pas. Redemandez-le au poste qui a transmis le fichier.") from faute
    if not verifier(liaison.cle_registre, signe.signature, texte_du_recu(signe.recu)):
        raise ErreurUtilisateur(_CONTREFAIT)
    if rendu.poste != liaison.cles.poste:
        raise ErreurUtilisateur("Ce reçu est celui d'un autre poste. Rendez-le-lui, et demandez le vôtre.")
    return rendu


def _suite(echanges: Echanges, rendu: RecuDePaquet, recus: Recus) -> str:
    """Ce qui a arrêté le registre en chemin, et ce que ce poste en a fait ; vide si tout est passé."""
    if rendu.refus is None:
        return recus.arret.cause if recus.arret is not None else ""
    if rendu.refus.epoque and rendu.refus.epoque != echanges.chaine().epoque:
        # Un vieux reçu : ce désaccord est déjà réglé.
        return ""
    try:
        accorder(echanges, rendu.refus, set())
    except Empechement as empechement:
        return str(empechement)
    return "Le registre attend d'autres saisies avant celles-ci : écrivez un nouveau fichier."
