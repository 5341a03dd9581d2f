"""Des propositions sous une zone de recherche : les flèches choisissent, Entrée prend, sans quitter la frappe."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QWidget,
)

from ui.composants.annonces import annoncer
from ui.composants.base import nommer
from ui.composants.dessin_proposition import DessinDeProposition, Proposition, zone_de_l_oeil
from ui.composants.liste import Liste
from ui.composants.masques import TOUCHE, masque
from ui.composants.menus import GesteDeLigne, ouvrir_menu
from ui.composants.mise_en_page import faire_voir
from ui.theme import FOCUS
from ui.theme.apparence import apparence

CHOISIR: Final = "Flèches pour choisir"
PRENDRE: Final = ", Entrée pour prendre"
_PAS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}


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
        nommer(self, nom, CHOISIR)
        self._au_plus = au_plus
        self._guide: QLineEdit | None = None
        self._cede: QWidget | None = None
        self._sur_l_oeil = self._noms_masques = False
        self.setItemDelegate(DessinDeProposition(self))
        self.clicked.connect(lambda _: self.prendre())
        self.currentRowChanged.connect(self._redessiner)
        apparence().change.connect(self._remesurer)
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
        prendre = PRENDRE if any(une.faire for une in propositions) else ""
        self.setAccessibleDescription(f"{CHOISIR}{prendre}{aide}")
        self._remasquer()
        self.updateGeometry()

    def ceder_si_vide(self, a: QWidget) -> None:
        """Vide, elle se cache et passe le clavier à ``a`` : un cadre vide qui le tient ne répond à aucune touche.

        Garnie de nouveau, elle le reprend s'il y est resté.
        """
        if self.count():
            self.show()
            if self._cede is not None and self._cede.hasFocus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._cede = None
            return
        if self.hasFocus():
            self._cede = a
            a.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._cede is not None and self._cede.hasFocus():
            # Un autre bouton vient d'être choisi : le clavier le suit.
            self._cede = a
            a.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

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
        masque().basculer(self._ligne(proposition), proposition.dossier)
        annoncer(self, self.vue(self.currentRow()).dite)
        return True

    def _ligne(self, proposition: Proposition) -> Hashable:
        return id(self), proposition.cle, proposition.titre

    def _remasquer(self) -> None:
        for rang in range(self.count()):
            self.dire(rang, self.vue(rang).dite)
        # Un nom démasqué est plus long que sa référence.
        self._remesurer()
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
        """Fait le geste de la proposition choisie, si elle en a un."""
        if (proposition := self.courante()) is not None and proposition.faire is not None:
            self.prise.emit()
            proposition.faire()

    def sizeHint(self) -> QSize:
        hauteurs = [self.sizeHintForRow(rang) for rang in range(min(self.count(), self._au_plus))]
        return QSize(apparence().theme.px(300), sum(hauteurs) + 2 * FOCUS)

    def minimumSizeHint(self) -> QSize:
        return QSize(apparence().theme.px(150), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Plus étroite, ses mots se replient autrement : chaque ligne se remesure, et la liste avec elles."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._remesurer()

    def _remesurer(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

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
        if touche in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (courante := self.courante()) is not None:
            if courante.faire is None:
                return False
            self.prendre()
            return True
        if touche == Qt.Key.Key_F4 and self.demasquer():
            return True
        pas = _PAS.get(Qt.Key(touche))
        if pas is None or not self.count():
            return False
        self.setCurrentRow(max(0, min(self.currentRow() + pas, self.count() - 1)))
        if self.courante() is not None:
            faire_voir(self)
            annoncer(self, self.vue(self.currentRow()).dite)
        return True

    def _redessiner(self) -> None:
        self.viewport().update()
