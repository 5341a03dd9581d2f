"""Écrire un ``lieux.toml`` : celui d'une structure, que ``lecture`` relit à l'identique."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from modele.lieux.heures_ecrites import ecrire_a_part, ecrire_semaine
from modele.lieux.modele import Lieu


def ecrire_lieux(lieux: Iterable[Lieu]) -> bytes:
    """Le fichier de ces lieux. Chacun porte sa source et sa date : sans elles, il serait mis de côté."""
    lignes = ["format = 1", *(ligne for lieu in lieux for ligne in _table(lieu)), ""]
    return "\n".join(lignes).encode()


def _table(lieu: Lieu) -> Iterator[str]:
    yield from ("", "[[lieu]]")
    yield from (f"{cle} = {_valeur(valeur)}" for cle, valeur in _champs(lieu) if valeur)
    if lieu.provenance.verifie_le:
        yield f"verifie_le = {lieu.provenance.verifie_le.isoformat()}"


def _champs(lieu: Lieu) -> Iterator[tuple[str, Any]]:
    for cle in ("id", "nom", "genre", "adresse", "commune", "telephone", "horaires"):
        yield cle, getattr(lieu, cle)
    yield "ouvert", ecrire_semaine(lieu.heures.semaine)
    yield "exceptions", ecrire_a_part(lieu.heures.a_part)
    yield "jours_feries", lieu.heures.feries.value
    for cle in ("niveau", "missions", "besoins", "langues", "dessert", "acces"):
        yield cle, getattr(lieu, cle)
    for cle in ("enregistre", "fictif", "adresse_confidentielle"):
        yield cle, getattr(lieu, cle)
    yield "source", lieu.provenance.source
    yield "confiance", lieu.provenance.confiance


def _valeur(valeur: Any) -> str:
    """Une valeur TOML : celle de JSON, où le caractère « suppr » s'échappe aussi."""
    return json.dumps(valeur, ensure_ascii=False).replace("\x7f", "\\u007f")
