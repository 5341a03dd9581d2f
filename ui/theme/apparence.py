"""Le thème en cours, porté par l'application Qt : polices, palette, feuille de style, échelle de texte.

Un widget dessiné à la main lit ``apparence().theme`` à chaque dessin et se redessine au signal ``change``.
"""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ressources import RESSOURCES
from ui.theme import FAMILLE, Couleurs, Theme
from ui.theme.feuille import feuille

STYLE: Final = "fusion"
"""Le style de Qt sous la feuille ; aussi la propriété de l'application qui l'a déjà reçu par argument."""

_PROPRIETE: Final = "apparence"


class Apparence(QObject):
    """Applique un thème à toute l'application. ``va_changer`` est émis avant chaque changement, ``change`` après."""

    va_changer = Signal()
    change = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.setProperty(_PROPRIETE, self)
        self.theme = self.voulu = Theme()
        """Celui qui est en vigueur, et celui qui le sera au prochain tour de la boucle."""
        self._application = application
        self._bientot = QTimer(self, singleShot=True, interval=0)
        self._bientot.timeout.connect(lambda: self.appliquer(self.voulu))
        if not application.property(STYLE):
            application.setStyle(STYLE)
        _charger_polices()
        self.appliquer(self.theme)

    def appliquer(self, theme: Theme) -> None:
        """Met ``theme`` en vigueur partout, tout de suite ; sans effet s'il l'est déjà."""
        self._bientot.stop()
        deja, self.theme, self.voulu = bool(self._application.styleSheet()) and theme == self.theme, theme, theme
        if deja:
            return
        self.va_changer.emit()
        self._application.setFont(police(theme))
        self._application.setPalette(_palette(theme.couleurs))
        # Ôtée d'abord : d'une feuille à l'autre, Qt redit à chaque widget la police de tous ceux qui le portent (cinq
        # fois plus long, mesuré sur les écrans d'une journée). Rien ne se dessine entre les deux.
        self._application.setStyleSheet("")
        self._application.setStyleSheet(feuille(theme))
        self.change.emit()

    def demander(self, theme: Theme) -> None:
        """Met ``theme`` en vigueur dès que les touches déjà pressées sont lues : seul le dernier demandé se pose."""
        self.voulu = theme
        self._bientot.start()


def apparence() -> Apparence:
    """L'apparence de l'application en cours ; la crée au premier appel."""
    application = cast(QApplication, QApplication.instance())
    # Une propriété : la chercher parmi les enfants de l'application fabriquerait les énumérations de QStyle.
    return cast("Apparence | None", application.property(_PROPRIETE)) or Apparence(application)


def police(theme: Theme, taille: str = "texte", gras: bool = False) -> QFont:
    """La police de ``taille`` (nom de ``TAILLES``), chiffres alignés, pour un widget dessiné à la main."""
    rendu = QFont(FAMILLE)
    rendu.setPixelSize(theme.taille(taille))
    rendu.setWeight(QFont.Weight.Bold if gras else QFont.Weight.Normal)
    return rendu


def _charger_polices() -> None:
    # Les deux graisses que la feuille emploie ; l'italique et le demi-gras ne servent qu'au papier.
    for graisse in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(RESSOURCES / "polices" / f"AtkinsonHyperlegibleNext-{graisse}.ttf"))


def _palette(c: Couleurs) -> QPalette:
    palette = QPalette()
    for role, couleur in (
        (QPalette.ColorRole.Window, c.papier),
        (QPalette.ColorRole.Base, c.surface),
        (QPalette.ColorRole.AlternateBase, c.creux),
        (QPalette.ColorRole.Button, c.surface),
        (QPalette.ColorRole.Text, c.encre),
        (QPalette.ColorRole.WindowText, c.encre),
        (QPalette.ColorRole.ButtonText, c.encre),
        (QPalette.ColorRole.PlaceholderText, c.encre_douce),
        (QPalette.ColorRole.Highlight, c.action),
        (QPalette.ColorRole.HighlightedText, c.sur_action),
        (QPalette.ColorRole.Link, c.action),
    ):
        palette.setColor(role, QColor(couleur))
    return palette
