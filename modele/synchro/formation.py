"""Dire au registre les essais de formation qui peuvent se dire, et en recevoir les points difficiles du réseau."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from modele.coffre import formation_dite
from modele.protocole.messages import ComptesDeFormation
from modele.synchro.empechements import Classe, Empechement

if TYPE_CHECKING:
    from modele.coffre.echanges import Echanges
    from modele.synchro.transport import Transport

_AU_PLUS: Final = 200


def dire_la_formation(echanges: Echanges, transport: Transport) -> None:
    """À chaque échange, même sans rien à dire : parler ne dit pas que quelqu'un vient de jouer. Lève ``Empechement``.

    Un registre d'avant ne sait pas l'entendre : rien n'est parti.
    """
    dits = formation_dite.a_dire(echanges, _AU_PLUS)
    try:
        reseau = transport.former(ComptesDeFormation(dits))
    except Empechement as empechement:
        if empechement.classe is not Classe.REFUS:
            raise
        return
    formation_dite.retenir(echanges, dits, reseau)
