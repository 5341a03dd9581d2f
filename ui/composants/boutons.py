"""Les boutons : principal, secondaire, discret, et la carte qu'on presse. Le raccourci s'affiche sur le bouton."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.composants import touches
from ui.composants.base import nommer
from ui.composants.mesures import hauteur
from ui.composants.typographie import typographier
from ui.composants.valeurs_qt import A_LA_LIGNE, CENTRE_V
from ui.theme import CIBLE, FOCUS, RAYON_PETIT, Theme
from ui.theme.apparence import apparence, police
from ui.theme.icones import image, livree

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QStyleOptionButton


class Bouton(QPushButton):
    """Un bouton dont le raccourci se voit.

    ``genre`` : ``principal``, ``secondaire`` ou ``discret``. ``raccourci`` : « Ctrl+U », actif dans la fenêtre.
    ``montre`` : la touche affichée sans être posée (« Return » d'un formulaire). Entrée presse aussi le bouton.
    """

    def __init__(
        self,
        libelle: str,
        action: Callable[[], object] | None = None,
        *,
        genre: str = "secondaire",
        raccourci: str = "",
        montre: str = "",
        icone: str = "",
        description: str = "",
        parent: QWidget | None = None,
    ) -> None:
        # Le mot à part : passé au constructeur, Qt demanderait s'il n'est pas une icône, et chargerait QIcon.
        super().__init__()
        self.setText(libelle)
        if parent is not None:
            self.setParent(parent)
        self._touche = raccourci or montre
        self._icone = livree(icone)
        self._serre = False
        self.setProperty("genre", genre)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        aide = f"Raccourci : {touches.dire(self._touche)}" if self._touche else ""
        nommer(self, libelle, ". ".join(morceau for morceau in (description, aide) if morceau))
        if raccourci:
            from ui.composants import raccourcis

            raccourcis.poser(self, {raccourci: self.click})
        if action is not None:
            self.clicked.connect(lambda *_: action())

    @property
    def touche(self) -> str:
        """La touche écrite sur le bouton ; vide s'il n'en a pas."""
        return self._touche

    def renommer(self, libelle: str) -> None:
        """Change le mot du bouton, à l'écran et pour le lecteur d'écran."""
        self.setText(libelle)
        self.setAccessibleName(libelle)
        self.updateGeometry()

    def montrer_touche(self, touche: str) -> None:
        """Change la touche affichée."""
        if touche != self._touche:
            self._touche = touche
            nommer(self, self.text(), f"Raccourci : {touches.dire(touche)}")
            self.updateGeometry()

    def illustrer(self, icone: str) -> None:
        """Change l'icône du bouton ; vide : aucune."""
        self._icone = livree(icone)
        self.updateGeometry()
        self.update()

    def serrer(self, oui: bool) -> None:
        """Ne montre que l'icône et la touche, faute de place ; le mot reste dit, et dans la bulle."""
        if oui != self._serre:
            self._serre = oui
            self.setToolTip(self.text() if oui else "")
            self.updateGeometry()

    def largeur(self, serre: bool) -> int:
        """La largeur du bouton, serré ou non, en pixels."""
        theme = apparence().theme
        morceaux = [0 if serre else QFontMetrics(self._police(theme)).horizontalAdvance(typographier(self.text()))]
        morceaux.append(theme.px(20) if self._icone else 0)
        morceaux.append(touches.largeur(self._touche, theme) if self._touche else 0)
        vus = [morceau for morceau in morceaux if morceau]
        return sum(vus) + theme.px(9) * (len(vus) - 1) + 2 * self._retrait(theme, serre)

    def _retrait(self, theme: Theme, serre: bool) -> int:
        """L'espace entre le bord et le mot : un bouton sans cadre s'aligne presque sur son texte."""
        return theme.px(10 if serre or self.property("genre") == "discret" else 18)

    def sizeHint(self) -> QSize:
        return QSize(self.largeur(self._serre), apparence().theme.px(CIBLE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        from PySide6.QtCore import Qt

        self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        # Qt ne dessine que le cadre : le mot se place ici, entre son icône et sa touche.
        option.text = ""

    def couleur_du_mot(self, theme: Theme) -> str:
        """La couleur de l'icône selon le genre et l'état ; celle du mot, dans la feuille de style, est la même."""
        c = theme.couleurs
        if not self.isEnabled():
            return c.encre_douce
        return {"principal": c.sur_action, "recherche": c.encre_douce}.get(str(self.property("genre")), c.action)

    def _police(self, theme: Theme) -> QFont:
        return police(theme, gras=self.property("genre") != "recherche")

    def _cerner(self, peintre: QPainter, theme: Theme) -> None:
        """Le bord ne tranche pas sur un bouton plein : un anneau de la couleur du mot, dedans."""
        if self.property("genre") == "principal" and self.hasFocus():
            peintre.setPen(QPen(QColor(theme.couleurs.sur_action), FOCUS - 1))
            cadre = self.rect().adjusted(FOCUS + 1, FOCUS + 1, -FOCUS - 2, -FOCUS - 2)
            peintre.drawRoundedRect(cadre, RAYON_PETIT - FOCUS, RAYON_PETIT - FOCUS)
            peintre.setPen(QColor(self.couleur_du_mot(theme)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = apparence().theme
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._cerner(peintre, theme)
        x = (self.width() - self.sizeHint().width()) // 2 + self._retrait(theme, self._serre)
        if self._icone:
            cote = theme.px(20)
            dessin = image(self._icone, self.couleur_du_mot(theme), cote, self.devicePixelRatioF())
            peintre.drawPixmap(x, (self.height() - cote) // 2, dessin)
            x += theme.px(29)
        peintre.setFont(self._police(theme))
        if not self._serre:
            mot = typographier(self.text())
            large = peintre.fontMetrics().horizontalAdvance(mot)
            peintre.drawText(QRect(x, 0, large + 4, self.height()), CENTRE_V, mot)
            x += large + theme.px(9)
        if self._touche:
            haut = touches.hauteur(theme)
            boite = QRect(x, (self.height() - haut) // 2, touches.largeur(self._touche, theme), haut)
            touches.dessiner(peintre, boite, self._touche, theme)
        peintre.end()


class BoutonCarte(Bouton):
    """Une carte entière qu'on presse : icône, titre, détail, et la touche (``montre``) d'une action de la fenêtre."""

    def __init__(
        self,
        titre: str,
        detail: str,
        icone: str,
        action: Callable[[], object] | None = None,
        *,
        montre: str = "",
        accent: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(titre, action, genre="carte", montre=montre, icone=icone, description=detail, parent=parent)
        self._detail = detail
        self.setProperty("accent", accent)
        politique = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)

    def sizeHint(self) -> QSize:
        theme = apparence().theme
        return QSize(theme.px(330), self.heightForWidth(theme.px(330)))

    def minimumSizeHint(self) -> QSize:
        return QSize(apparence().theme.px(240), apparence().theme.px(CIBLE))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, largeur: int) -> int:
        theme = apparence().theme
        titre, detail = self._hauteurs(theme, largeur)
        return titre + detail + theme.px(4) + 2 * theme.px(22)

    def _largeur_texte(self, theme: Theme, largeur: int) -> int:
        touche = touches.largeur(self._touche, theme) + theme.px(14) if self._touche else 0
        return largeur - theme.px(60) - touche - theme.px(18)

    def _hauteurs(self, theme: Theme, largeur: int) -> tuple[int, int]:
        large = self._largeur_texte(theme, largeur)
        return hauteur(self.text(), theme, large, gras=True), hauteur(self._detail, theme, large, "petit")

    def paintEvent(self, event: QPaintEvent) -> None:
        QPushButton.paintEvent(self, event)
        theme = apparence().theme
        c = theme.couleurs
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        cote = theme.px(28)
        dessin = image(self._icone, c.action, cote, self.devicePixelRatioF())
        peintre.drawPixmap(theme.px(18), (self.height() - cote) // 2, dessin)
        titre, detail = self._hauteurs(theme, self.width())
        large = self._largeur_texte(theme, self.width())
        haut = (self.height() - titre - detail - theme.px(4)) // 2
        coupe = A_LA_LIGNE
        peintre.setFont(police(theme, gras=True))
        peintre.setPen(QColor(c.encre))
        peintre.drawText(QRect(theme.px(60), haut, large, titre), coupe, typographier(self.text()))
        peintre.setFont(police(theme, "petit"))
        peintre.setPen(QColor(c.encre_douce))
        peintre.drawText(
            QRect(theme.px(60), haut + titre + theme.px(4), large, detail + 4), coupe, typographier(self._detail)
        )
        if self._touche:
            touche, haute = touches.largeur(self._touche, theme), touches.hauteur(theme)
            boite = QRect(self.width() - theme.px(18) - touche, (self.height() - haute) // 2, touche, haute)
            touches.dessiner(peintre, boite, self._touche, theme, c.encre_douce)
        peintre.end()
