"""Envoyer des pages à l'imprimante : une image par page, un nom de travail neutre."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

SANS_IMPRIMANTE = "Aucune imprimante n'est installée sur ce poste : enregistrez le PDF, ou montrez la page à l'écran."


def demander_imprimante(parent: QWidget, travail: str, sans: str = SANS_IMPRIMANTE) -> QPrinter | str | None:
    """L'imprimante choisie, ``None`` si l'agent renonce, ou ``sans``, la phrase à dire s'il n'y en a aucune."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinterNames():
        return sans
    imprimante = QPrinter(QPrinter.PrinterMode.HighResolution)
    imprimante.setDocName(travail)
    imprimante.setFullPage(True)
    return imprimante if QPrintDialog(imprimante, parent).exec() else None


def envoyer(imprimante: QPrinter, pages: Sequence[bytes]) -> None:
    """Dessine chaque page sur une feuille, entière."""
    peintre = QPainter(imprimante)
    for rang, page in enumerate(pages):
        if rang:
            imprimante.newPage()
        image = QImage.fromData(page)
        feuille = QRectF(imprimante.paperRect(imprimante.Unit.DevicePixel))
        taille = image.size().scaled(feuille.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        peintre.drawImage(QRectF(0, 0, taille.width(), taille.height()), image)
    peintre.end()
