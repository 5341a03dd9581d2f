"""Ce qui empêche un échange : une phrase pour la personne, une classe pour la suite."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from modele.protocole.messages import Refus
from modele.regles.fautes import ErreurUtilisateur


class Classe(StrEnum):
    """Ce que le poste fait d'un empêchement.

    ``RESEAU`` : réessayer ; ``OCCUPE`` : réessayer quand le registre le dit ; ``CONFLIT`` (409) et ``POIGNEE`` (410) :
    se remettre d'accord ; ``ILLISIBLE`` (413, 422) : le registre ne prend pas cet envoi tel quel ; ``REFUS`` : il ne
    fera pas ce qui est demandé ; ``REVOQUE`` et ``TROP_ANCIEN`` : une personne doit intervenir.
    """

    RESEAU = "reseau"
    OCCUPE = "occupe"
    CONFLIT = "conflit"
    POIGNEE = "poignee"
    ILLISIBLE = "illisible"
    REFUS = "refus"
    REVOQUE = "revoque"
    TROP_ANCIEN = "trop_ancien"


class Empechement(ErreurUtilisateur):
    """L'échange n'a pas eu lieu ; rien n'est perdu. ``refus`` : ce que le registre en dit, s'il a répondu."""

    def __init__(self, classe: Classe, phrase: str, refus: Refus | None = None, reprendre_dans_s: int = 0) -> None:
        super().__init__(phrase)
        self.classe = classe
        self.refus = refus
        self.reprendre_dans_s = reprendre_dans_s


_PAR_STATUT: Final = {
    400: Classe.ILLISIBLE,
    409: Classe.CONFLIT,
    410: Classe.POIGNEE,
    413: Classe.ILLISIBLE,
    422: Classe.ILLISIBLE,
    429: Classe.OCCUPE,
}
_TARD_S: Final = 3600
_ETRANGERE: Final = (
    "La réponse ne vient pas du registre (statut {}) : un équipement du réseau la remplace. Rien n'est perdu, Perron "
    "réessaie. Si cela dure, prévenez l'administrateur du réseau."
)


def du_refus(statut: int, refus: Refus | None, reprendre_dans_s: int) -> Empechement:
    """L'empêchement que dit une réponse d'erreur. ``refus`` vide : son corps n'est pas celui d'un registre."""
    if refus is None:
        # Un relais coupe les envois trop grands : les découper suffit.
        classe = Classe.ILLISIBLE if statut == 413 else Classe.RESEAU
        return Empechement(classe, _ETRANGERE.format(statut), None, reprendre_dans_s)
    return Empechement(_classe(statut, refus), refus.message, refus, reprendre_dans_s or _plus_tard(refus))


def _classe(statut: int, refus: Refus) -> Classe:
    if refus.code == "poste_revoque":
        return Classe.REVOQUE
    if refus.code == "schema_ancien":
        return Classe.TROP_ANCIEN
    if statut >= 500 or refus.code == "schema_recent":
        return Classe.OCCUPE
    return _PAR_STATUT.get(statut, Classe.REFUS)


def _plus_tard(refus: Refus) -> int:
    return _TARD_S if refus.code == "schema_recent" else 0
