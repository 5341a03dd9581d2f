"""Un échange avec le registre : envoyer, recevoir, et vérifier qu'on tient ce qu'il tient. Chaque pas est durable.

Ne s'importe qu'au premier échange : httpx et la cryptographie viennent avec.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from modele.coffre.echanges import Echanges
from modele.protocole.messages import REPRISE
from modele.synchro import reception
from modele.synchro.cles import Liaison
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.envoi import Pousseur
from modele.synchro.formation import dire_la_formation
from modele.synchro.reception import Repartir
from modele.synchro.referentiels import mettre_a_jour
from modele.synchro.reprise import reproposer
from modele.synchro.transport import Transport

_TOURS_DE_REPRISE: Final = 3
_ECART: Final = (
    "Ce poste ne tenait pas exactement les dossiers que le registre lui donne : tout a été relu. Si cela revient, "
    "prévenez l'administrateur du registre."
)
_SANS_CESSE: Final = (
    "Le registre change sans cesse de base. Rien n'est perdu : tout reste dans la boîte d'envoi. Prévenez "
    "l'administrateur du registre."
)


class Echange:
    """La ligne est ouverte : ``transport`` parle au registre. ``arrete`` : faut-il s'en tenir là ?

    Tout lève ``Empechement`` si le registre ne répond pas.
    """

    def __init__(self, echanges: Echanges, transport: Transport, liaison: Liaison, arrete: Callable[[], bool]) -> None:
        self.transport = transport
        self._echanges, self._liaison, self._arrete = echanges, liaison, arrete

    def pousser(self) -> int:
        """Envoie ce qui attend ; rend combien d'opérations ont leur reçu."""
        return Pousseur(self._echanges, self.transport, self._liaison.cles, self._arrete).pousser()

    def tirer(self) -> int:
        """Reçoit ce que le journal a de neuf ; rend combien d'entrées. Lève ``Repartir`` s'il a changé de base."""
        return reception.tirer(self._echanges, self.transport, self._liaison.cles.poste, self._arrete)

    def aller_retour(self) -> Iterator[tuple[int, int]]:
        """Envoie puis reçoit, et recommence si le registre a changé de base : envoyées et reçues, à chaque fois."""
        if not self._echanges.curseur().poignee:
            # Qui envoie sans connaître la base ne verrait pas qu'elle a été restaurée, et perdrait ce qu'elle a perdu.
            yield 0, self.tirer()
        for _ in range(_TOURS_DE_REPRISE):
            try:
                reproposer(self._echanges, self.transport, self._arrete)
            except Repartir:
                continue
            envoyees, attente = self._pousser_ou_attendre()
            try:
                yield envoyees, self.tirer()
            except Repartir:
                yield envoyees, 0
                continue
            if attente is not None:
                raise attente
            return
        raise Empechement(Classe.RESEAU, _SANS_CESSE)

    def recevoir(self) -> None:
        """Reçoit ; mais relire tout du début attend que tout soit renvoyé : ce que le registre a perdu s'effacerait."""
        if self._echanges.curseur().jusque:
            with suppress(Repartir):
                self.tirer()
                return
        for _ in self.aller_retour():
            pass

    def dire_les_ecarts(self) -> None:
        """Dit au registre les paires que ce poste a écartées ; ce qu'il ne tient pas pour sien n'est plus à redire."""
        for ecart in self._echanges.ecarts_a_dire():
            try:
                self.transport.ecarter(ecart)
            except Empechement as empechement:
                if empechement.classe is not Classe.REFUS:
                    raise
            self._echanges.ecart_dit(ecart)

    def verifier(self, compter_absents: Callable[[int], None]) -> str:
        """L'empreinte, puis les référentiels ; rend ce qu'il faut dire à la personne, ou rien.

        ``compter_absents`` reçoit le nombre de postes que le registre restauré attend encore.
        """
        try:
            accord = reception.accorder(self._echanges, self.transport, self._liaison.cles.poste, self._arrete)
        except Repartir:
            # Restauré à l'instant : tout se renvoie, et se comparera au tour suivant.
            self.recevoir()
            return ""
        compter_absents(accord.absents)
        reserves = [] if accord.entier else [self._tout_relire()]
        if accord.titres and self._echanges.sans_titre():
            # Ce qui a été reçu d'un registre d'avant se relit une fois : il ne saurait pas se rendre.
            self._tout_relire()
        reserves += mettre_a_jour(self._echanges, self.transport, self._liaison.cle_registre, self._arrete)
        dire_la_formation(self._echanges, self.transport)
        return " ".join(reserves)

    def _tout_relire(self) -> str:
        self._echanges.relire()
        # Même base, rien n'y est perdu ; si elle change à l'instant, le tour suivant renvoie d'abord.
        with suppress(Repartir):
            self.tirer()
        return _ECART

    def _pousser_ou_attendre(self) -> tuple[int, Empechement | None]:
        """Si le registre attend un autre poste, ce qui est arrêté n'empêche pas de recevoir : chacun attendrait."""
        try:
            return self.pousser(), None
        except Empechement as empechement:
            if empechement.refus is None or empechement.refus.code != REPRISE:
                raise
            return 0, empechement
