"""Une seule fenêtre par coffre : qui le tient, et ce que deux Perron du même compte se disent.

Le verrou est celui du système, sur un fichier à côté du coffre : il tombe avec le processus, même tué. Sans Qt et sans
réseau : il se prend avant la première fenêtre. Essais : ``tests/ui/systeme/test_instance.py``.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from modele.regles.prive import dossier_prive

NOM_VERROU: Final = "instance.verrou"

if sys.platform == "win32":
    import msvcrt

    def _prendre(descripteur: int) -> None:
        msvcrt.locking(descripteur, msvcrt.LK_NBLCK, 1)

    _TENU = PermissionError
else:
    import fcntl

    def _prendre(descripteur: int) -> None:
        fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)

    _TENU = BlockingIOError


class Instance:
    """Ce processus, au coffre de ``donnees``. ``tenue`` : c'est lui qui l'ouvre."""

    def __init__(self, donnees: Path) -> None:
        self.donnees = donnees
        self._descripteur: int | None = None

    @property
    def tenue(self) -> bool:
        """Vrai si nous tenons le verrou."""
        return self._descripteur is not None

    def prendre(self) -> bool:
        """Faux si un autre Perron tient ce coffre. Un disque qui refuse le verrou n'empêche pas d'ouvrir."""
        if self.tenue:
            return True
        try:
            dossier_prive(self.donnees)
            descripteur = os.open(self.donnees / NOM_VERROU, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError:
            # Le dossier se dira lui-même illisible, en français, quand on ouvrira le coffre.
            return True
        try:
            _prendre(descripteur)
        except OSError as refus:
            os.close(descripteur)
            return not isinstance(refus, _TENU)
        self._descripteur = descripteur
        return True

    def rendre(self) -> None:
        """Le coffre peut s'ouvrir ailleurs. Le fichier reste : l'ôter ferait croire libre un verrou déjà repris."""
        if self._descripteur is not None:
            with suppress(OSError):
                os.close(self._descripteur)
            self._descripteur = None
