"""Ce que le processus a en mémoire (clés, noms, réponses qui ne s'écrivent pas) ne finit pas dans un fichier."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def sans_vidage() -> None:
    """Aucune mort de ce processus n'écrit sa mémoire sur le disque. Sans effet là où le système n'en dit rien.

    La limite vaut aussi pour les processus qu'il lance ; un ramasseur de vidages (systemd, apport) peut l'ignorer, d'où
    ``PR_SET_DUMPABLE`` (prctl(2)), sous Linux.
    """
    if sys.platform == "win32":
        # Windows n'écrit de vidage que si un administrateur l'a demandé : rien à lui dire d'ici.
        return
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
