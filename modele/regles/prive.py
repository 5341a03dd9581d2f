"""Un dossier que seul le compte de l'agent lit, sur chaque système : ce qui s'y crée ensuite l'est aussi.

Sous POSIX, des droits 0700. Sous Windows ils ne veulent rien dire : la liste d'accès du dossier se ferme à tout autre
que son propriétaire, le système et les administrateurs, et ses fichiers en héritent. Essais : ``tests/modele/regles``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

_SANS_FENETRE: Final = 0x08000000
"""``CREATE_NO_WINDOW`` : pas de console noire qui clignote au premier lancement."""
_PERMIS: Final = ("*S-1-3-4", "*S-1-5-18", "*S-1-5-32-544")
"""Le propriétaire, le système, les administrateurs : par leur identifiant, le même dans toutes les langues."""


def dossier_prive(
    dossier: Path, systeme: str = sys.platform, executer: Callable[[Sequence[str]], bool] | None = None
) -> None:
    """Crée ``dossier`` s'il n'existe pas, fermé aux autres comptes. Lève ``OSError`` si le disque refuse.

    Qui l'avait créé avant en a choisi les droits : ils restent. Un disque sans liste d'accès (clé USB) n'en a pas.
    """
    if dossier.is_dir():
        return
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    if systeme == "win32":
        (executer or _executer)(fermer(dossier))


def fermer(dossier: Path) -> list[str]:
    """La commande de Windows qui ôte les droits hérités et ne donne que ceux qu'il faut, à ce qui s'y créera aussi."""
    return ["icacls", str(dossier), "/inheritance:r", "/grant:r", *(f"{un}:(OI)(CI)F" for un in _PERMIS), "/q"]


def _executer(commande: Sequence[str]) -> bool:
    """Vrai si elle a réussi."""
    import subprocess

    try:
        return subprocess.run(commande, capture_output=True, creationflags=_drapeaux(), check=False).returncode == 0
    except OSError:
        return False


def _drapeaux(systeme: str = sys.platform) -> int:
    return _SANS_FENETRE if systeme == "win32" else 0
