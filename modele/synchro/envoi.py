"""Vider la boîte d'envoi : des lots d'une seule époque, rang après rang, jusqu'à ce qu'il n'en reste rien."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Final

from modele.coffre.echanges import Echanges
from modele.dossier.operations import Operation
from modele.protocole.messages import OPERATIONS_PAR_LOT, LotDOperations, OperationEnvoyee, Refus
from modele.protocole.signatures import signer, texte_d_operation
from modele.synchro.cles import Cles
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.transport import Transport

OCTETS_PAR_LOT: Final = 4 * 1024 * 1024
_CONFLITS_AU_PLUS: Final = 12
_SANS_FIN: Final = (
    "Ce poste et le registre n'arrivent pas à s'accorder sur ce qui est déjà reçu. Rien n'est perdu : tout reste dans "
    "la boîte d'envoi. Prévenez l'administrateur du registre."
)


class Pousseur:
    """Un envoi en cours. ``arrete`` : faut-il s'en tenir là ? Se reprend à tout moment : chaque reçu est gardé."""

    def __init__(self, echanges: Echanges, transport: Transport, cles: Cles, arrete: Callable[[], bool]) -> None:
        self._echanges, self._transport, self._cles, self._arrete = echanges, transport, cles, arrete
        self._au_plus = OPERATIONS_PAR_LOT
        self._remis: set[tuple[str, int]] = set()
        self._conflits = 0
        self._ecartees = 0

    def pousser(self) -> int:
        """Envoie tout ce qui attend à l'appel ; rend combien d'opérations ont leur reçu. Lève ``Empechement``.

        Ce qui se saisit entre-temps attend le tour suivant : qui tape plus vite que la ligne ne recevrait rien.
        """
        recues, restent = 0, self._a_envoyer()
        while restent > 0 and not self._arrete() and (lot := self._lot()):
            try:
                envoyees = self._envoyer(lot)
                recues, restent = recues + envoyees, restent - envoyees
            except Empechement as empechement:
                self._surmonter(empechement, lot)
                restent = self._a_envoyer()
        return recues

    def _a_envoyer(self) -> int:
        return self._echanges.compter_a_envoyer()

    def _lot(self) -> list[Operation]:
        return qui_tiennent(self._echanges.lot(self._au_plus), OCTETS_PAR_LOT)

    def _envoyer(self, lot: list[Operation]) -> int:
        identifiants = [operation.entete.id for operation in lot]
        if not self._echanges.noter_essai(identifiants):
            # Un dossier vient d'être supprimé : ce qui part se relit.
            return 0
        comprises = self._echanges.comprises(identifiants)
        recus = self._transport.operations(LotDOperations(signees(lot, self._cles, comprises)))
        if self._arrete():
            # Le coffre se ferme : le registre rendra les mêmes reçus la prochaine fois.
            return 0
        self._echanges.noter_recus(recus.issues, self._cles.poste)
        if recus.arret is not None:
            arret = recus.arret
            raise Empechement(Classe.OCCUPE, arret.cause, Refus(arret.code, arret.cause), arret.reprendre_dans_s)
        if not {recu.id for recu in recus.issues} & set(identifiants):
            raise Empechement(Classe.RESEAU, _SANS_FIN)
        self._au_plus = min(OPERATIONS_PAR_LOT, self._au_plus * 2)
        return len(recus.issues)

    def _surmonter(self, empechement: Empechement, lot: list[Operation]) -> None:
        if empechement.classe is Classe.CONFLIT and empechement.refus is not None:
            self._accorder(empechement.refus)
        elif empechement.classe is Classe.ILLISIBLE and len(lot) > 1:
            # Plus petit, il passera, ou ne restera que celle qui ne passe pas.
            self._au_plus = len(lot) // 2
        elif empechement.classe is Classe.ILLISIBLE and empechement.refus is not None and not self._ecartees:
            # Une seule par tour : un registre qui ne lirait plus rien ne doit pas tout faire mettre de côté.
            self._ecartees += 1
            refus = empechement.refus
            self._echanges.mettre_en_quarantaine(lot[0].entete.id, refus.code, refus.message)
        else:
            raise empechement

    def _accorder(self, refus: Refus) -> None:
        self._conflits += 1
        if self._conflits > _CONFLITS_AU_PLUS:
            raise Empechement(Classe.CONFLIT, _SANS_FIN)
        accorder(self._echanges, refus, self._remis)


def qui_tiennent(lot: list[Operation], octets_au_plus: int) -> list[Operation]:
    """Les premières, tant qu'elles tiennent ensemble : une au moins."""
    poids = 0
    for nombre, operation in enumerate(lot):
        poids += len(operation.octets) + len(operation.contenu or b"")
        if nombre and poids > octets_au_plus:
            return lot[:nombre]
    return lot


def signees(lot: Iterable[Operation], cles: Cles, comprises: Collection[str]) -> list[OperationEnvoyee]:
    """Les opérations telles qu'elles voyagent, signées par ce poste. ``comprises`` : voir ``OperationEnvoyee``."""
    return [
        OperationEnvoyee(
            un.octets,
            signer(cles.signature, texte_d_operation(un.octets)),
            un.sel,
            un.contenu,
            bool(comprises) and un.entete.id in comprises,
        )
        for un in lot
    ]


def accorder(echanges: Echanges, refus: Refus, remis: set[tuple[str, int]]) -> None:
    """Se remet d'accord avec le registre sur une époque : il lui manque un rang, ou elle n'est plus la nôtre.

    ``remis`` : ce qui a déjà été renvoyé ainsi, complété ici ; le redemander ouvre une époque neuve : pas d'impasse.
    Lève ``Empechement`` si le désaccord porte sur autre chose.
    """
    demande = (refus.epoque, refus.attendu)
    if refus.code == "rang_manquant" and demande not in remis and echanges.remettre(*demande):
        remis.add(demande)
    elif refus.code in ("rang_manquant", "epoque_nouvelle"):
        echanges.nouvelle_epoque()
    else:
        raise Empechement(Classe.REFUS, refus.message, refus)
