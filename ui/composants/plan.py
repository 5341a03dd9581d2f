"""Un plan dessiné : des points nommés, une échelle. Sans image ni réseau ; ce qu'il montre se lit aussi en mots.

Chaque sorte de point a sa forme et son mot : jamais la couleur seule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.composants.annonces import annoncer
from ui.composants.base import nommer
from ui.composants.typographie import typographier
from ui.theme import RAYON_PETIT, Theme
from ui.theme.apparence import apparence, police

_PAS_KM: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_HAUT: Final = 240
_MARGE: Final = 34
_PAS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_AU_CLAVIER: Final = "Flèches pour aller d'un lieu à l'autre, Entrée pour le prendre."


class Marque(StrEnum):
    """Ce qu'un point est ; sa valeur est le mot de la légende."""

    OUVERT = "ouvert"
    A_APPELER = "à appeler"
    FERME = "fermé"
    DEPART = "d'où l'on part"


@dataclass(frozen=True, slots=True)
class PointDuPlan:
    """``x`` vers l'est et ``y`` vers le nord, en kilomètres. ``choisi`` : celui dont on parle.

    ``dit`` : ce qu'en lit qui ne voit pas le plan. ``taille`` : de son rond, 1 pour un lieu.
    """

    nom: str
    x: float
    y: float
    marque: Marque
    choisi: bool = False
    dit: str = ""
    taille: float = 1.0


