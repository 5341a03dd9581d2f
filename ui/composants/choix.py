"""Les gros choix : une réponse par ligne, haute, qu'on presse au doigt, à la souris, au chiffre ou aux flèches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from ui.composants import touches
from ui.composants.base import nommer
from ui.composants.dits import CASE, EXCLUSIF, dire_comme
from ui.composants.frappes import SIGNES, Frappes
from ui.composants.mesures import hauteur
from ui.composants.typographie import typographier
from ui.theme import FOCUS, RAYON, Theme, espace
from ui.theme.apparence import apparence, police
from ui.theme.icones import image

# PySide6 tue le processus quand deux classes Qt sont parentes d'une même classe : à l'exécution, un simple mélange.
if TYPE_CHECKING:
    _Parent = QAbstractButton
else:
    _Parent = object


_AVANT = (Qt.Key.Key_Down, Qt.Key.Key_Right)
_FLECHES = (*_AVANT, Qt.Key.Key_Up, Qt.Key.Key_Left)


@dataclass(frozen=True, slots=True)
class Option:
    """Une réponse offerte. ``code`` : ce qui s'enregistre.

    ``demi`` : tient sur une demi-ligne (« Ne sait pas ») ; ``debut`` : commence toujours une ligne. ``signe`` : la
    touche qui la choisit, écrite dessus ; le groupe en donne une à qui n'en a pas. ``serre`` : à la hauteur d'un champ
    et à la largeur de ses mots. ``dense`` : sur toute la largeur, sans air autour, quand il y en a beaucoup.
    """

    code: Any
    mot: str
    detail: str = ""
    demi: bool = False
    debut: bool = False
    signe: str = ""
    serre: bool = False
    dense: bool = False


class _LigneGeante(_Parent):
    """Le dessin et les mesures communs à la ligne radio et à la ligne à cocher."""

    ronde = True

    def _preparer(self, option: Option) -> None:
        dire_comme(self, EXCLUSIF if self.ronde else CASE)
        self.setText(option.mot)
        self.signe, self._serre, self._dense = option.signe, option.serre, option.dense
        self._mot = typographier(option.mot)
        self._detail = typographier(option.detail)
        dits = (option.detail, f"touche {option.signe}" if option.signe else "")
        nommer(self, option.mot, ", ".join(dit for dit in dits if dit))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if self._serre:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            return
        politique = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)

    def sizeHint(self) -> QSize:
        theme = apparence().theme
        if self._serre:
            mot = QFontMetrics(police(theme, gras=True)).horizontalAdvance(self._mot)
            return QSize(mot + self._retrait(theme) + theme.px(44 if self.signe else 10), theme.px(40))
        large = theme.px(320)
        return QSize(large, self.heightForWidth(large))

    def minimumSizeHint(self) -> QSize:
        return (
            self.sizeHint()
            if self._serre
            else QSize(apparence().theme.px(160), apparence().theme.px(44 if self._dense else 48))
        )

    def hasHeightForWidth(self) -> bool:
        return not self._serre

    def _retrait(self, theme: Theme) -> int:
        """Où commence le mot, après la marque."""
        return theme.px(34 if self._serre else 49)

    def heightForWidth(self, largeur: int) -> int:
        theme = apparence().theme
        mot, detail = self._hauteurs(theme, largeur)
        air = 5 if self._dense else 14
        return max(theme.px(44 if self._dense else 52), mot + detail + 2 * theme.px(air))

    def hitButton(self, point: QPoint) -> bool:
        return bool(self.rect().contains(point))

    def _hauteurs(self, theme: Theme, largeur: int) -> tuple[int, int]:
        large = self._large(theme, largeur)
        # Le gras est plus large : mesurer en gras évite que la ligne change de hauteur quand on la choisit.
        mot = hauteur(self._mot, theme, large, gras=True)
        return mot, hauteur(self._detail, theme, large, "petit") if self._detail else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = apparence().theme
        c = theme.couleurs
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        groupe = self.parentWidget()
        vive = self.isChecked() or (groupe is not None and groupe.hasFocus())
        trait = FOCUS if self.hasFocus() else 2 if vive else 1
        peintre.setPen(QPen(QColor(c.action if vive or self.hasFocus() else c.trait), trait))
        peintre.setBrush(QColor(c.action_fond if self.isChecked() else c.surface if self.isEnabled() else c.creux))
        marge = trait / 2
        peintre.drawRoundedRect(QRectF(self.rect()).adjusted(marge, marge, -marge, -marge), RAYON - 2, RAYON - 2)
        self._marque(peintre, theme)
        mot, detail = self._hauteurs(theme, self.width())
        haut, large = (self.height() - mot - detail) // 2, self._large(theme, self.width())
        coupe = int(Qt.TextFlag.TextWordWrap)
        milieu = coupe | int(Qt.AlignmentFlag.AlignVCenter)
        peintre.setFont(police(theme, gras=self.isChecked()))
        peintre.setPen(QColor(c.encre if self.isEnabled() else c.encre_douce))
        peintre.drawText(QRect(self._retrait(theme), haut, large, mot), milieu, self._mot)
        if detail:
            peintre.setFont(police(theme, "petit"))
            peintre.setPen(QColor(c.encre_douce))
            peintre.drawText(QRect(theme.px(49), haut + mot, large, detail), coupe, self._detail)
        if self.signe:
            touche = QRect(0, 0, touches.largeur(self.signe, theme), touches.hauteur(theme))
            touche.moveCenter(QPoint(self.width() - theme.px(21 if self._serre else 26), self.height() // 2))
            touches.dessiner(peintre, touche, self.signe, theme, c.encre_douce)
        peintre.end()

    def _large(self, theme: Theme, largeur: int) -> int:
        """Ce qui reste aux mots, la marque à gauche et la touche à droite."""
        if self._serre:
            return largeur - self._retrait(theme)
        return largeur - theme.px(98 if self.signe else 64)

    def _marque(self, peintre: QPainter, theme: Theme) -> None:
        c, cote = theme.couleurs, theme.px(16 if self._serre else 20)
        zone = QRectF(theme.px(10 if self._serre else 17), (self.height() - cote) / 2, cote, cote)
        if self.ronde:
            peintre.setPen(QPen(QColor(c.action if self.isChecked() else c.encre_douce), 2))
            peintre.setBrush(QColor(c.action if self.isChecked() else c.surface))
            peintre.drawEllipse(zone.adjusted(1, 1, -1, -1))
            if self.isChecked():
                peintre.setPen(Qt.PenStyle.NoPen)
                peintre.setBrush(QColor(c.action_fond))
                peintre.drawEllipse(zone.center(), cote / 5, cote / 5)
            return
        nom, couleur = ("square-check", c.action) if self.isChecked() else ("square", c.encre_douce)
        peintre.drawPixmap(zone.topLeft(), image(nom, couleur, cote, self.devicePixelRatioF()))


class GrosChoix(_LigneGeante, QRadioButton):
    """Une ligne radio géante."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preparer(option)


