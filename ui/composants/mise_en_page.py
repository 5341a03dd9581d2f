"""La mise en page réactive : des colonnes qui s'empilent quand le texte grandit, un défilement vertical seul."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.composants.valeurs_qt import JAMAIS, SANS_FOCUS
from ui.theme import espace
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


def colonne(*contenu: QWidget | QLayout | int, marges: int = 0, ecart: int = 2) -> QVBoxLayout:
    """Empile des widgets de haut en bas ; un entier est un ressort. ``marges`` et ``ecart`` en pas de 4 pixels."""
    boite = QVBoxLayout()
    _remplir(boite, contenu, marges, ecart)
    return boite


def rangee(*contenu: QWidget | QLayout | int, marges: int = 0, ecart: int = 2) -> QHBoxLayout:
    """Aligne des widgets de gauche à droite ; un entier est un ressort."""
    boite = QHBoxLayout()
    _remplir(boite, contenu, marges, ecart)
    champs = [element for element in contenu if isinstance(element, QWidget) and hasattr(element, "ligne")]
    if len(champs) > 1:
        # La faute dite sous l'un ne fait pas descendre l'autre. Nommé ici : la première image n'en a pas.
        from PySide6.QtCore import Qt

        for un in champs:
            boite.setAlignment(un, Qt.AlignmentFlag.AlignTop)
    return boite


def _remplir(boite: QBoxLayout, contenu: Sequence[QWidget | QLayout | int], marges: int, ecart: int) -> None:
    cote = espace(marges)
    boite.setContentsMargins(cote, cote, cote, cote)
    boite.setSpacing(espace(ecart))
    for element in contenu:
        if isinstance(element, int):
            boite.addStretch(element)
        elif isinstance(element, QLayout):
            boite.addLayout(element)
        else:
            boite.addWidget(element)


class Bloc(QWidget):
    """Un widget sans allure qui porte une disposition."""

    def __init__(self, disposition: QLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayout(disposition)


class Colonnes(QWidget):
    """Des colonnes côte à côte, empilées dès que la somme de leurs largeurs utiles ne tient plus.

    ``colonnes`` : (widget, poids, largeur utile à 100 % en pixels ; zéro : celle que le contenu demande). La largeur
    utile suit l'échelle du texte. ``empile`` : vrai quand les colonnes passent l'une sous l'autre.
    """

    empile = Signal(bool)

    def __init__(
        self,
        colonnes: Sequence[tuple[QWidget, int, int]],
        ecart: int = 6,
        ecart_pile: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._colonnes = tuple(colonnes)
        self._boite = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._boite.setContentsMargins(0, 0, 0, 0)
        self._ecart, self._ecart_pile = espace(ecart), espace(ecart if ecart_pile is None else ecart_pile)
        self._boite.setSpacing(self._ecart)
        for widget, poids, _ in self._colonnes:
            self._boite.addWidget(widget, poids)
        apparence().change.connect(self._disposer)

    @property
    def empilees(self) -> bool:
        """Vrai si les colonnes sont l'une sous l'autre."""
        return self._boite.direction() == QBoxLayout.Direction.TopToBottom

    def _montrees(self) -> list[tuple[QWidget, int]]:
        """Celles qui se montrent : la place d'un bouton caché écartait ses voisins."""
        return [(widget, largeur) for widget, _, largeur in self._colonnes if not widget.isHidden()]

    def _utile(self) -> int:
        """La largeur à partir de laquelle les colonnes tiennent côte à côte, aucune coupée."""
        theme, la = apparence().theme, self._montrees()
        largeurs = [theme.px(largeur) or widget.sizeHint().width() for widget, largeur in la]
        exigees = [widget.minimumSizeHint().width() for widget, _ in la]
        return max(sum(largeurs), sum(exigees)) + self._ecart * (len(largeurs) - 1)

    def _disposer(self) -> None:
        empiler = self.width() < self._utile()
        if empiler == self.empilees:
            return
        sens = QBoxLayout.Direction.TopToBottom if empiler else QBoxLayout.Direction.LeftToRight
        self._boite.setDirection(sens)
        for rang, (_, poids, _) in enumerate(self._colonnes):
            self._boite.setStretch(rang, 0 if empiler else poids)
        self._boite.setSpacing(self._ecart_pile if empiler else self._ecart)
        self.updateGeometry()
        self.empile.emit(empiler)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._disposer()

    def event(self, event: QEvent) -> bool:
        """Une colonne qui change de taille peut faire tenir, ou ne plus faire tenir, les autres."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._disposer()
        return super().event(event)

    def sizeHint(self) -> QSize:
        """De quoi tenir côte à côte : une fois empilées, elles se redressent dès que la place revient."""
        voulue = super().sizeHint()
        return QSize(max(voulue.width(), self._utile()), voulue.height())

    def minimumSizeHint(self) -> QSize:
        """La largeur de la plus large colonne : empilées, elles n'en demandent pas plus."""
        largeurs = [widget.minimumSizeHint().width() for widget, _ in self._montrees()]
        return QSize(max(largeurs, default=0), self._boite.minimumSize().height())


