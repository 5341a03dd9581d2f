"""Ce que les commandes lisent : dates, fichiers de dossiers, lignes de faits. Toute faute se dit en une phrase."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from modele.regles.disque import lire
from modele.regles.fautes import ErreurUtilisateur


def lire_date(texte: str | None, option: str = "--date") -> date:
    """La date de calcul : AAAA-MM-JJ, ou aujourd'hui si elle n'est pas donnée."""
    if texte is None:
        return date.today()
    try:
        if len(texte) != len("AAAA-MM-JJ"):
            raise ValueError
        return date.fromisoformat(texte)
    except ValueError:
        raise ErreurUtilisateur(f"{option} {texte} : cette date n'existe pas. Écrivez AAAA-MM-JJ.") from None


def lire_lignes(chemin: Path) -> Iterator[str]:
    """Les lignes d'un fichier, ou de l'entrée standard pour « - »."""
    if str(chemin) == "-":
        yield from _lignes_recues()
    else:
        yield from lire(chemin).splitlines()


def _lignes_recues() -> Iterator[str]:
    try:
        yield from sys.stdin
    except UnicodeDecodeError:
        raise ErreurUtilisateur("Entrée standard : ce n'est pas du texte UTF-8. Enregistrez-le en UTF-8.") from None


def lire_dossier(chemin: Path) -> dict[str, Any]:
    """Un dossier JSON, vérifié."""
    from modele.dossier.documents import importer

    return importer(lire(chemin), chemin.name)
