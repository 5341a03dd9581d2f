"""L'état d'un dossier tel que le registre le tient et que le poste le reçoit : ses unités et leurs têtes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import Struct

from modele.dossier.documents import encoder
from modele.dossier.unites import ORDRE, element_de, est_element, pareils

PRESENT: Final = ""
"""L'opération d'une tête implicite : un élément de liste est là sans qu'aucune opération n'ait eu à le dire."""


class Auteur(Struct, frozen=True):
    """Qui a fait une opération : l'agent, le poste qui l'a transmise, l'instant UTC et le décalage (minutes)."""

    agent: str
    poste: str
    fait_le: datetime
    decalage: int


class Tete(Struct, frozen=True, omit_defaults=True):
    """Ce qu'une opération a dit d'une unité, que rien n'a remplacé depuis en l'ayant vu.

    ``valeurs`` : chemin de champ vers valeur ; vide, l'unité est retirée. ``base`` : ce que l'auteur d'une proposition
    voyait avant de la faire. ``vues`` et ``connues`` : pour un élément retiré, les champs que l'auteur du retrait avait
    sous les yeux, et les opérations qu'il a remplacées en connaissance de cause.
    """

    operation: str
    valeurs: dict[str, Any] = {}
    base: dict[str, Any] = {}
    vues: dict[str, Any] = {}
    connues: tuple[str, ...] = ()


class EtatDossier(Struct, frozen=True, omit_defaults=True):
    """Un dossier fusionné. ``unites`` : les têtes de chaque unité, la première en vigueur.

    ``auteurs`` : de chaque opération qui tient une tête. ``absorbes`` : les dossiers fondus dans celui-ci.
    """

    dossier: str
    territoire: str
    version: int = 0
    unites: dict[str, list[Tete]] = {}
    auteurs: dict[str, Auteur] = {}
    absorbes: tuple[str, ...] = ()


def encoder_etat(etat: EtatDossier) -> bytes:
    """Les octets d'un état, les mêmes pour deux états égaux."""
    return encoder(etat)


def decoder_etat(octets: bytes) -> EtatDossier:
    """L'état que ces octets disent, décimaux exacts."""
    return _decodeur().decode(octets)


def retire(unites: Mapping[str, list[Tete]], element: str) -> bool:
    """Vrai si cet élément de liste est retiré, en vigueur."""
    tetes = unites.get(element, [])
    return bool(tetes) and not tetes[0].valeurs


def dans_l_element(unites: Mapping[str, list[Tete]], element: str) -> Iterator[Tete]:
    """Toutes les têtes des champs d'un élément."""
    for cle, tetes in unites.items():
        if not est_element(cle) and element_de(cle) == element:
            yield from tetes


def ignorees(unites: Mapping[str, list[Tete]], element: str) -> list[Tete]:
    """Les têtes vivantes de l'élément qu'aucun de ses retraits n'avait sous les yeux."""
    retraits = [tete for tete in unites.get(element, ()) if not tete.valeurs]
    return [tete for tete in dans_l_element(unites, element) if not any(couvre(un, tete) for un in retraits)]


def couvre(retrait: Tete, tete: Tete) -> bool:
    """Vrai si l'auteur du retrait d'un élément avait cette tête, ou sa valeur, sous les yeux."""
    vues = retrait.vues
    return tete.operation in retrait.connues or all(
        champ in vues and pareils(vues[champ], valeur) for champ, valeur in tete.valeurs.items()
    )


def memes(cle: str, une: Mapping[str, Any], autre: Mapping[str, Any]) -> bool:
    """Vrai si deux têtes d'une unité disent la même chose.

    Deux ordres d'une liste se contredisent seulement sur les éléments qu'ils nomment tous deux.
    """
    if cle.endswith(f".{ORDRE}") and une and autre:
        return _memes_ordres(une[cle], autre[cle])
    return une.keys() == autre.keys() and all(pareils(une[champ], autre[champ]) for champ in une)


def _memes_ordres(un: Any, autre: Any) -> bool:
    if not (isinstance(un, list) and isinstance(autre, list)):
        return pareils(un, autre)
    communs = {repr(element) for element in un} & {repr(element) for element in autre}
    return [e for e in un if repr(e) in communs] == [e for e in autre if repr(e) in communs]


@cache
def _decodeur() -> msgspec.json.Decoder[EtatDossier]:
    return msgspec.json.Decoder(EtatDossier, float_hook=Decimal)
