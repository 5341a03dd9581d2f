"""Le dessin d'une proposition : ses mots se replient plutôt que de se couper, et chaque colonne garde sa place.

Une ligne dont le titre finissait en « … » ne disait pas ce qu'il y a à faire ; une colonne qui bougeait avec le choix
faisait perdre la ligne des yeux. Essais : ``tests/ui/test_presentation.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Protocol, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.composants import pastilles, touches
from ui.composants.liste import VALEUR
from ui.composants.masques import TOUCHE
from ui.composants.pastilles import URGENCES
from ui.composants.typographie import typographier
from ui.theme import Theme
from ui.theme.apparence import apparence, police
from ui.theme.icones import image

_SANS_FIN: Final = 10_000


@dataclass(frozen=True, slots=True)
class Proposition:
    """Une ligne : ``titre`` en gras, ``detail`` dessous, ``aide`` au milieu (pourquoi elle est là), ``touche``.

    ``urgence`` : une pastille en tête (``immediate``, ``jour``, ``semaine``, ``courante``) ; le titre est alors maigre.
    ``faire`` : ce que prend Entrée ; ``None`` : la ligne se choisit seulement, et rien ne dit « Entrée ».
    ``terne`` : grise, parce que ``aide`` dit qu'on n'en est plus sûr.
    ``clair`` : le titre et le détail une fois démasqués, si la ligne désigne quelqu'un ; ``dossier`` dit alors qui.
    """

    titre: str
    faire: Callable[[], object] | None
    detail: str = ""
    aide: str = ""
    icone: str = ""
    touche: str = ""
    urgence: str = ""
    cle: str = ""
    clair: tuple[str, str] | None = None
    dossier: str = ""
    terne: bool = False

    def __post_init__(self) -> None:
        """Un nom qui se démasque s'inscrit au journal de quelqu'un. Lève ``ValueError`` : une faute du programme."""
        if self.clair is not None and not self.dossier:
            raise ValueError("cette ligne se démasque sans dire de quel dossier")

    def devoilee(self) -> Proposition:
        """La ligne démasquée."""
        titre, detail = self.clair or (self.titre, self.detail)
        return replace(self, titre=titre, detail=detail)

    @property
    def dite(self) -> str:
        """La ligne pour le lecteur d'écran."""
        urgence = URGENCES[self.urgence][0] if self.urgence else ""
        return ", ".join(morceau for morceau in (urgence, self.titre, self.detail, self.aide) if morceau)