class Defilement(QScrollArea):
    """Une zone qui défile de haut en bas seulement, et suit le focus du clavier."""

    def __init__(self, disposition: QLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        contenu = QWidget()
        contenu.setProperty("genre", "contenu")
        contenu.setLayout(disposition)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("horizontalScrollBarPolicy", JAMAIS)
        self.setWidgetResizable(True)
        self.setProperty("focusPolicy", SANS_FOCUS)
        self.setWidget(contenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._suivi = False
        # La page s'allonge, ou sa place rétrécit : la barre qui défile est la seule à savoir les deux.
        self.verticalScrollBar().rangeChanged.connect(self._garder_en_vue)
        if (application := QApplication.instance()) is not None:
            cast(QApplication, application).focusChanged.connect(self._suivre)
        apparence().va_changer.connect(self._suivre_le_texte)

    def _suivre(self, avant: QWidget | None, ici: QWidget | None) -> None:
        """Le clavier passe d'un endroit de la page à un autre : elle le montre. Qt ne défile que pour Tab.

        Il y entre, ou vient d'un endroit qui ne se voyait pas : la page s'ouvre par le haut, qui dit où l'on est. Sous
        la souris, rien ne bouge : le clic lâcherait ailleurs.
        """
        # La valeur, pas l'espace de noms Qt : la première fenêtre l'attendrait.
        self._suivi = self._porte(avant) and self._porte(ici) and not QApplication.mouseButtons().value
        self._suivi = self._suivi and self._se_voit(avant)
        self._garder_en_vue()

    def _suivre_le_texte(self) -> None:
        """Le texte grandit ou rétrécit : le champ qu'on voyait se voit encore. Rien n'est encore remesuré."""
        ici = QApplication.focusWidget()
        self._suivi = self._porte(ici) and self._se_voit(ici)

    def reprendre(self) -> None:
        """Le contenu d'un autre défilement vient de passer ici : ce qui y a le clavier reste en vue."""
        self._suivi = self._porte(QApplication.focusWidget())
        self._garder_en_vue()

    def _garder_en_vue(self) -> None:
        """Ce qui a le clavier se voit : un volet ou un bandeau qui grandit ne le couvre pas."""
        ici = QApplication.focusWidget()
        if self._suivi and ici is not None:
            self.faire_voir(ici)

    def faire_voir(self, widget: QWidget) -> None:
        """Défile le moins possible ; de ce qui est trop haut, montre le début.

        Ce qui a plusieurs lignes dit laquelle compte par ``zone_du_clavier``.
        """
        contenu, vue, marge = self.widget(), self.viewport().height(), espace(10)
        if contenu is None:
            return
        precise: Callable[[], QRect] | None = getattr(widget, "zone_du_clavier", None)
        zone = precise() if precise is not None else widget.rect()
        if zone.height() + marge <= vue and precise is None:
            self.ensureWidgetVisible(widget, 0, marge)
            return
        debut = widget.mapTo(contenu, zone.topLeft()).y()
        fin, haut = debut + zone.height(), self.verticalScrollBar().value()
        if zone.height() + marge <= vue:
            self.ensureVisible(0, (debut + fin) // 2, 0, zone.height() // 2 + marge // 2)
        elif not haut <= debut < haut + vue - marge and not (debut <= haut and fin >= haut + vue):
            # Plus haut que la page : montrer sa fin cacherait son début.
            self.verticalScrollBar().setValue(debut - marge)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Un bandeau prend de la hauteur à la page : le champ du clavier, vu jusque-là, se voit encore."""
        contenu, ici, avant = self.widget(), QApplication.focusWidget(), QRect(QPoint(0, 0), event.oldSize())
        vu = self._porte(ici) and event.size().height() < avant.height() and self._se_voit(ici, avant)
        super().resizeEvent(event)
        if vu and ici is not None and contenu is not None:
            # Son bas : ``ensureWidgetVisible`` se contente de voir le curseur.
            self.ensureVisible(0, ici.mapTo(contenu, QPoint(0, ici.height())).y(), 0, espace(2))

    def _se_voit(self, widget: QWidget | None, place: QRect | None = None) -> bool:
        assert widget is not None
        fenetre = self.viewport()
        return (place or fenetre.rect()).intersects(QRect(widget.mapTo(fenetre, QPoint(0, 0)), widget.size()))

    def _porte(self, widget: QWidget | None) -> bool:
        contenu = self.widget()
        if contenu is None or widget is None:
            return False
        from shiboken6 import isValid

        return isValid(widget) and contenu.isAncestorOf(widget)

    def par_le_haut(self) -> None:
        """Une page neuve s'ouvre par son début, une fois mesurée ; ce qui a le clavier s'y voit.

        Celle d'avant était peut-être plus longue : défiler d'après ses mesures mènerait sous la page.
        """
        from PySide6.QtCore import QTimer

        self._suivi = False
        self.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self, self._depuis_le_haut)

    def _depuis_le_haut(self) -> None:
        self.verticalScrollBar().setValue(0)
        ici = QApplication.focusWidget()
        if ici is not None and self._porte(ici) and not self._se_voit(ici):
            self.faire_voir(ici)

    def viser(self, widget: QWidget) -> None:
        """Donne le clavier à ``widget`` et défile jusqu'à lui, une fois la page mesurée."""
        from PySide6.QtCore import Qt, QTimer

        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, widget, lambda: self.faire_voir(widget))


def viser(widget: QWidget) -> None:
    """Donne le clavier à ``widget``, et le fait voir si sa page défile."""
    if (page := _page_de(widget)) is not None:
        page.viser(widget)
    else:
        widget.setFocus()


def faire_voir(widget: QWidget) -> None:
    """Fait voir ``widget`` si sa page défile, sans toucher au clavier."""
    if (page := _page_de(widget)) is not None:
        page.faire_voir(widget)


def _page_de(widget: QWidget) -> Defilement | None:
    dessus = widget.parentWidget()
    while dessus is not None and not isinstance(dessus, Defilement):
        dessus = dessus.parentWidget()
    return dessus


def centrer(contenu: QWidget, largeur: int, marges: int = 10) -> QHBoxLayout:
    """Au milieu de la page, sans dépasser ``largeur`` pixels à 100 %."""
    boite = rangee(1, Borne(contenu, largeur), 1, marges=marges, ecart=0)
    boite.setStretch(1, 1000)
    return boite


class Borne(QWidget):
    """Porte ``contenu`` sans dépasser ``largeur`` pixels à 100 % : des lignes de lecture courtes. Suit le texte."""

    def __init__(self, contenu: QWidget, largeur: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._largeur = largeur
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(contenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._borner()
        apparence().change.connect(self._borner)

    def _borner(self) -> None:
        self.setMaximumWidth(apparence().theme.px(self._largeur))
