"""Le presse-papiers, et ce qui s'en souvient ailleurs. Essais : ``tests/ui/systeme/test_presse_papiers.py``."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

_HISTOIRE_WINDOWS = (
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
)
"""Ce que Windows lit pour ne pas garder une copie, ni l'envoyer à un autre appareil (formats publiés par Microsoft)."""
_HISTOIRE_KDE = "x-kde-passwordManagerHint"


def vider() -> None:
    """Plus rien à coller : ni la copie, ni, sous X11, ce qui était sélectionné."""
    presse = QGuiApplication.clipboard()
    presse.clear(QClipboard.Mode.Clipboard)
    if presse.supportsSelection():
        presse.clear(QClipboard.Mode.Selection)


def copier(texte: str) -> None:
    """Copie sans que l'historique du système ne le garde : F12 le vide, un historique l'aurait encore."""
    QGuiApplication.clipboard().setMimeData(discret(texte))


def retirer(texte: str) -> None:
    """Retire ``texte`` s'il s'y trouve encore ; ce qu'un autre programme y a mis depuis reste."""
    presse = QGuiApplication.clipboard()
    if texte and presse.text() == texte:
        presse.clear()


def discret(texte: str, systeme: str = sys.platform) -> QMimeData:
    """Le texte, marqué pour que les gardiens d'historique le laissent passer."""
    donnees = QMimeData()
    donnees.setText(texte)
    if systeme == "win32":
        for nom in _HISTOIRE_WINDOWS:
            donnees.setData(f'application/x-qt-windows-mime;value="{nom}"', bytes(4))
    else:
        donnees.setData(_HISTOIRE_KDE, b"secret")
    return donnees