class ListeDessinee(Protocol):
    """Ce que le dessin demande à la liste qui le porte."""

    def viewport(self) -> QWidget: ...
    def count(self) -> int: ...
    def currentRow(self) -> int: ...
    def vue(self, rang: int) -> Proposition: ...
    def montre(self, proposition: Proposition) -> bool: ...
    def masque_des_noms(self) -> bool: ...
    def active(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Mots:
    """Où s'écrivent les mots d'une ligne, à ces tailles : ``titre`` sur ``detail``, ``aide`` à leur droite."""

    titre: QSize
    detail: QSize
    aide: QSize

    @property
    def hauteur(self) -> int:
        """Ce que prend le plus haut des deux côtés."""
        return max(self.titre.height() + self.detail.height(), self.aide.height())


def _mesurer(mot: str, large: int, allure: QFont) -> QSize:
    """La place de ``mot`` replié dans ``large`` ; aucune hauteur s'il n'y en a pas."""
    if not mot:
        return QSize(large, 0)
    boite = QRect(0, 0, large, _SANS_FIN)
    haut = QFontMetrics(allure).boundingRect(boite, int(Qt.TextFlag.TextWordWrap), typographier(mot)).height()
    return QSize(large, haut)


class DessinDeProposition(QStyledItemDelegate):
    """Une ligne de la liste qui le porte."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = apparence().theme
        proposition: Proposition = index.data(VALEUR)
        liste = self._liste()
        large = liste.viewport().width() - 2 * theme.px(10) - self._pris(theme, proposition)
        ouverte = proposition.devoilee() if liste.montre(proposition) else proposition
        moindre = theme.px(62 if proposition.detail else 46)
        return QSize(theme.px(200), max(moindre, self._mots(theme, ouverte, large).hauteur + theme.px(16)))

    def _liste(self) -> ListeDessinee:
        return cast(ListeDessinee, self.parent())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, liste = apparence().theme, self._liste()
        proposition = liste.vue(index.row())
        courante = index.row() == liste.currentRow() and liste.active()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        zone = self._fond(painter, option.rect, theme, courante, index.row() + 1 == liste.count())
        if liste.masque_des_noms():
            self._oeil(painter, zone, theme, proposition, courante=courante, ouvert=liste.montre(proposition))
        elif raccourci := proposition.touche or ("Return" if courante and proposition.faire else ""):
            self._touche(painter, zone, theme, raccourci)
        zone = zone.adjusted(0, 0, -self._a_droite(theme, proposition), 0)
        zone = self._icone(painter, zone, theme, proposition.icone)
        zone = self._pastille(painter, zone, theme, proposition.urgence)
        self._ecrire(painter, zone, theme, proposition)
        painter.restore()

    # La place de chacun : la même à chaque ligne, choisie ou non.

    def _a_droite(self, theme: Theme, proposition: Proposition) -> int:
        """La colonne des touches : l'œil sur « Entrée », ou la touche seule ; gardée même vide."""
        if self._liste().masque_des_noms():
            return _large_des_noms(theme) + theme.px(10)
        return touches.largeur(proposition.touche or "Return", theme) + theme.px(14)

    def _pris(self, theme: Theme, proposition: Proposition) -> int:
        """Tout ce qui n'est pas les mots."""
        icone = theme.px(20 + 12) if proposition.icone else 0
        pastille = _retrait_des_pastilles(theme) + theme.px(12) if proposition.urgence else 0
        return self._a_droite(theme, proposition) + icone + pastille

    @staticmethod
    def _mots(theme: Theme, proposition: Proposition, large: int) -> _Mots:
        aide = large * 2 // 5 if proposition.aide else 0
        petit, titre = police(theme, "petit"), police(theme, gras=not proposition.urgence)
        return _Mots(
            _mesurer(proposition.titre, large - aide, titre),
            _mesurer(proposition.detail, large - aide, petit),
            _mesurer(proposition.aide, aide - theme.px(12), petit),
        )

    # Dessiner.

    @staticmethod
    def _fond(painter: QPainter, zone: QRect, theme: Theme, courante: bool, derniere: bool) -> QRect:
        c = theme.couleurs
        if courante:
            painter.setPen(QColor(c.action if c.cadre else c.action_fond))
            painter.setBrush(QColor(c.action_fond))
            painter.drawRoundedRect(zone.adjusted(1, 1, -2, -2), 8, 8)
        elif not derniere:
            painter.setPen(QColor(c.trait))
            painter.drawLine(zone.bottomLeft(), zone.bottomRight())
        return zone.adjusted(theme.px(10), 0, -theme.px(10), 0)

    @staticmethod
    def _oeil(
        painter: QPainter, zone: QRect, theme: Theme, proposition: Proposition, *, courante: bool, ouvert: bool
    ) -> None:
        """L'œil qui démasque, et sa touche sur la ligne choisie ; « Entrée » dessous, là où elle ne prend rien."""
        boite, haut = zone_de_l_oeil(zone, theme), touches.hauteur(theme)
        milieu, nommee = boite.center().y(), proposition.clair is not None
        ligne = milieu - haut // 2 - theme.px(2) if courante and nommee else milieu
        if nommee:
            cote = theme.px(20)
            dessin = image(
                "eye-off" if ouvert else "eye", theme.couleurs.action, cote, painter.device().devicePixelRatioF()
            )
            painter.drawPixmap(boite.right() - cote, ligne - cote // 2, dessin)
        if courante and (nommee or proposition.faire):
            encre = theme.couleurs.encre_douce
            if nommee:
                large = touches.largeur(TOUCHE, theme)
                a_gauche = boite.right() - theme.px(20 + 10) - large
                touches.dessiner(painter, QRect(a_gauche, ligne - haut // 2, large, haut), TOUCHE, theme, encre)
            if not proposition.faire:
                return
            large = touches.largeur("Return", theme)
            dessous = milieu + theme.px(2) if nommee else milieu - haut // 2
            touches.dessiner(painter, QRect(boite.right() - large, dessous, large, haut), "Return", theme, encre)

    @staticmethod
    def _touche(painter: QPainter, zone: QRect, theme: Theme, raccourci: str) -> None:
        large, haut = touches.largeur(raccourci, theme), touches.hauteur(theme)
        boite = QRect(zone.right() - large, zone.center().y() - haut // 2, large, haut)
        touches.dessiner(painter, boite, raccourci, theme, theme.couleurs.encre_douce)

    @staticmethod
    def _icone(painter: QPainter, zone: QRect, theme: Theme, nom: str) -> QRect:
        if not nom:
            return zone
        cote = theme.px(20)
        dessin = image(nom, theme.couleurs.action, cote, painter.device().devicePixelRatioF())
        painter.drawPixmap(zone.left(), zone.center().y() - cote // 2, dessin)
        return zone.adjusted(cote + theme.px(12), 0, 0, 0)

    @staticmethod
    def _pastille(painter: QPainter, zone: QRect, theme: Theme, urgence: str) -> QRect:
        if not urgence:
            return zone
        mot, icone, ton = URGENCES[urgence]
        haut = pastilles.hauteur()
        boite = QRect(zone.left(), zone.center().y() - haut // 2, pastilles.largeur(mot, icone, theme), haut)
        pastilles.dessiner(painter, boite, mot, ton, icone)
        return zone.adjusted(_retrait_des_pastilles(theme) + theme.px(12), 0, 0, 0)

    def _ecrire(self, painter: QPainter, zone: QRect, theme: Theme, proposition: Proposition) -> None:
        c, mots = theme.couleurs, self._mots(theme, proposition, zone.width())
        haut = zone.center().y() - (mots.titre.height() + mots.detail.height()) // 2
        titre = QRect(QPoint(zone.left(), haut), mots.titre)
        encre = c.encre_douce if proposition.terne else c.encre
        self._dire(painter, titre, proposition.titre, police(theme, gras=not proposition.urgence), encre)
        detail = QRect(QPoint(zone.left(), titre.top() + titre.height()), mots.detail)
        self._dire(painter, detail, proposition.detail, police(theme, "petit"), c.encre_douce)
        a_droite = QPoint(titre.right() + theme.px(12), zone.center().y() - mots.aide.height() // 2)
        self._dire(painter, QRect(a_droite, mots.aide), proposition.aide, police(theme, "petit"), c.encre_douce)

    @staticmethod
    def _dire(painter: QPainter, zone: QRect, mot: str, allure: QFont, encre: str) -> None:
        if mot:
            painter.setFont(allure)
            painter.setPen(QColor(encre))
            painter.drawText(zone, int(Qt.TextFlag.TextWordWrap), typographier(mot))


@cache
def _retrait_des_pastilles(theme: Theme) -> int:
    """Les titres s'alignent sur la plus large des pastilles."""
    return max(pastilles.largeur(mot, icone, theme) for mot, icone, _ in URGENCES.values())


def _large_des_noms(theme: Theme) -> int:
    """La colonne de l'œil : sa touche et lui, ou « Entrée » qui se pose dessous."""
    return max(touches.largeur(TOUCHE, theme) + theme.px(10 + 20), touches.largeur("Return", theme))


def zone_de_l_oeil(zone: QRect, theme: Theme) -> QRect:
    """Où presser pour démasquer, au bout de la ligne : sa touche et l'œil, 40 pixels au moins."""
    large = _large_des_noms(theme)
    return QRect(zone.right() - large, zone.top(), large, zone.height())
