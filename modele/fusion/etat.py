"""L'état d'un objet tel que le registre le tient et que le poste le reçoit : ses unités et leurs têtes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, TypeAlias

from msgspec import Struct

from modele.dossier.operations import DOSSIER

PRESENT: Final = ""
"""L'opération d'une tête implicite : un élément de liste est là sans qu'aucune opération n'ait eu à le dire."""


class Origine(Struct, frozen=True, gc=False):
    """D'où vient une opération : l'agent, le poste qui l'a transmise, l'instant UTC et le décalage (minutes)."""

    agent: str
    poste: str
    fait_le: datetime
    decalage: int


class Tete(Struct, frozen=True, omit_defaults=True, gc=False):
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


Unites: TypeAlias = dict[str, list[Tete]]


class EtatDossier(Struct, frozen=True, omit_defaults=True, gc=False):
    """Un objet fusionné, de ce ``genre``. ``unites`` : les têtes de chaque unité, la première en vigueur.

    ``auteurs`` : de chaque opération qui tient une tête. ``absorbes`` : les objets fondus dans celui-ci.
    """

    dossier: str
    territoire: str
    version: int = 0
    unites: Unites = {}
    auteurs: dict[str, Origine] = {}
    absorbes: tuple[str, ...] = ()
    genre: str = DOSSIER
