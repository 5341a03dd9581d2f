"""Lire le journal du registre, page après page, et vérifier qu'on tient bien ce qu'il tient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from modele.coffre.curseurs import Curseur
from modele.coffre.echanges import Echanges
from modele.protocole.empreintes import empreinte_du_perimetre
from modele.protocole.messages import Journal
from modele.protocole.ramasseur import sans_ramasser
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.transport import Transport

ENTREES_PAR_PAGE: Final = 500
_ESSAIS_D_EMPREINTE: Final = 3
_INCOHERENT: Final = (
    "Le registre a rendu une suite incohérente : rien n'en a été gardé. Perron réessaie ; si cela dure, prévenez "
    "l'administrateur du registre."
)


class Repartir(Exception):
    """Le registre a changé de base : ce qui a été pris se renvoie d'abord, puis tout se relit."""


def tirer(echanges: Echanges, transport: Transport, poste: str, arrete: Callable[[], bool]) -> int:
    """Applique tout ce que le journal a de neuf ; rend combien d'entrées. Chaque page est durable avec son curseur.

    Lève ``Repartir``, ``Empechement``, ou ``ErreurUtilisateur`` (disque plein : rien de la page n'est appliqué).
    """
    recues, reste = 0, True
    while reste and not arrete():
        curseur = echanges.curseur()
        try:
            # Après une restauration, le registre ne croit ce poste revenu que s'il a tout renvoyé.
            rendu = echanges.tout_est_dit()
            page = transport.journal(curseur.jusque, ENTREES_PAR_PAGE, curseur.poignee, rendu)
        except Empechement as empechement:
            if empechement.classe is not Classe.POIGNEE or empechement.refus is None:
                raise
            echanges.repartir(empechement.refus.poignee)
            raise Repartir from empechement
        _exiger_une_suite(curseur, page)
        if arrete():
            break
        with sans_ramasser():
            suit = echanges.appliquer(curseur.jusque, page, poste)
        if suit:
            recues, reste = recues + len(page.entrees), page.reste
    return recues


def _exiger_une_suite(curseur: Curseur, page: Journal) -> None:
    """Une page qui n'avance pas, ou d'une autre base sans le dire, ferait tourner en rond."""
    avance = page.jusque > curseur.jusque if page.reste else page.jusque >= curseur.jusque
    if not avance or curseur.poignee not in ("", page.poignee):
        raise Empechement(Classe.RESEAU, _INCOHERENT)


@dataclass(frozen=True, slots=True)
class Accord:
    """``entier`` : ce poste tient exactement ce que le registre dit qu'il tient. Les autres : voir ``Empreinte``."""

    entier: bool
    absents: int
    titres: bool = False


def accorder(echanges: Echanges, transport: Transport, poste: str, arrete: Callable[[], bool]) -> Accord:
    """Ce poste tient-il exactement ce que le registre dit qu'il tient ? Sans réponse sûre, oui.

    Entre la lecture et l'empreinte, d'autres postes écrivent : on relit alors, puis on remet la question à plus tard.
    """
    for _ in range(_ESSAIS_D_EMPREINTE):
        dite = transport.empreinte()
        if dite.sequence == echanges.curseur().jusque:
            tenues = dict(echanges.versions())
            entier = (dite.nombre, dite.empreinte) == (len(tenues), empreinte_du_perimetre(tenues))
            return Accord(entier, dite.absents, dite.titres)
        tirer(echanges, transport, poste, arrete)
    return Accord(True, dite.absents)
