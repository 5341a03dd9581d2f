"""Trois volets côte à côte, chacun défilant pour lui-même ; empilés dès que le texte grandit, sous un seul défilement.

Essais : ``tests/ui/ecrans/test_entretien_accessible.py``.
"""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.composants.base import nommer, separation
from ui.composants.dits import A_COTE, dire_comme
from ui.composants.mise_en_page import Defilement, colonne
from ui.theme.apparence import apparence


class Volets(QWidget):
    """``gauche`` et ``droite`` étroits, ``centre`` au milieu, ``pied`` toujours visible sous le centre.

    ``largeurs`` : gauche, centre (au moins) et droite, en pixels à 100 %. Empilés : le centre d'abord, puis la droite,
    puis la gauche. Le focus suit : du centre à la droite, à la gauche. ``empile`` : ils viennent de s'empiler, ou non.
    """

    empile = Signal(bool)

    def __init__(
        self,
        gauche: QWidget,
        centre: QWidget,
        droite: QWidget,
        pied: QWidget,
        largeurs: tuple[int, int, int] = (226, 560, 340),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._largeurs = largeurs
        self._contenus = (gauche, centre, droite)
        for contenu in self._contenus:
            contenu.setProperty("genre", "contenu")
        self._pied = pied
        # Ce qui passe sous le pied se lit comme un défilement, pas comme un mot coupé.
        self._trait = separation()
        # Sans parent, le montrer en ferait une fenêtre, qui prendrait le clavier.
        self._trait.setParent(self)
        self._trait.hide()
        self.empiles: bool | None = None
        self._cadres = [
            _cadre("volet_gauche", "Sections"),
            QFrame(),
            _cadre("volet_droit", "Ce que disent les réponses"),
        ]
        self._zones = [_zone() for _ in self._cadres]
        self._pile = _zone()
        disposition = pied.layout()
        self._marges = disposition.contentsMargins() if disposition is not None else QMargins()
        for zone in (self._zones[1], self._pile):
            zone.verticalScrollBar().rangeChanged.connect(lambda *_: self._aligner())
        self._vertical = QVBoxLayout(self)
        self._vertical.setContentsMargins(0, 0, 0, 0)
        self._vertical.setSpacing(0)
        # La fenêtre reste libre de rétrécir : c'est alors qu'on empile.
        self._vertical.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._cote = QWidget()
        rang = QHBoxLayout(self._cote)
        rang.setContentsMargins(0, 0, 0, 0)
        rang.setSpacing(0)
        for place, (cadre, zone) in enumerate(zip(self._cadres, self._zones, strict=True)):
            boite = QVBoxLayout(cadre)
            boite.setContentsMargins(0, 0, 0, 0)
            boite.setSpacing(0)
            boite.addWidget(zone, 1)
            rang.addWidget(cadre, 1 if place == 1 else 0)
        self._vertical.addWidget(self._cote, 1)
        self._vertical.addWidget(self._pile, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        apparence().change.connect(self._disposer)
        self._disposer()

    def remonter(self) -> None:
        """Revient en haut du centre."""
        (self._pile if self.empiles else self._zones[1]).par_le_haut()

    def suivre(self, widget: QWidget, zone: QRect) -> None:
        """Fait défiler la gauche pour que ``zone`` de ``widget`` se voie ; empilée, elle ne bouge pas."""
        if not self.empiles:
            place = widget.mapTo(self._contenus[0], zone.center())
            self._zones[0].ensureVisible(place.x(), place.y(), 0, zone.height())

    def voir(self, widget: QWidget) -> None:
        """Fait défiler le centre pour que ``widget`` se voie en entier."""
        (self._pile if self.empiles else self._zones[1]).ensureWidgetVisible(widget)

    def tout_remonter(self) -> None:
        """Revient en haut de chaque volet : un autre dossier s'ouvre."""
        for zone in (*self._zones, self._pile):
            zone.verticalScrollBar().setValue(0)

    def montrer_droite(self, visible: bool) -> None:
        """Montre ou cache le volet de droite ; le centre prend sa place."""
        self._cadres[2].setVisible(visible)
        self._contenus[2].setVisible(visible)

    def _disposer(self) -> None:
        theme = apparence().theme
        for cadre, large in ((self._cadres[0], self._largeurs[0]), (self._cadres[2], self._largeurs[2])):
            cadre.setFixedWidth(theme.px(large))
        empiler = self.width() < sum(theme.px(large) for large in self._largeurs)
        if empiler == self.empiles:
            return
        self.empiles = empiler
        focus = self.focusWidget()
        self._empiler() if empiler else self._ranger()
        self._cote.setVisible(not empiler)
        self._pile.setVisible(empiler)
        if focus is not None and self.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
            for zone in (self._pile, *self._zones):
                zone.reprendre()
        self.empile.emit(empiler)

    def _ranger(self) -> None:
        for zone, contenu in zip(self._zones, self._contenus, strict=True):
            zone.setWidget(contenu)
        centre = self._cadres[1].layout()
        assert centre is not None
        centre.addWidget(self._trait)
        centre.addWidget(self._pied)

    def _empiler(self) -> None:
        for zone in self._zones:
            zone.takeWidget()
        gauche, centre, droite = self._contenus
        contenu = QWidget()
        contenu.setProperty("genre", "contenu")
        contenu.setLayout(colonne(centre, droite, gauche, ecart=2))
        self._pile.setWidget(contenu)
        self._vertical.addWidget(self._trait)
        self._vertical.addWidget(self._pied)
        for widget in (gauche, centre):
            widget.show()
        droite.setVisible(not self._cadres[2].isHidden())

    def _aligner(self) -> None:
        """Le pied finit au même bord que ce qui défile au-dessus, et un trait l'en sépare tant que cela défile."""
        if (disposition := self._pied.layout()) is None:
            return
        barre = (self._pile if self.empiles else self._zones[1]).verticalScrollBar()
        large = barre.sizeHint().width() if barre.maximum() else 0
        self._trait.setVisible(bool(large))
        disposition.setContentsMargins(self._marges + QMargins(0, 0, large, 0))

    def minimumSizeHint(self) -> QSize:
        """Ce qu'il faut empilé."""
        return QSize(apparence().theme.px(320), 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._disposer()


def _zone() -> Defilement:
    return Defilement(colonne())


def _cadre(genre: str, nom: str) -> QFrame:
    cadre = QFrame()
    cadre.setProperty("genre", genre)
    dire_comme(cadre, A_COTE)
    nommer(cadre, nom)
    return cadre
