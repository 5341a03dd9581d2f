"""Des propositions sous une zone de recherche : les flèches choisissent, Entrée prend, sans quitter la frappe."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.composants import pastilles, touches
from ui.composants.annonces import annoncer
from ui.composants.base import nommer
from ui.composants.liste import VALEUR, Liste
from ui.composants.masques import TOUCHE, masque
from ui.composants.menus import GesteDeLigne, ouvrir_menu
from ui.composants.pastilles import URGENCES
from ui.composants.typographie import typographier
from ui.theme import FOCUS, Theme
from ui.theme.apparence import apparence, police
from ui.theme.icones import image

_PAS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}


@dataclass(frozen=True, slots=True)
class Proposition:
    """Une ligne : ``titre`` en gras, ``detail`` dessous, ``aide`` au milieu (pourquoi elle est là), ``touche``.

    ``urgence`` : une pastille en tête (``immediate``, ``jour``, ``semaine``, ``courante``) ; le titre est alors maigre.
    ``terne`` : grise, parce que ``aide`` dit qu'on n'en est plus sûr.
    ``clair`` : le titre et le détail une fois démasqués, si la ligne désigne quelqu'un ; ``cle`` dit alors qui.
    """

    titre: str
    faire: Callable[[], object]
    detail: str = ""
    aide: str = ""
    icone: str = ""
    touche: str = ""
    urgence: str = ""
    cle: str = ""
    clair: tuple[str, str] | None = None
    terne: bool = False

    def devoilee(self) -> Proposition:
        """La ligne démasquée."""
        titre, detail = self.clair or (self.titre, self.detail)
        return replace(self, titre=titre, detail=detail)

    @property
    def dite(self) -> str:
        """La ligne pour le lecteur d'écran."""
        urgence = URGENCES[self.urgence][0] if self.urgence else ""
        return ", ".join(morceau for morceau in (urgence, self.titre, self.detail, self.aide) if morceau)


