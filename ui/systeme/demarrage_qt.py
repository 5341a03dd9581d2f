"""Ce que Qt pour Python refait à chaque lancement sans que Perron s'en serve, et qui retarde la première fenêtre.

Deux choses, mesurées dans ``documentation/decisions/0041-demarrage-de-qt.md`` :

- il tire d'une archive, et recompile, le Python qui dit ses signatures. Dépliée une fois à l'installation
  (``installation/depliage.py``), elle se lit comme tout autre code ;
- il relit la source de chaque module importé, au cas où elle demanderait ``__feature__``. Perron ne le demande pas.

Rien de déplié, ou une autre version : tout se passe comme sans lui. Essais : ``tests/ui/systeme/test_demarrage_qt.py``.
"""

from __future__ import annotations

import builtins
import sys
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Final

_PAQUET: Final = "shiboken6"
_DEPLIE: Final = "files.dir"
"""Le nom que shiboken cherche lui-même à côté de son paquet."""


def base(prefixe: Path) -> Path | None:
    """Où l'archive de cette version de Qt est dépliée sous ``prefixe`` (un environnement) ; ``None`` sans Qt."""
    trouve = find_spec(_PAQUET)
    if trouve is None or trouve.origin is None:
        return None
    # Sa première ligne est « __version__ = "6.11.3" » : une mise à jour ne lit jamais ce qu'une autre a déplié.
    with Path(trouve.origin).open(encoding="utf-8") as source:
        version = source.readline().partition('"')[2].partition('"')[0]
    return prefixe / "perron" / f"qt-{version}" if version else None


def employer(ici: Path | None) -> bool:
    """Fait lire à Qt ce qui est déplié dans ``ici``. Avant tout import de PySide6 ; vrai si c'est fait."""
    if ici is None or _PAQUET in sys.modules or not (ici / _DEPLIE / "shibokensupport").is_dir():
        return False
    charger(ici)
    return True


def charger(ici: Path) -> None:
    """Charge shiboken comme s'il était installé dans ``ici`` : c'est là qu'il cherche ce qui est déplié."""
    trouve = find_spec(_PAQUET)
    assert trouve is not None
    assert trouve.loader is not None
    paquet = module_from_spec(trouve)
    paquet.__file__ = str(ici / "__init__.py")
    sys.modules[_PAQUET] = paquet
    trouve.loader.exec_module(paquet)


def rendre_l_import() -> None:
    """L'import redevient celui de Python : aucune source relue. À faire une fois Qt chargé ; sans effet sinon."""
    d_origine = getattr(builtins, "__orig_import__", None)
    if d_origine is not None:
        builtins.__import__ = d_origine
