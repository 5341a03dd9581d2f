"""La synchronisation d'un coffre : les tours, où l'on en est, et par où le reste se demande au registre.

Synchrone : à appeler d'un fil à part, jamais celui de l'écran. ``tour`` ne lève pas : il retient la panne et la rend ;
le reste lève ``Empechement`` (une ``ErreurUtilisateur``) si le registre ne répond pas. Ce qui est fait est durable à
chaque pas : un tour se reprend où il en était.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from modele.regles.fautes import ErreurUtilisateur
from modele.synchro import cles
from modele.synchro.attente import Attente
from modele.synchro.comptes import declarer
from modele.synchro.connexion import Connexion, exiger_liaison
from modele.synchro.doublons import Doublons
from modele.synchro.etats import EtatEnvois, Lien
from modele.synchro.guichets import Guichets
from modele.synchro.journal_des_tours import JournalDesTours
from modele.synchro.sceaux import prendre_les_parts

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.synchro.paquet import Paquets
    from modele.synchro.transport import Relier


@dataclass(frozen=True, slots=True)
class Bilan:
    """Ce qu'un tour a fait : opérations qui ont leur reçu, entrées reçues ; ``panne`` : ce qui l'a arrêté, ou vide."""

    envoyees: int = 0
    recues: int = 0
    panne: str = ""


class Synchro:
    """Le coffre et le registre. ``relier`` : de quoi ouvrir la ligne ; ``hasard`` : la gigue, de 0 à 1.

    ``connexion`` : la ligne. ``guichets`` : un dossier d'un guichet à l'autre. ``doublons`` : la même personne
    ailleurs. ``paquets`` : sans Internet. Ce qui est sur ce poste (boîte d'envoi, quarantaine, reçus, ressemblances
    connues) est dans ``coffre.echanges`` ; ce qui diverge, dans ``divergences``.
    """

    def __init__(
        self,
        coffre: Coffre,
        relier: Relier | None = None,
        *,
        horloge: Callable[[], datetime] | None = None,
        hasard: Callable[[], float] = random.random,
    ) -> None:
        horloge = horloge or (lambda: datetime.now().astimezone())
        self._coffre, self._echanges = coffre, coffre.echanges
        self._attente = Attente(horloge, hasard)
        self._journal = JournalDesTours(self._echanges, self._attente, horloge)
        self.connexion = Connexion(self._echanges, relier)
        self.guichets = Guichets(coffre, self.connexion)
        self.doublons = Doublons(coffre, self.connexion)

    @cached_property
    def paquets(self) -> Paquets:
        """Les fichiers scellés. Leur chiffrement ne se charge qu'au premier."""
        from modele.synchro.paquet import Paquets

        return Paquets(self._coffre, self.connexion)

    def tour(self) -> Bilan:
        """Envoie tout, reçoit tout, compare, met à jour les référentiels. Sans registre, ne fait rien."""
        envoyees = recues = 0
        if cles.liaison(self._echanges) is None:
            return Bilan()
        try:
            self._coffre.portee.voir()
            with self.connexion.en_ligne() as echange:
                declarer(self._coffre, echange.transport, exiger_liaison(self._echanges).cles)
                for envoyees_ici, recues_ici in echange.aller_retour():
                    envoyees, recues = envoyees + envoyees_ici, recues + recues_ici
                echange.dire_les_ecarts()
                reserve = "" if self.connexion.arretee else echange.verifier(self._journal.compter_absents)
                prendre_les_parts(self._coffre, echange.transport)
        except ErreurUtilisateur as faute:
            self._journal.echoue(faute)
            return Bilan(envoyees, recues, str(faute))
        if not self.connexion.arretee:
            self._journal.reussi(echange.transport.ecart, reserve)
        return Bilan(envoyees, recues, reserve)

    def etat(self) -> EtatEnvois:
        """La boîte d'envoi en un coup d'œil, sans réseau."""
        echanges, liaison = self._echanges, cles.liaison(self._echanges)
        tenu, portee = self._journal.lire(), self._coffre.portee.lire()
        return EtatEnvois(
            lien=tenu.lien if liaison else Lien.SANS_REGISTRE,
            registre=liaison.adresse if liaison else "",
            guichet=liaison.guichet if liaison else "",
            attente=tuple(echanges.attente()),
            quarantaine=tuple(echanges.quarantaine()),
            divergences=echanges.compter_divergences(),
            doublons=echanges.compter_doublons(),
            dernier_echange=tenu.dernier,
            prochain=self._attente.prochain,
            ecart_horloge=tenu.ecart,
            panne=tenu.panne,
            absents=tenu.absents,
            de_cote=echanges.compter_mis_de_cote(),
            a_confirmer=echanges.remis_et_pas_confirme(),
            portee=portee.dire() if portee is not None else "",
        )

    def enroler(self, texte: str, nom: str) -> None:
        """Relie ce poste au registre que dit ``texte`` (``perron://…``), sous ce nom. Peut se recommencer.

        Lève ``ErreurUtilisateur`` : texte, territoire, autorité, réseau, code refusé.
        """
        from modele.coffre.ouverture import NOM_DU_POSTE
        from modele.synchro.enrolement import enroler

        with self.connexion.suspendue() as relier:
            ancienne = cles.liaison(self._echanges)
            neuve = enroler(self._echanges, texte, nom, relier)
            self.connexion.raccrocher()
            self._echanges.regler({NOM_DU_POSTE: nom})
            if ancienne is not None and ancienne.cles.poste != neuve.cles.poste:
                # Un autre périmètre : ce qui n'y est plus doit partir.
                self._echanges.changer_de_poste()
            self._journal.reussi(None)
            self._coffre.portee.joindre()