class _Dessin(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = apparence().theme
        deux = bool(index.data(VALEUR).detail)
        return QSize(theme.px(200), theme.px(62 if deux else 46))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = apparence().theme
        liste = self.parent()
        assert isinstance(liste, ListePropositions)
        proposition = liste.vue(index.row())
        courante = index.row() == liste.currentRow() and liste.active()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        zone = self._fond(painter, option.rect, theme, courante, index.row() + 1 == liste.count())
        if liste.masque_des_noms():
            zone = self._oeil(painter, zone, theme, proposition, courante=courante, ouvert=liste.montre(proposition))
        guidee = liste.guidee() and not proposition.touche
        zone = self._touche(painter, zone, theme, proposition.touche or ("Return" if courante else ""), guidee)
        zone = self._icone(painter, zone, theme, proposition.icone)
        zone = self._pastille(painter, zone, theme, proposition.urgence)
        self._mots(painter, zone, theme, proposition)
        painter.restore()

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
    ) -> QRect:
        """L'œil qui démasque, et sa touche sur la ligne choisie ; sa place se garde à chaque ligne."""
        boite = zone_de_l_oeil(zone, theme)
        if proposition.clair is not None:
            cote = theme.px(20)
            dessin = image(
                "eye-off" if ouvert else "eye", theme.couleurs.action, cote, painter.device().devicePixelRatioF()
            )
            painter.drawPixmap(boite.right() - cote, boite.center().y() - cote // 2, dessin)
            if courante:
                large, haut = touches.largeur(TOUCHE, theme), touches.hauteur(theme)
                touche = QRect(boite.left(), boite.center().y() - haut // 2, large, haut)
                touches.dessiner(painter, touche, TOUCHE, theme, theme.couleurs.encre_douce)
        return zone.adjusted(0, 0, -boite.width() - theme.px(10), 0)

    @staticmethod
    def _touche(painter: QPainter, zone: QRect, theme: Theme, raccourci: str, guidee: bool) -> QRect:
        if not raccourci:
            # La place d'« Entrée » se garde à chaque ligne : les colonnes restent alignées.
            garde = touches.largeur("Return", theme) + theme.px(14) if guidee else 0
            return zone.adjusted(0, 0, -garde, 0)
        large, haut = touches.largeur(raccourci, theme), touches.hauteur(theme)
        boite = QRect(zone.right() - large, zone.center().y() - haut // 2, large, haut)
        touches.dessiner(painter, boite, raccourci, theme, theme.couleurs.encre_douce)
        return zone.adjusted(0, 0, -large - theme.px(14), 0)

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
        boite = QRect(zone.left(), zone.center().y() - haut // 2, pastilles.largeur(mot, icone), haut)
        pastilles.dessiner(painter, boite, mot, ton, icone)
        # Les titres s'alignent sur la plus large des pastilles.
        retrait = max(pastilles.largeur(m, i) for m, i, _ in URGENCES.values())
        return zone.adjusted(retrait + theme.px(12), 0, 0, 0)

    def _mots(self, painter: QPainter, zone: QRect, theme: Theme, proposition: Proposition) -> None:
        c = theme.couleurs
        aide = zone.width() * 2 // 5 if proposition.aide else 0
        gauche = zone.adjusted(0, 0, -aide, 0)
        milieu = Qt.AlignmentFlag.AlignVCenter
        haut, bas = gauche, QRect()
        if proposition.detail:
            moitie = theme.px(22)
            haut = QRect(gauche.left(), gauche.center().y() - moitie, gauche.width(), moitie)
            bas = QRect(gauche.left(), gauche.center().y(), gauche.width(), moitie)
        painter.setFont(police(theme, gras=not proposition.urgence))
        painter.setPen(QColor(c.encre_douce if proposition.terne else c.encre))
        painter.drawText(haut, milieu, _abrege(painter, proposition.titre, haut.width()))
        painter.setFont(police(theme, "petit"))
        painter.setPen(QColor(c.encre_douce))
        if proposition.detail:
            painter.drawText(bas, milieu, _abrege(painter, proposition.detail, bas.width()))
        if aide:
            droite = QRect(gauche.right() + theme.px(12), zone.top(), aide - theme.px(12), zone.height())
            painter.drawText(droite, int(milieu | Qt.TextFlag.TextWordWrap), typographier(proposition.aide))


def _abrege(painter: QPainter, mot: str, largeur: int) -> str:
    return painter.fontMetrics().elidedText(typographier(mot), Qt.TextElideMode.ElideRight, largeur)


def zone_de_l_oeil(zone: QRect, theme: Theme) -> QRect:
    """Où presser pour démasquer, au bout de la ligne : sa touche et l'œil, 40 pixels au moins."""
    large = touches.largeur(TOUCHE, theme) + theme.px(10 + 20)
    return QRect(zone.right() - large, zone.top(), large, zone.height())


class ListePropositions(Liste):
    """Les propositions. ``guider`` branche une zone de frappe : flèches, Entrée et Échap y servent la liste.

    Une ligne qui désigne quelqu'un est masquée ; F4 (ou Espace, dans la liste) et l'œil la démasquent, elle seule.
    ``geste`` : ce que fait Entrée, en mots ; la ligne a alors un menu, qui y ajoute ce que rend ``autres_gestes``.
    """

    prise = Signal()

    def __init__(self, nom: str, au_plus: int = 6, parent: QWidget | None = None, *, geste: str = "") -> None:
        super().__init__(parent)
        self._geste = geste
        self.autres_gestes: Callable[[], Sequence[GesteDeLigne]] = tuple
        nommer(self, nom, "Flèches pour choisir, Entrée pour prendre")
        self._au_plus = au_plus
        self._guide: QLineEdit | None = None
        self._sur_l_oeil = self._noms_masques = False
        self.setItemDelegate(_Dessin(self))
        self.clicked.connect(lambda _: self.prendre())
        self.currentRowChanged.connect(self._redessiner)
        apparence().change.connect(self.updateGeometry)
        masque().change.connect(self._remasquer)

    def montrer(self, propositions: Sequence[Proposition], choisie: int = 0) -> None:
        """Remplace les propositions ; ``choisie`` : celle qu'Entrée prendra, la première par défaut (-1 : aucune)."""
        self.blockSignals(True)
        self.remplir(propositions)
        self.scrollToTop()
        self._noms_masques = any(une.clair is not None for une in propositions)
        self.setCurrentRow(choisie if propositions else -1)
        self.blockSignals(False)
        aide = f", {TOUCHE} pour montrer le nom" if self.masque_des_noms() else ""
        self.setAccessibleDescription(f"Flèches pour choisir, Entrée pour prendre{aide}")
        self._remasquer()
        self.updateGeometry()

    def guider(self, ligne: QLineEdit) -> None:
        """Les flèches, Entrée et Échap tapées dans ``ligne`` servent la liste."""
        self._guide = ligne
        ligne.installEventFilter(self)

    def vue(self, rang: int) -> Proposition:
        """La ligne telle qu'elle se voit : masquée, ou non."""
        proposition: Proposition = self.valeur(rang)
        return proposition.devoilee() if self.montre(proposition) else proposition

    def montre(self, proposition: Proposition) -> bool:
        """Vrai si cette ligne est démasquée."""
        return proposition.clair is not None and masque().montre(self._ligne(proposition))

    def masque_des_noms(self) -> bool:
        """Vrai si une ligne au moins désigne quelqu'un."""
        return self._noms_masques

    def demasquer(self) -> bool:
        """Démasque la ligne choisie, ou la remasque ; faux si elle ne cache rien."""
        proposition = self.courante()
        if proposition is None or proposition.clair is None:
            return False
        masque().basculer(self._ligne(proposition))
        annoncer(self, self.vue(self.currentRow()).dite)
        return True

    def _ligne(self, proposition: Proposition) -> Hashable:
        return id(self), proposition.cle, proposition.titre

    def _remasquer(self) -> None:
        for rang in range(self.count()):
            self.dire(rang, self.vue(rang).dite)
        self._redessiner()

    def guidee(self) -> bool:
        """Vrai si une zone de frappe la sert."""
        return self._guide is not None

    def active(self) -> bool:
        """Vrai si le clavier sert cette liste : la proposition choisie ne se marque qu'alors."""
        return self.hasFocus() or (self._guide is not None and self._guide.hasFocus())

    def courante(self) -> Proposition | None:
        """La proposition choisie."""
        proposition: Proposition | None = self.valeur(self.currentRow())
        return proposition

    def prendre(self) -> None:
        """Fait le geste de la proposition choisie."""
        if (proposition := self.courante()) is not None:
            self.prise.emit()
            proposition.faire()

    def sizeHint(self) -> QSize:
        hauteurs = [self.sizeHintForRow(rang) for rang in range(min(self.count(), self._au_plus))]
        return QSize(apparence().theme.px(300), sum(hauteurs) + 2 * FOCUS)

    def minimumSizeHint(self) -> QSize:
        return QSize(apparence().theme.px(150), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.demasquer():
            return
        if not self._mener(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # L'œil n'est pas la ligne : le presser n'ouvre pas le dossier.
        rang = self._oeil_sous(event)
        self._sur_l_oeil = rang >= 0
        if rang >= 0:
            self.setCurrentRow(rang)
            self.demasquer()
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._sur_l_oeil:
            super().mouseReleaseEvent(event)
        self._sur_l_oeil = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        clavier = event.reason() is QContextMenuEvent.Reason.Keyboard
        rang = self.currentRow() if clavier else self.rang_sous(event.pos())
        event.accept()
        if rang < 0 or not self._geste:
            return
        self.setCurrentRow(rang)
        au_clavier = self.viewport().mapToGlobal(self.zone(rang).center())
        ouvrir_menu(self, self.gestes(), au_clavier if clavier else event.globalPos())

    def gestes(self) -> list[GesteDeLigne]:
        """Ce que peut la ligne choisie."""
        proposition = self.courante()
        if proposition is None:
            return []
        gestes = [GesteDeLigne(self._geste, self.prendre, "Return")]
        if proposition.clair is not None:
            mot = "Masquer le nom" if self.montre(proposition) else "Montrer le nom"
            gestes.append(GesteDeLigne(mot, self.demasquer, TOUCHE))
        return [*gestes, *self.autres_gestes()]

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Quittée, elle ne garde pas de nom à découvert.
        if any(self.montre(self.valeur(rang)) for rang in range(self.count())):
            masque().remasquer()

    def _oeil_sous(self, event: QMouseEvent) -> int:
        """Le rang de la ligne dont l'œil est sous le pointeur ; -1 : aucun."""
        ou = event.position().toPoint()
        rang = self.rang_sous(ou)
        if rang < 0 or self.valeur(rang).clair is None:
            return -1
        theme = apparence().theme
        zone = self.zone(rang).adjusted(theme.px(10), 0, -theme.px(10), 0)
        return rang if zone_de_l_oeil(zone, theme).contains(ou) else -1

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._mener(event):
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._redessiner()
        return super().eventFilter(objet, event)

    def _mener(self, event: QKeyEvent) -> bool:
        touche = event.key()
        if touche in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.courante() is not None:
            self.prendre()
            return True
        if touche == Qt.Key.Key_F4 and self.demasquer():
            return True
        pas = _PAS.get(Qt.Key(touche))
        if pas is None or not self.count():
            return False
        self.setCurrentRow(max(0, min(self.currentRow() + pas, self.count() - 1)))
        if self.courante() is not None:
            annoncer(self, self.vue(self.currentRow()).dite)
        return True

    def _redessiner(self) -> None:
        self.viewport().update()
