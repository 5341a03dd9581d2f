"""Envoyer des pages à une file, par Qt : une image par page, le même titre neutre pour tous, ce que la file sait tenir.

Essais : ``tests/ui/ecrans/test_imprimer_cups.py`` (une vraie file), ``test_ecran_imprimer.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter

from modele.regles.fautes import ErreurUtilisateur
from ui.systeme.files import Capacites, refuse

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

SANS_IMPRIMANTE: Final = (
    "Aucune imprimante n'est installée sur ce poste : enregistrez le PDF, ou montrez la page à l'écran."
)
TITRE: Final = "Document"
"""Le nom du travail dans la file, pour toute fiche et toute personne : un titre à part se lirait."""
REFUSEE: Final = "L'imprimante « {} » n'a rien pris. Vérifiez qu'elle est allumée, ou choisissez-en une autre."
# La clé privée sous laquelle le moteur CUPS de Qt reçoit des options (PPK_CupsOptions de qcups_p.h) : sa boîte
# d'impression s'en sert, mais n'offre ni code, ni titre imposé, et laisse écrire un fichier.
_OPTIONS_CUPS: Final = 0xFE00
_FICHIERS: Final = ("cups-pdf", "print to pdf", "xps document writer", "onenote")


class Sortie(StrEnum):
    """Quand le papier sort."""

    AUSSITOT = "aussitot"
    RETENUE = "retenue"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Reglage:
    """Comment imprimer. ``code`` : à taper à l'imprimante, si ``sortie`` le demande."""

    file: str
    copies: int = 1
    recto_verso: bool = False
    sortie: Sortie = Sortie.AUSSITOT
    code: str = ""


def files() -> list[str]:
    """Les files de ce poste, celle par défaut d'abord."""
    from PySide6.QtPrintSupport import QPrinterInfo

    defaut = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda nom: (nom != defaut, nom.casefold()))


def recto_verso_possible(file: str) -> bool:
    """Vrai si cette file imprime des deux côtés."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    return QPrinter.DuplexMode.DuplexLongSide in QPrinterInfo.printerInfo(file).supportedDuplexModes()


def ecrit_un_fichier(file: str) -> bool:
    """Vrai si cette file n'est pas une imprimante : elle laisserait un fichier sur le poste."""
    from PySide6.QtPrintSupport import QPrinterInfo

    modele = QPrinterInfo.printerInfo(file).makeAndModel().casefold()
    return any(mot in modele for mot in _FICHIERS)


def preparer(reglage: Reglage, sait: Capacites) -> QPrinter:
    """L'imprimante réglée. Le titre ne se choisit pas."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    imprimante = QPrinter(QPrinterInfo.printerInfo(reglage.file), QPrinter.PrinterMode.HighResolution)
    imprimante.setDocName(TITRE)
    imprimante.setCreator("")
    imprimante.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    imprimante.setFullPage(True)
    imprimante.setCopyCount(reglage.copies)
    modes = QPrinter.DuplexMode
    imprimante.setDuplex(modes.DuplexLongSide if reglage.recto_verso else modes.DuplexNone)
    _demander(imprimante, options(reglage, sait))
    return imprimante


def options(reglage: Reglage, sait: Capacites) -> dict[str, str]:
    """Ce qui se demande à la file, et qu'elle sait : un code ou une retenue, et pas de page qui nomme l'agent."""
    voulues: dict[str, str] = {}
    if sait.sans_entete:
        voulues["job-sheets"] = "none,none"
    if reglage.sortie is Sortie.RETENUE and sait.retenue:
        voulues["job-hold-until"] = "indefinite"
    if reglage.sortie is Sortie.CODE and sait.code:
        voulues |= {"job-password": reglage.code, "job-password-encryption": "none"}
    return voulues


def _demander(imprimante: QPrinter, voulues: dict[str, str]) -> None:
    from PySide6.QtPrintSupport import QPrintEngine

    if voulues:
        plates = [mot for paire in voulues.items() for mot in paire]
        imprimante.printEngine().setProperty(QPrintEngine.PrintEnginePropertyKey(_OPTIONS_CUPS), plates)


def envoyer(imprimante: QPrinter, pages: Sequence[bytes]) -> None:
    """Dessine chaque page sur une feuille, entière. Lève ``ErreurUtilisateur`` si la file ne la prend pas."""
    peintre = QPainter()
    if not peintre.begin(imprimante):
        raise ErreurUtilisateur(REFUSEE.format(imprimante.printerName()))
    for rang, page in enumerate(pages):
        if rang:
            imprimante.newPage()
        image = QImage.fromData(page)
        feuille = QRectF(imprimante.paperRect(imprimante.Unit.DevicePixel))
        taille = image.size().scaled(feuille.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        peintre.drawImage(QRectF(0, 0, taille.width(), taille.height()), image)
    rendu = peintre.end()
    if not rendu or imprimante.printerState() is imprimante.PrinterState.Error or (_par_cups(imprimante) and refuse()):
        raise ErreurUtilisateur(REFUSEE.format(imprimante.printerName()))


def _par_cups(imprimante: QPrinter) -> bool:
    return imprimante.outputFormat() is imprimante.OutputFormat.NativeFormat
