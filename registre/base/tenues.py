"""Les sauvegardes qui se gardent : la dernière sous son nom, les anciennes datées à côté, éclaircies.

Aucune ancienne ne dépasse trente jours : au-delà, ce qui a été effacé ou révoqué s'y lirait encore.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from modele.regles.disque import ecrire

AUTORITE: Final = ".autorite.pem"
DUREE: Final = timedelta(days=30)
_QUAND: Final = "%Y%m%d-%H%M%S"


def remplacer(fichier: Path, neuve: Path, autorite: bytes | None, garder: int) -> None:
    """Met ``neuve`` à la place de ``fichier`` ; ``garder`` : combien il en reste en tout. Lève ``OSError``."""
    if garder > 1 and fichier.exists():
        _dater(fichier)
    if autorite is not None:
        ecrire(compagne(fichier), autorite, prive=True)
    neuve.replace(fichier)
    for rang, ancienne in enumerate(anciennes(fichier), 1):
        if (garder > 1 and rang >= garder) or _trop_vieille(ancienne):
            compagne(ancienne).unlink(missing_ok=True)
            ancienne.unlink()


def compagne(fichier: Path) -> Path:
    """L'autorité gardée avec une sauvegarde."""
    return fichier.with_name(fichier.name + AUTORITE)


def anciennes(fichier: Path) -> list[Path]:
    """Les sauvegardes datées de ``fichier``, la plus récente d'abord. Rien d'autre du dossier n'en est une."""
    forme = re.compile(re.escape(fichier.name) + r"-\d{8}-\d{6}(?:-\d+)?")
    return sorted((f for f in fichier.parent.iterdir() if forme.fullmatch(f.name)), key=_ordre, reverse=True)


def _trop_vieille(fichier: Path) -> bool:
    return datetime.now(UTC) - datetime.fromtimestamp(fichier.stat().st_mtime, UTC) > DUREE


def _ordre(fichier: Path) -> tuple[float, str]:
    return fichier.stat().st_mtime, fichier.name


def _dater(fichier: Path) -> None:
    quand = datetime.fromtimestamp(fichier.stat().st_mtime, UTC).strftime(_QUAND)
    datee, rang = fichier.with_name(f"{fichier.name}-{quand}"), 1
    while datee.exists():
        # Deux sauvegardes dans la même seconde.
        rang += 1
        datee = fichier.with_name(f"{fichier.name}-{quand}-{rang}")
    if compagne(fichier).exists():
        compagne(fichier).replace(compagne(datee))
    fichier.replace(datee)
