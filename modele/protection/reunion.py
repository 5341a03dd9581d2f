"""Deux dossiers d'une même personne n'en font qu'un : seulement s'ils disent tous deux la même discrétion, et si
personne n'y lit ce que l'autre taisait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from modele.protection.adultes import partage
from modele.protection.discretion import est_discret
from modele.protection.violences import faits_de_violence


@dataclass(frozen=True, slots=True)
class Histoire:
    """Un dossier à réunir : son document, et si une violence y a un jour été dite."""

    document: Mapping[str, Any]
    a_porte: bool


def reunissables(un: Histoire, autre: Histoire, jour: date) -> bool:
    """Vrai si ces deux dossiers peuvent n'en faire qu'un.

    Un discret et un ordinaire, jamais ; ni un dossier partagé avec un dossier où une violence a été dite, ou demandée.
    """
    if est_discret(un.document) is not est_discret(autre.document):
        return False
    dite = any(le.a_porte or faits_de_violence(le.document) for le in (un, autre))
    return not (dite and any(partage(le.document, jour) for le in (un, autre)))
