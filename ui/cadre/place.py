"""Où se pose la fenêtre : dans l'écran, à sa place d'hier, jamais là où plus aucun moniteur ne la montre.

Une ligne de nombres à côté du coffre, qui ne dit rien de personne. Lue avant la première image : ni JSON ni réglages.
Essais : ``tests/ui/cadre/test_place.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRect

from modele.regles.prive import dossier_prive

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

CADRE: Final = 48
"""Ce que le gestionnaire de fenêtres ajoute autour, en pixels, au plus."""
_FICHIER: Final = "fenetre.place"
_AU_MOINS: Final = 200
_AU_PLUS: Final = 32_767
"""Au-delà, aucun système de fenêtres ne compte plus."""


class Place(NamedTuple):
    """Sa place quand elle n'est pas agrandie, en pixels ; ``pleine`` : elle était agrandie."""

    x: int
    y: int
    large: int
    haut: int
    pleine: bool = False

    @property
    def zone(self) -> QRect:
        """Le rectangle."""
        return QRect(self.x, self.y, self.large, self.haut)


def lire(donnees: Path) -> Place | None:
    """La place d'hier ; ``None`` si elle manque ou ne se lit pas."""
    try:
        x, y, large, haut, pleine = (int(un) for un in (donnees / _FICHIER).read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return None
    if not (_AU_MOINS <= large <= _AU_PLUS and _AU_MOINS <= haut <= _AU_PLUS and max(abs(x), abs(y)) <= _AU_PLUS):
        return None
    return Place(x, y, large, haut, bool(pleine))


def retenir(fenetre: QWidget, donnees: Path) -> None:
    """Note où elle est. Un disque qui refuse ne retient pas l'agent : demain, elle s'ouvrira à sa place d'origine."""
    pleine = fenetre.isMaximized()
    zone = fenetre.normalGeometry() if pleine else QRect(fenetre.pos(), fenetre.size())
    place = Place(zone.x(), zone.y(), zone.width(), zone.height(), pleine)
    try:
        dossier_prive(donnees)
        (donnees / _FICHIER).write_text(" ".join(str(int(un)) for un in place) + "\n", encoding="ascii")
    except OSError:
        return


def ajuster(voulue: QRect, zones: Sequence[QRect]) -> tuple[QRect, bool]:
    """``voulue``, ramenée dans l'écran qui en montre le plus (à défaut, le premier) ; vrai si elle doit le remplir."""
    zone = max(zones, key=lambda une: _aire(une.intersected(voulue)))
    large, haut = zone.width() - CADRE, zone.height() - CADRE
    pleine = voulue.width() > large or voulue.height() > haut
    taille = QRect(0, 0, min(voulue.width(), large), min(voulue.height(), haut))
    x = min(max(voulue.x(), zone.x()), zone.x() + large - taille.width())
    y = min(max(voulue.y(), zone.y()), zone.y() + haut - taille.height())
    return taille.translated(x, y), pleine


def _aire(zone: QRect) -> int:
    return zone.width() * zone.height() if zone.isValid() else 0


def poser(fenetre: QWidget, avant: Place | None, zones: Sequence[QRect]) -> None:
    """Montre la fenêtre : à sa place d'avant si elle est connue, dans l'écran toujours."""
    zone, pleine = ajuster(avant.zone if avant else QRect(zones[0].topLeft(), fenetre.size()), zones)
    if avant is not None or pleine:
        fenetre.resize(zone.size())
    if avant is not None:
        fenetre.move(zone.topLeft())
    if pleine or (avant is not None and avant.pleine):
        fenetre.showMaximized()
    else:
        fenetre.show()
