"""Relire un champ d'un document venu de n'importe quel poste : ce qui n'a pas sa forme se lit comme absent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from modele.dossier.chemins import lire
from modele.dossier.formes import Gravite, examiner


def lire_texte(document: Mapping[str, Any], chemin: str) -> str:
    """Le texte, ou vide."""
    lu = lire(document, chemin) if "." in chemin else document.get(chemin)
    return lu if isinstance(lu, str) else ""


def est_un_code_de_commune(code: str) -> bool:
    """Vrai de cinq caractères qui peuvent être ceux d'une commune : qu'elle existe, c'est le territoire qui le sait."""
    return not any(gravite is Gravite.ERREUR for gravite, _ in examiner("insee_ou_pays", code))


def lire_textes(document: Mapping[str, Any], chemin: str) -> tuple[str, ...]:
    """Les textes, ou aucun."""
    lus = lire(document, chemin)
    return tuple(un for un in lus if isinstance(un, str)) if isinstance(lus, list) else ()


def lire_entier(document: Mapping[str, Any], chemin: str) -> int | None:
    """L'entier, ou rien."""
    lu = lire(document, chemin)
    return lu if isinstance(lu, int) and not isinstance(lu, bool) else None


def lire_nombre(document: Mapping[str, Any], chemin: str) -> Decimal | None:
    """Le nombre exact, ou rien."""
    lu = lire(document, chemin)
    return Decimal(lu) if isinstance(lu, int | Decimal) and not isinstance(lu, bool) else None


def lire_date(document: Mapping[str, Any], chemin: str) -> date | None:
    """Le jour, ou rien."""
    lu = lire(document, chemin) if "." in chemin else document.get(chemin)
    try:
        return date.fromisoformat(lu) if isinstance(lu, str) else None
    except ValueError:
        return None
