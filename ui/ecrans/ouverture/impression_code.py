"""Imprimer le code de secours : une page, aucun nom, un titre de travail neutre."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QWidget

from ui.theme import FAMILLE

SANS_IMPRIMANTE = "Aucune imprimante n'est installée sur ce poste : recopiez le code à la main, lisiblement."


def imprimer_code(parent: QWidget, code: str) -> str:
    """Demande comment imprimer et imprime. Rend la phrase à montrer si c'est impossible, sinon vide.

    Un code de secours ne s'écrit dans aucun fichier : une file qui en écrit un se refuse.
    """
    from PySide6.QtPrintSupport import QPrinter

    from ui.ecrans.imprimer.boite import demander_imprimante

    imprimante = demander_imprimante(parent, sans=SANS_IMPRIMANTE, sans_fichier=True)
    if isinstance(imprimante, str):
        return imprimante
    if imprimante is not None:
        peintre = QPainter(imprimante)
        dessiner_code(peintre, QRectF(imprimante.pageRect(QPrinter.Unit.DevicePixel)), code)
        peintre.end()
    return ""


def dessiner_code(peintre: QPainter, page: QRectF, code: str) -> None:
    """La page : ce que c'est, le code en grand sur deux lignes, où le garder."""
    groupes = code.split("-")
    lignes = (
        (14, "Code de secours du poste d'accueil"),
        (26, "  ".join(groupes[:3])),
        (26, "  ".join(groupes[3:])),
        (11, "À garder sous clé, loin du poste. Ce code remplace le mot de passe oublié."),
    )
    haut = page.height() / 6
    for points, ligne in lignes:
        peintre.setFont(QFont(FAMILLE, points))
        hauteur = peintre.fontMetrics().height() * 2
        zone = QRectF(0, haut, page.width(), hauteur)
        peintre.drawText(zone, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap), ligne)
        haut += hauteur
