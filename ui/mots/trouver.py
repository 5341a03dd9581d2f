"""Trouver une action par les mots qu'on emploie : les siens, et ceux qu'elle déclare. Sans Qt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Protocol, TypeVar

_VIDES: Final = frozenset(
    {"a", "au", "aux", "avec", "ce", "cet", "cette", "comment", "d", "de", "des", "du", "en", "et", "faire", "j", "je"}
    | {"l", "la", "le", "les", "ma", "mes", "mon", "n", "ne", "on", "pas", "pour", "que", "se", "son", "sur", "un"}
    | {"une", "veux", "vouloir"}
)
"""Ce qui ne désigne rien : « comment supprimer ce dossier » cherche « supprimer dossier »."""


class Nomme(Protocol):
    """Ce qui se cherche : son nom, une précision, et les autres mots qu'on emploie pour lui."""

    @property
    def libelle(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def mots(self) -> str: ...


Un = TypeVar("Un", bound=Nomme)


def plier(mot: str) -> str:
    """Sans accents ni majuscules, pour comparer ce qui est tapé à ce qui est écrit."""
    return "".join(c for c in unicodedata.normalize("NFD", mot.casefold()) if not unicodedata.combining(c))


def trouver(saisie: str, parmi: Iterable[Un]) -> list[Un]:
    """Ceux dont un mot commence par chaque mot tapé ; d'abord ceux que leur nom suffit à désigner."""
    cherches = _cherches(saisie)
    trouves = [un for un in parmi if _dits(cherches, f"{un.libelle} {un.detail} {un.mots}")]
    return sorted(trouves, key=lambda un: not _dits(cherches, un.libelle))


def _cherches(saisie: str) -> list[str]:
    mots = _mots(saisie)
    pleins = [mot for mot in mots if mot not in _VIDES] or mots
    # Un pluriel cherche aussi le singulier.
    return [mot[:-1] if len(mot) > 4 and mot[-1] in "sx" else mot for mot in pleins]


def _dits(cherches: list[str], texte: str) -> bool:
    mots = _mots(texte)
    return all(any(mot.startswith(cherche) for mot in mots) for cherche in cherches)


def _mots(texte: str) -> list[str]:
    return re.findall(r"[\w%]+", plier(texte))