class GrosseCoche(_LigneGeante, QCheckBox):
    """Une ligne à cocher géante."""

    ronde = False

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preparer(option)


class GroupeChoix(QWidget):
    """Les réponses possibles d'une question : une seule (radio) ou plusieurs (``multiple``).

    ``choisi`` : le code retenu, ou la liste des codes cochés. ``entree`` : Entrée pressée, qui ne choisit jamais.
    ``signes`` : chaque réponse porte la touche qui la choisit ; sinon, aucune touche ne choisit que l'espace et, une
    réponse prise, les flèches. ``poids`` : la part de chaque demi-ligne. ``serre`` : toutes sur une ligne, à la hauteur
    d'un champ. ``frappee`` : la réponse vient d'être choisie par sa touche, le clavier encore ici.
    """

    choisi = Signal(object)
    entree = Signal()
    frappee = Signal()

    def __init__(
        self,
        nom: str,
        options: Sequence[Option],
        *,
        description: str = "",
        multiple: bool = False,
        signes: bool = False,
        serre: bool = False,
        poids: tuple[int, int] = (1, 1),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        nommer(self, nom, description)
        self._multiple, self._serre = multiple, serre
        self._boutons = QButtonGroup(self)
        self._boutons.setExclusive(not multiple)
        self._grille = QGridLayout(self)
        self._grille.setContentsMargins(0, 0, 0, 0)
        self._grille.setSpacing(espace(1) if any(option.dense for option in options) else espace(2) + 2)
        for cote, part in enumerate(poids):
            self._grille.setColumnStretch(cote, part)
        if serre:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._codes: list[Any] = []
        self._rangs: dict[Any, int] = {}
        self._frappes = Frappes(self._choisir_par_signe, self)
        offertes = _signer(options) if signes else options
        if serre:
            self._aligner(offertes)
        else:
            self._placer(offertes)
        self._signes = {option.signe: rang for rang, option in enumerate(offertes) if option.signe}
        self._relais: dict[str, GroupeChoix] = {}
        self._boutons.buttonClicked.connect(lambda _: self.choisi.emit(self.valeur()))

    def zone_du_clavier(self) -> QRect:
        """Sa première réponse : faire voir le groupe entier cacherait, agrandi, la question à laquelle il répond."""
        premier = self._boutons.button(0)
        return premier.geometry() if premier is not None else self.rect()

    def _aligner(self, options: Sequence[Option]) -> None:
        """Toutes sur une ligne, chacune à la largeur de ses mots."""
        self._grille.setColumnStretch(0, 0)
        self._grille.setColumnStretch(1, 0)
        self._grille.setHorizontalSpacing(espace(1))
        for numero, option in enumerate(options):
            bouton = (GrosseCoche if self._multiple else GrosChoix)(replace(option, serre=True), self)
            # Tab s'arrête au groupe, une fois par champ ; les flèches y entrent.
            bouton.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._boutons.addButton(bouton, numero)
            self._codes.append(option.code)
            self._grille.addWidget(bouton, 0, numero)
        self._grille.setColumnStretch(len(options), 1)

    def _placer(self, options: Sequence[Option]) -> None:
        rang, cote = 0, 0
        for numero, option in enumerate(options):
            if option.debut and cote:
                rang, cote = rang + 2, 0
            bouton = (GrosseCoche if self._multiple else GrosChoix)(option, self)
            self._boutons.addButton(bouton, numero)
            self._codes.append(option.code)
            if option.demi:
                self._grille.addWidget(bouton, rang, cote)
                rang, cote = (rang + 2, 0) if cote else (rang, 1)
            else:
                rang, cote = (rang + 2, 0) if cote else (rang, 0)
                self._grille.addWidget(bouton, rang, 0, 1, 2)
                rang += 2
            # Chaque ligne de réponses garde sous elle une ligne vide pour ce qui la précise.
            self._rangs[option.code] = (rang if option.demi and cote else rang - 2) + 1

    def relayer(self, autre: GroupeChoix) -> None:
        """Les touches écrites sur ``autre`` le choisissent aussi d'ici, et l'inverse : c'est une même question."""
        self._relais |= dict.fromkeys(autre._signes.keys() - self._signes.keys(), autre)
        autre._relais |= dict.fromkeys(self._signes.keys() - autre._signes.keys(), self)

    def preciser(self, code: Any, widget: QWidget) -> None:
        """Place ``widget`` juste sous la réponse ``code`` (« Depuis quelle date ? »)."""
        self._grille.addWidget(widget, self._rangs[code], 0, 1, 2)

    def bouton(self, code: Any) -> QAbstractButton:
        """La ligne de la réponse ``code``."""
        return self._boutons.button(self._codes.index(code))

    def valeur(self) -> Any:
        """Le code choisi (``None`` si aucun), ou la liste des codes cochés."""
        pris = [code for numero, code in enumerate(self._codes) if self._boutons.button(numero).isChecked()]
        return pris if self._multiple else (pris[0] if pris else None)

    def poser(self, valeur: Any) -> None:
        """Montre un choix sans rien émettre ; ``None`` : aucun."""
        voulus: Iterable[Any] = valeur or () if self._multiple else (valeur,)
        voulus = list(voulus)
        self._boutons.setExclusive(False)
        for numero, code in enumerate(self._codes):
            self._boutons.button(numero).setChecked(code in voulus)
        self._boutons.setExclusive(not self._multiple)
        self._rentrer_par_la_reponse()

    def _rentrer_par_la_reponse(self) -> None:
        """Tab entre par la réponse montrée, sinon par la première ; Qt y rentrerait par la dernière où il est passé.

        Vidé pour une autre personne, il donnait le clavier à la réponse de la précédente : un espace la reprenait.
        """
        if self._serre:
            return
        boutons = self._boutons.buttons()
        entree = next((un for un in boutons if un.isChecked()), boutons[0] if boutons else None)
        for un in boutons:
            un.setFocusPolicy(Qt.FocusPolicy.StrongFocus if un is entree else Qt.FocusPolicy.ClickFocus)

    def focus_initial(self) -> None:
        """Donne le focus à la réponse choisie, sinon au groupe : nulle réponse ne doit paraître prise d'avance."""
        self._frappes.paraitre()
        choisi = next((b for b in self._boutons.buttons() if b.isChecked()), self)
        choisi.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._frappes.conclure()
            if not event.isAutoRepeat():
                self.entree.emit()
        elif self._signes and self._frappes.recevoir(event, self._signes.keys() | self._relais.keys()):
            event.accept()
        elif self.hasFocus() and event.key() in _FLECHES:
            # La première flèche montre où l'on est ; elle ne choisit pas.
            self._boutons.buttons()[0 if event.key() in _AVANT else -1].setFocus(Qt.FocusReason.TabFocusReason)
        elif self._multiple and event.key() in _FLECHES:
            self._passer(1 if event.key() in _AVANT else -1)
        else:
            super().keyPressEvent(event)

    def _passer(self, pas: int) -> None:
        """Va d'une case à l'autre : Qt ne le fait que pour une réponse seule, et Tab n'entre qu'une fois ici."""
        offertes = [b for b in self._boutons.buttons() if b.isVisible() and b.isEnabled()]
        ici = next((rang for rang, bouton in enumerate(offertes) if bouton.hasFocus()), None)
        if ici is not None:
            offertes[(ici + pas) % len(offertes)].setFocus(Qt.FocusReason.TabFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._serre:
            # Dans un formulaire, la touche pressée en arrivant était pour le champ d'avant.
            self._frappes.paraitre()
        self._redessiner()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._redessiner()

    def _redessiner(self) -> None:
        """Toutes les réponses disent que le clavier est ici, aucune ne se désigne."""
        for bouton in self._boutons.buttons():
            bouton.update()

    def _choisir_par_signe(self, signe: str) -> None:
        if signe in self._relais:
            self._relais[signe]._boutons.button(self._relais[signe]._signes[signe]).click()
            return
        bouton, ici = self._boutons.button(self._signes[signe]), self._a_le_clavier()
        if ici:
            bouton.setFocus(Qt.FocusReason.OtherFocusReason)
        bouton.click()
        if ici:
            self.frappee.emit()

    def _a_le_clavier(self) -> bool:
        """Faux quand Tab a suivi la touche de si près que le clavier est déjà ailleurs : on ne l'y reprend pas."""
        clavier = QApplication.focusWidget()
        return clavier is not None and (clavier is self or self.isAncestorOf(clavier))


def _signer(options: Sequence[Option]) -> list[Option]:
    """Les réponses, chacune avec sa touche ; au-delà de la dernière, sans."""
    libres = iter(SIGNES)
    return [option if option.signe else replace(option, signe=next(libres, "")) for option in options]
