"""Ce qui part de la formation : des nombres par étape, si l'agent le veut, sans son nom ; et ce que le réseau en rend.

Un essai n'est jamais parti : seuls ses comptes, sous un jeton que ce poste tire d'un secret qu'il ne donne pas. Il est
le même si l'agent rejoue ou efface ses essais (il ne compte qu'une fois), et un autre pour chaque cas : rien ne relie
deux cas d'un même agent.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec

from modele.droits import Auteur
from modele.formation.comptes import ParEtape
from modele.protocole.messages import CompteDeFormation, EtapeComptee, FormationDuReseau, lire, octets

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.coffre.echanges import Echanges

_SEL: Final = "formation_sel."
_PART: Final = "formation_part."
_RESEAU: Final = "formation_reseau"
_PARTI: Final = "parti"


class Depart(StrEnum):
    """Où en sont les comptes d'un essai."""

    RIEN = "rien"
    ATTEND = "attend"
    PARTI = "parti"


def jeton(coffre: Coffre, auteur: Auteur, cas: str, version: str) -> str:
    """Le jeton de cet agent pour ce cas, à cette version ; toujours le même, et qui ne dit rien de lui."""
    cle = _SEL + hashlib.sha256(auteur.nom.encode()).hexdigest()[:16]
    sel = coffre.reglage(cle)
    if not sel:
        sel = secrets.token_hex(32)
        coffre.regler(cle, sel)
    return hmac.new(bytes.fromhex(sel), f"{cas}\0{version}".encode(), hashlib.sha256).hexdigest()[:32]


def preparer(coffre: Coffre, auteur: Auteur, cas: str, version: str, etapes: Iterable[ParEtape]) -> Depart:
    """Ces comptes partiront au prochain échange ; les premiers seuls comptent, rejouer n'y change rien."""
    sien = jeton(coffre, auteur, cas, version)
    if (ou := _ou(coffre, sien)) is not Depart.RIEN:
        return ou
    comptees = tuple(EtapeComptee(une.etape, une.justes, une.oublis, une.a_discuter) for une in etapes)
    coffre.regler(_PART + sien, octets(CompteDeFormation(cas, version, sien, comptees)).decode())
    return Depart.ATTEND


def retirer(coffre: Coffre, auteur: Auteur, cas: str, version: str) -> Depart:
    """L'agent ne veut pas : ce qui n'est pas parti ne partira pas."""
    sien = jeton(coffre, auteur, cas, version)
    if _ou(coffre, sien) is Depart.ATTEND:
        coffre.regler(_PART + sien, "")
    return _ou(coffre, sien)


def depart(coffre: Coffre, auteur: Auteur, cas: str, version: str) -> Depart:
    """Où en sont les comptes de cet agent pour ce cas."""
    return _ou(coffre, jeton(coffre, auteur, cas, version))


def a_dire(echanges: Echanges, au_plus: int) -> tuple[CompteDeFormation, ...]:
    """Ce qui attend de partir, dans l'ordre des jetons : il ne dit pas qui a joué d'abord."""
    gardes = sorted(echanges.reglages(_PART).items())
    ecrits = [valeur for _, valeur in gardes if valeur not in ("", _PARTI)]
    return tuple(lire(un.encode(), CompteDeFormation) for un in ecrits[:au_plus])


def retenir(echanges: Echanges, dits: Iterable[CompteDeFormation], reseau: FormationDuReseau) -> None:
    """Le registre a pris ces comptes, et rend ceux du réseau. Ici, seul reste qu'ils sont partis."""
    ecrit = octets(reseau).decode()
    neufs = {_PART + un.jeton: _PARTI for un in dits}
    if echanges.reglages(_RESEAU).get(_RESEAU) != ecrit:
        neufs[_RESEAU] = ecrit
    if neufs:
        echanges.regler(neufs)


def du_reseau(coffre: Coffre) -> FormationDuReseau:
    """Les points difficiles du réseau, tels que le registre les a dits la dernière fois ; vide s'il n'en a rien dit."""
    try:
        return lire(coffre.reglage(_RESEAU).encode(), FormationDuReseau)
    except msgspec.DecodeError:
        return FormationDuReseau()


def _ou(coffre: Coffre, sien: str) -> Depart:
    valeur = coffre.reglage(_PART + sien)
    return Depart.PARTI if valeur == _PARTI else Depart.ATTEND if valeur else Depart.RIEN
