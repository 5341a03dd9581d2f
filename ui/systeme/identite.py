"""Qui est ce programme pour le bureau : son nom, son icône, ce qui regroupe ses fenêtres.

« python3 » et « main.py » ne disent rien à personne, et mêlent Perron à tout autre programme Python de la barre.
Essais : ``tests/ui/systeme/test_identite.py``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from ressources import RESSOURCES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

NOM: Final = "Perron"
BUREAU: Final = "perron"
"""Le nom du fichier ``.desktop``, de l'icône installée, et de la classe des fenêtres."""
MODELE_WINDOWS: Final = "Perron.Guichet"
"""L'AppUserModelID : le même dans le raccourci que pose l'installateur, ou Windows les croirait deux programmes."""
TAILLES: Final = (16, 24, 32, 48, 64, 128, 256)
ICONES: Final = RESSOURCES / "identite"


def arguments(argv: list[str]) -> list[str]:
    """Ce que Qt reçoit : il fait de leur premier mot la classe des fenêtres."""
    return [BUREAU, *argv[1:]]


def declarer(application: QApplication) -> None:
    """Avant la première fenêtre. Pas de nom d'affichage : Qt l'ajouterait au titre de la page neutre."""
    application.setApplicationName(NOM)
    application.setDesktopFileName(BUREAU)
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(MODELE_WINDOWS)


def illustrer(application: QApplication) -> None:
    """L'icône des fenêtres ; après la première image, qui n'en a pas besoin."""
    from PySide6.QtGui import QIcon

    icone = QIcon()
    for taille in TAILLES:
        icone.addFile(str(ICONES / f"perron-{taille}.png"))
    application.setWindowIcon(icone)
