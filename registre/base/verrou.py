"""Un verrou de fichier : un seul programme à la fois mène un PostgreSQL embarqué. Le système le rend à notre mort."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _prendre(descripteur: int) -> None:
        msvcrt.locking(descripteur, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _prendre(descripteur: int) -> None:
        fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Verrou:
    """Le verrou du fichier ``chemin``, pris ou non."""

    def __init__(self, chemin: Path) -> None:
        self._chemin = chemin
        self._descripteur: int | None = None

    def prendre(self) -> bool:
        """Vrai si nous le tenons désormais ; faux si un autre programme le tient."""
        descripteur = os.open(self._chemin, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            _prendre(descripteur)
        except OSError:
            os.close(descripteur)
            return False
        self._descripteur = descripteur
        return True

    def rendre(self) -> None:
        """Le rend, si nous le tenons."""
        if self._descripteur is not None:
            os.close(self._descripteur)
            self._descripteur = None
