"""Nos propres pannes : un rapport local sans rien de personnel, et une phrase à l'écran.

Le rapport garde le type des exceptions, la pile (fichier, ligne, fonction) et les versions ; jamais un message
d'exception ni une valeur : ils pourraient porter un nom. Essais : ``tests/ui/cadre/test_pannes.py``.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import TracebackType

RACINE: Final = Path(__file__).resolve().parents[2]
GARDES: Final = 20
"""Nombre de rapports gardés ; les plus anciens s'effacent."""


class Pannes:
    """Écrit les rapports dans ``dossier`` et prévient l'écran par ``dire`` (une phrase)."""

    def __init__(self, dossier: Path, dire: Callable[[str], None]) -> None:
        self._dossier = dossier
        self._dire = dire

    def poser(self) -> None:
        """Attrape tout ce que personne n'attrape, sur le fil de l'écran et les autres."""
        sys.excepthook = self._attraper
        threading.excepthook = lambda quoi: self._attraper(quoi.exc_type, quoi.exc_value, quoi.exc_traceback)

    def rapporter(self, panne: BaseException) -> str:
        """Écrit le rapport de ``panne`` et rend la phrase à montrer."""
        chemin = self._ecrire(rapport(panne))
        ou = f" Rapport sans donnée personnelle : {chemin.name}." if chemin else ""
        return f"Perron a rencontré une panne. Ce qui est marqué enregistré est gardé.{ou}"

    def _attraper(self, sorte: type[BaseException], panne: BaseException | None, pile: TracebackType | None) -> None:
        if issubclass(sorte, KeyboardInterrupt):
            sys.__excepthook__(sorte, panne or sorte(), pile)
            return
        self._dire(self.rapporter((panne or sorte()).with_traceback(pile)))

    def _ecrire(self, contenu: str) -> Path | None:
        from datetime import datetime

        chemin = self._dossier / f"panne-{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
        try:
            self._dossier.mkdir(parents=True, exist_ok=True)
            chemin.write_text(contenu, encoding="utf-8")
            for ancien in sorted(self._dossier.glob("panne-*.txt"))[:-GARDES]:
                ancien.unlink(missing_ok=True)
        except OSError:
            # Le disque qui refuse le rapport est souvent la panne elle-même : la phrase suffit.
            return None
        return chemin


def rapport(panne: BaseException) -> str:
    """Le texte du rapport : versions, puis chaque exception de la chaîne et sa pile."""
    import platform

    lignes = [
        f"Perron {_version('perron')}, Python {platform.python_version()}, PySide6 {_version('PySide6-Essentials')}",
        f"{platform.system()} {platform.release()}",
    ]
    courante: BaseException | None = panne
    while courante is not None:
        lignes.append(f"\n{type(courante).__module__}.{type(courante).__qualname__}")
        lignes.extend(_pile(courante.__traceback__))
        courante = courante.__cause__ or courante.__context__
    return "\n".join(lignes) + "\n"


def _pile(pile: TracebackType | None) -> list[str]:
    import traceback

    return [
        f"  {_relatif(cadre.f_code.co_filename)}:{ligne} {cadre.f_code.co_qualname}"
        for cadre, ligne in traceback.walk_tb(pile)
    ]


def _relatif(fichier: str) -> str:
    # Un chemin absolu peut porter le nom du compte de l'agent.
    chemin = Path(fichier)
    return str(chemin.relative_to(RACINE)) if chemin.is_relative_to(RACINE) else chemin.name


def _version(paquet: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(paquet)
    except PackageNotFoundError:
        return "(version non installée)"
