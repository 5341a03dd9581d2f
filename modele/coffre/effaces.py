"""Ce qui a été effacé de ce coffre, noté à côté de lui : une copie d'avant, remise, ne le fait pas revenir.

Des identifiants seulement, un par ligne, en ajout seul. Perdu ou abîmé, ce fichier n'empêche rien : le registre
redit les siens.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from modele.coffre.fichiers import pannes_du_disque

_SUFFIXE: Final = ".effaces"
_IDENTIFIANT: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def noter(coffre: Path, dossiers: Collection[str]) -> None:
    """Retient que ces dossiers sont effacés, durablement. Lève ``ErreurUtilisateur`` si le disque s'y oppose."""
    if not dossiers:
        return
    fichier = _fichier(coffre)
    with pannes_du_disque(fichier):
        descripteur = os.open(fichier, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        try:
            os.write(descripteur, "".join(f"{un}\n" for un in sorted(dossiers)).encode())
            os.fsync(descripteur)
        finally:
            os.close(descripteur)


def lire(coffre: Path) -> set[str]:
    """Les dossiers effacés de ce coffre ; ce qui ne se lit pas se passe."""
    try:
        lignes = _fichier(coffre).read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return set()
    return {ligne for ligne in lignes if _IDENTIFIANT.fullmatch(ligne)}


def dernier(coffre: Path) -> datetime | None:
    """Quand le dernier effacement a été noté ; rien s'il n'y en a pas eu."""
    try:
        return datetime.fromtimestamp(_fichier(coffre).stat().st_mtime, UTC)
    except OSError:
        return None


def _fichier(coffre: Path) -> Path:
    return coffre.with_name(coffre.name + _SUFFIXE)
