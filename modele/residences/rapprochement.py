"""Rapprocher un logement d'une liste de résidences : reconnu, ressemblant ou « peut-être », jamais « dans aucune ».

Un bailleur écrit le nom comme il veut, ou ne l'écrit pas : ne pas le retrouver ne prouve rien.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from modele.attributions.notions import plier
from modele.residences.droit import droit
from modele.residences.listes import Lieu

_PROCHES: Final = 0.8
"""De deux noms pliés, la part commune qui les fait proposer ; elle ne décide de rien."""


class Sort(StrEnum):
    """Ce qu'on sait d'un logement devant la liste. ``PEUT_ETRE`` : rien n'y répond, et cela ne dit pas non."""

    RECONNUE = "reconnue"
    RESSEMBLANTE = "ressemblante"
    PEUT_ETRE = "peut_etre"


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """``reconnus`` : les lieux où est ce logement. ``ressemblants`` : ceux qu'une personne peut choisir."""

    reconnus: tuple[Lieu, ...] = ()
    ressemblants: tuple[Lieu, ...] = ()

    @property
    def sort(self) -> Sort:
        """Un quartier reconnu ne dit rien de la résidence : il en faut une."""
        if any(not un.quartier for un in self.reconnus):
            return Sort.RECONNUE
        return Sort.RESSEMBLANTE if self.ressemblants else Sort.PEUT_ETRE

    @property
    def legale(self) -> Lieu | None:
        """La résidence de la liste de la loi où il est reconnu."""
        return next((un for un in self.reconnus if un.legale), None)


def mots(nom: str) -> tuple[str, ...]:
    """Les mots qui comptent d'un nom ou d'une adresse : sans accent ni casse, dépliés, sans « rés. »."""
    lu = droit()
    tous = [lu.abreviations.get(mot, mot) for mot in plier(nom).split()]
    return tuple(mot for mot in tous if mot not in lu.sans_portee) or tuple(tous)


def rapprocher(logement: Mapping[str, Any], lieux: Collection[Lieu]) -> Rapprochement:
    """Où est ce logement, aux colonnes ``residence``, ``adresse``, ``code_insee``, ``code_qpv``.

    Une commune inconnue ne reconnaît aucune résidence : deux villes ont chacune leurs « Tilleuls ».
    """
    nom, adresse = mots(_case(logement, "residence")), mots(_case(logement, "adresse"))
    commune, quartier = _case(logement, "code_insee"), _case(logement, "code_qpv").upper()
    reconnus, ressemblants = [], []
    for un in lieux:
        if un.quartier:
            if un.code_qpv.upper() == quartier:
                reconnus.append(un)
        elif (memes := _memes(un, nom, adresse)) and un.commune == commune:
            reconnus.append(un)
        elif commune in ("", un.commune) and (memes or _proches(nom, mots(un.nom))):
            ressemblants.append(un)
    return Rapprochement(tuple(reconnus), tuple(ressemblants))


def _case(logement: Mapping[str, Any], colonne: str) -> str:
    return str(logement.get(colonne) or "").strip()


def _memes(lieu: Lieu, nom: tuple[str, ...], adresse: tuple[str, ...]) -> bool:
    return bool((nom and nom == mots(lieu.nom)) or (adresse and adresse == mots(lieu.adresse)))


def _proches(un: tuple[str, ...], autre: tuple[str, ...]) -> bool:
    """L'un contient l'autre (« Les Tilleuls bâtiment A »), ou ils ne diffèrent que de quelques lettres."""
    if not un or not autre:
        return False
    if set(un) <= set(autre) or set(autre) <= set(un):
        return True
    return SequenceMatcher(None, " ".join(un), " ".join(autre)).ratio() >= _PROCHES
