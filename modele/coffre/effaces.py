"""À côté du coffre, ce que des personnes ont fait effacer : des identifiants et des dates, rien d'elles.

Une copie remise à la place du coffre ne la remplace pas : ce qui a été effacé depuis s'efface de nouveau, avant tout
écran. Aller sur un autre ordinateur, c'est emporter cette liste avec le coffre et ses clés.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final, NamedTuple

from modele.coffre.fichiers import pannes_du_disque

_AU_PLUS: Final = 4 * 1024 * 1024
"""Octets lus : trente mille effacements. Un fichier plus long n'est pas le nôtre, sa fin seule compte."""


class Preuve(NamedTuple):
    """Un effacement : l'identifiant du dossier, et quand (UTC, ISO)."""

    dossier: str
    le: str


def fichier(coffre: Path) -> Path:
    """Où cette liste est gardée."""
    return coffre.with_name(coffre.name + ".effaces")


def noter(coffre: Path, preuve: Preuve) -> None:
    """Ajoute une ligne, durable. Lève ``ErreurUtilisateur`` si le disque refuse."""
    ligne = json.dumps({"dossier": preuve.dossier, "le": preuve.le})
    with pannes_du_disque(fichier(coffre)):
        ecrit = os.open(fichier(coffre), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # La ligne d'avant a pu être coupée par une panne : celle-ci commence la sienne.
            os.write(ecrit, f"\n{ligne}\n".encode())
            os.fsync(ecrit)
        finally:
            os.close(ecrit)


def lire(coffre: Path) -> list[Preuve]:
    """Les effacements notés ; une ligne coupée ou abîmée n'arrête pas les autres. Lève ``ErreurUtilisateur``."""
    if not fichier(coffre).exists():
        return []
    with pannes_du_disque(fichier(coffre)), fichier(coffre).open("rb") as ouvert:
        ouvert.seek(-min(_AU_PLUS, fichier(coffre).stat().st_size), os.SEEK_END)
        lignes = ouvert.read().decode(errors="replace").splitlines()
    return [preuve for ligne in lignes if (preuve := _relire(ligne)) is not None]


def _relire(ligne: str) -> Preuve | None:
    try:
        lu = json.loads(ligne)
    except (ValueError, RecursionError):
        return None
    match lu:
        case {"dossier": str(dossier), "le": str(le)}:
            return Preuve(dossier, le)
    return None
