"""Les comptes de ce poste, dits au registre à chaque échange ; ce qu'il en a fermé se ferme ici."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modele.protocole.messages import Declaration, DeclarationSignee, octets
from modele.synchro.empechements import Classe, Empechement

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.synchro.cles import Cles
    from modele.synchro.transport import Transport


def declarer(coffre: Coffre, transport: Transport, cles: Cles) -> None:
    """Dit les comptes, avant toute opération, et suit ce que le registre en tient : c'est un contact.

    Un registre d'une version d'avant n'en tient pas, mais il a répondu. Lève ``Empechement`` sinon.
    """
    try:
        tenus = transport.declarer(signee(coffre, cles))
    except Empechement as empechement:
        if empechement.classe is not Classe.REFUS:
            raise
    else:
        coffre.comptes.suivre_le_registre(tenus)
    coffre.portee.joindre()


def signee(coffre: Coffre, cles: Cles) -> DeclarationSignee:
    """Les comptes de ce coffre, signés par ce poste."""
    from modele.protocole.signatures import signer, texte_de_declaration

    dite = octets(Declaration(coffre.echanges.territoire, cles.poste, coffre.comptes.declares()))
    return DeclarationSignee(dite, signer(cles.signature, texte_de_declaration(dite)))
