"""Ce qui s'écrit d'une séance ne nomme aucun candidat : ni son nom, ni son numéro unique. Les membres le liront."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from anyascii import anyascii

from modele.dossier.chemins import lire
from modele.dossier.inventaire import PERSONNES
from modele.dossier.situation import elements

_QUI: Final = ("demandeur", "codemandeur")
_CIVILITES: Final = ("m", "mr", "mme", "mlle", "madame", "monsieur", "mademoiselle", "famille", "epoux")
_SIGNES: Final = re.compile(r"[^a-z0-9]+")


def nomment(textes: Iterable[str], documents: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Les textes qui nomment l'un de ces candidats. Un nom seul est aussi un mot (« petit ») : il faut plus."""
    cherches = {dit for un in documents for dit in _cherches(un)}
    return tuple(texte for texte in textes if any(f" {dit} " in f" {_mots(texte)} " for dit in cherches))


def _cherches(document: Mapping[str, Any]) -> Iterator[str]:
    """« alix essai », « essai alix », « mme essai », de chacun des siens ; et le numéro unique."""
    if numero := _mots(lire(document, "demande.numero_unique")):
        yield numero
    for une in _personnes(document):
        ecrits = _mots(une.get("prenoms"))
        prenoms = {*ecrits.split(), *(un[:1] for un in ecrits.split()), _initiales(ecrits), ecrits} - {""}
        for nom in {_mots(une.get("nom")), _mots(une.get("nom_usage"))} - {""}:
            yield from (f"{devant} {nom}" for devant in (*prenoms, *_CIVILITES))
            yield from (f"{nom} {un}" for un in prenoms)


def _initiales(prenoms: str) -> str:
    """« j p » de « jean pierre » : ce qu'il en reste de « J.-P. »."""
    return " ".join(un[:1] for un in prenoms.split())


def _personnes(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Le demandeur, le codemandeur, et tous ceux du foyer."""
    dites = (*(lire(document, qui) for qui in _QUI), *elements(document, PERSONNES).values())
    yield from (une for une in dites if isinstance(une, Mapping))


def _mots(texte: Any) -> str:
    """En minuscules de l'alphabet latin, sans accent, ligature ni ponctuation ; vide si ce n'est pas un texte.

    Un nom écrit en cyrillique, ou avec « œ », se lit comme dans l'autre écriture.
    """
    if not isinstance(texte, str):
        return ""
    return _SIGNES.sub(" ", anyascii(unicodedata.normalize("NFC", texte)).casefold()).strip()