class Plan(QWidget):
    """Le plan, vide. ``montrer`` : ses points, et la phrase qui les dit à qui ne les voit pas.

    Au clavier, les flèches vont d'un point à l'autre, d'ouest en est ; Entrée le prend (``pris`` : son rang).
    """

    pris = Signal(int)

    def __init__(self, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nom = nom
        self.points: tuple[PointDuPlan, ...] = ()
        self.ici = -1
        nommer(self, nom)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        apparence().change.connect(self.updateGeometry)

    def montrer(self, points: Sequence[PointDuPlan], phrase: str) -> None:
        """Remplace les points."""
        garde = self.points[self.ici].nom if 0 <= self.ici < len(self.points) else ""
        self.points = tuple(points)
        self.ici = next((rang for rang, un in enumerate(points) if garde and un.nom == garde), -1)
        # Sans point, il n'y a rien à y faire au clavier.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if points else Qt.FocusPolicy.NoFocus)
        nommer(self, self._nom, f"{phrase}. {_AU_CLAVIER}" if points else phrase)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.ici < 0 and self.points:
            self._aller(next((rang for rang, un in enumerate(self.points) if un.choisi), self._d_ouest_en_est()[0]))
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Les flèches et Entrée ; toute autre touche suit son chemin."""
        pas = _PAS.get(Qt.Key(event.key()), 0)
        if pas and self.points:
            ordre = self._d_ouest_en_est()
            rang = ordre.index(self.ici) + pas if self.ici >= 0 else 0
            self._aller(ordre[max(0, min(len(ordre) - 1, rang))])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.ici >= 0:
            self.pris.emit(self.ici)
        else:
            super().keyPressEvent(event)

    def _d_ouest_en_est(self) -> list[int]:
        return sorted(range(len(self.points)), key=lambda rang: (self.points[rang].x, self.points[rang].y))

    def _aller(self, rang: int) -> None:
        self.ici = rang
        point = self.points[rang]
        annoncer(self, point.dit or f"{point.nom} ({point.marque.value})")
        self.update()

    def sizeHint(self) -> QSize:
        theme = apparence().theme
        return QSize(theme.px(320), min(theme.px(_HAUT), 2 * _HAUT))

    def minimumSizeHint(self) -> QSize:
        return QSize(apparence().theme.px(160), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = apparence().theme
        c = theme.couleurs
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        peintre.setPen(QPen(QColor(c.trait), 1))
        peintre.setBrush(QColor(c.surface))
        peintre.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RAYON_PETIT, RAYON_PETIT)
        if self.points:
            self._dessiner(peintre, theme)
        peintre.end()

    def _dessiner(self, peintre: QPainter, theme: Theme) -> None:
        places, par_km = self._places(theme)
        peintre.setFont(police(theme, "petit"))
        pris = [self._echelle(peintre, theme, par_km)]
        for point, ou in zip(self.points, places, strict=True):
            pris.append(_marquer(peintre, theme, point, ou))
        if self.hasFocus() and self.ici >= 0:
            _encadrer(peintre, theme, self.points[self.ici], places[self.ici])
        # Celui dont on parle garde son nom ; les autres, tant qu'il reste de la place.
        for point, ou in sorted(zip(self.points, places, strict=True), key=lambda un: not un[0].choisi):
            self._nommer(peintre, theme, point, ou, pris)

    def _places(self, theme: Theme) -> tuple[list[QPointF], float]:
        """Où se pose chaque point, et combien de pixels vaut un kilomètre : la même échelle dans les deux sens."""
        marge = theme.px(_MARGE)
        xs, ys = [un.x for un in self.points], [un.y for un in self.points]
        large, haut = max(xs) - min(xs), max(ys) - min(ys)
        # Un seul point : dix kilomètres autour de lui.
        par_km = min(max(self.width() - 2 * marge, 1) / (large or 10), max(self.height() - 2 * marge, 1) / (haut or 10))
        centre = QPointF(self.width() / 2, self.height() / 2)
        milieu = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
        return [
            centre + QPointF((un.x - milieu[0]) * par_km, (milieu[1] - un.y) * par_km) for un in self.points
        ], par_km

    def _echelle(self, peintre: QPainter, theme: Theme, par_km: float) -> QRectF:
        km = next((un for un in reversed(_PAS_KM) if un * par_km <= self.width() / 4), _PAS_KM[0])
        gauche, bas = theme.px(12), self.height() - theme.px(10)
        peintre.setPen(QPen(QColor(theme.couleurs.encre_douce), 2))
        peintre.drawLine(QPointF(gauche, bas), QPointF(gauche + km * par_km, bas))
        mot = typographier(f"{km} km")
        peintre.drawText(QPointF(gauche, bas - theme.px(5)), mot)
        haut = QFontMetricsF(peintre.font()).height()
        return QRectF(gauche, bas - haut - theme.px(6), max(km * par_km, theme.px(50)), haut + theme.px(8))

    def _nommer(self, peintre: QPainter, theme: Theme, point: PointDuPlan, ou: QPointF, pris: list[QRectF]) -> None:
        mesures = QFontMetricsF(police(theme, "petit", gras=point.choisi))
        mot = typographier(point.nom)
        large, haut = mesures.horizontalAdvance(mot), mesures.height()
        ecart = theme.px(12) + theme.px(7) * (point.taille - 1) + (theme.px(6) if point.choisi else 0)
        droite = QRectF(ou.x() + ecart, ou.y() - haut / 2, large, haut)
        gauche = QRectF(ou.x() - ecart - large, ou.y() - haut / 2, large, haut)
        dessous = QRectF(ou.x() - large / 2, ou.y() + ecart - theme.px(2), large, haut)
        dessus = QRectF(ou.x() - large / 2, ou.y() - ecart - haut + theme.px(2), large, haut)
        dedans = QRectF(self.rect())
        for zone in (droite, gauche, dessous, dessus):
            if dedans.contains(zone) and not any(zone.intersects(autre) for autre in pris):
                peintre.setFont(police(theme, "petit", gras=point.choisi))
                peintre.setPen(QColor(theme.couleurs.encre))
                peintre.drawText(zone, int(Qt.AlignmentFlag.AlignCenter), mot)
                pris.append(zone)
                return


def _marquer(peintre: QPainter, theme: Theme, point: PointDuPlan, ou: QPointF) -> QRectF:
    """La forme de la marque : plein, triangle, vide, carré ; celui dont on parle a un cercle autour."""
    c, rayon = theme.couleurs, theme.px(7) * point.taille
    encre = QColor({Marque.OUVERT: c.courant, Marque.A_APPELER: c.jour, Marque.FERME: c.encre_douce}.get(
        point.marque, c.action
    ))  # fmt: skip
    peintre.setPen(QPen(encre, 2))
    peintre.setBrush(QColor(c.surface) if point.marque is Marque.FERME else encre)
    if point.marque is Marque.DEPART:
        peintre.drawRect(QRectF(ou.x() - rayon, ou.y() - rayon, 2 * rayon, 2 * rayon))
    elif point.marque is Marque.A_APPELER:
        haut, bas = QPointF(0, -rayon), QPointF(rayon, rayon)
        peintre.drawPolygon(QPolygonF([ou + haut, ou + bas, ou + QPointF(-rayon, rayon)]))
    else:
        peintre.drawEllipse(ou, rayon, rayon)
    if point.choisi:
        peintre.setPen(QPen(QColor(c.action), 2))
        peintre.setBrush(Qt.BrushStyle.NoBrush)
        peintre.drawEllipse(ou, rayon + 5, rayon + 5)
    return QRectF(ou.x() - rayon - 2, ou.y() - rayon - 2, 2 * rayon + 4, 2 * rayon + 4)


def _encadrer(peintre: QPainter, theme: Theme, point: PointDuPlan, ou: QPointF) -> None:
    """Le carré du clavier, entre le point et son nom : une forme, pas une couleur seule."""
    cote = float(theme.px(15 if point.choisi else 11))
    peintre.setPen(QPen(QColor(theme.couleurs.encre), 2, Qt.PenStyle.DashLine))
    peintre.setBrush(Qt.BrushStyle.NoBrush)
    peintre.drawRect(QRectF(ou.x() - cote, ou.y() - cote, 2 * cote, 2 * cote))


class Legende(QWidget):
    """Une marque et son mot, comme sur le plan."""

    def __init__(self, marque: Marque, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marque = marque
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        apparence().change.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        theme = apparence().theme
        mesures = QFontMetricsF(police(theme, "petit"))
        return QSize(int(mesures.horizontalAdvance(self._marque.value)) + theme.px(28), theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = apparence().theme
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        _marquer(peintre, theme, PointDuPlan("", 0, 0, self._marque), QPointF(theme.px(10), self.height() / 2))
        peintre.setFont(police(theme, "petit"))
        peintre.setPen(QColor(theme.couleurs.encre_douce))
        zone = QRectF(theme.px(22), 0, self.width() - theme.px(22), self.height())
        peintre.drawText(zone, int(Qt.AlignmentFlag.AlignVCenter), self._marque.value)
        peintre.end()
