"""La fenêtre tournée vers la personne : elle montre, et rien d'autre. Ni clavier, ni clic, ni barre des tâches.

Essais : ``tests/ui/cadre/test_ecran_tourne.py``, et ``test_deux_ecrans.py`` sur deux vrais écrans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from impressions.sens import droite_a_gauche, isoler
from ui.cadre.couverture import TOURNEE
from ui.cadre.ecritures import familles_de
from ui.composants import nommer
from ui.composants.affiche import Affiche

if TYPE_CHECKING:
    from ui.cadre.moniteurs import Moniteur
    from ui.mots.ecran_demandeur import Montre

_DRAPEAUX: Final = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)
_AVALES: Final = frozenset(
    {
        *(QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick),
        *(QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.ContextMenu, QEvent.Type.KeyPress),
        *(QEvent.Type.KeyRelease, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd),
    }
)


class FenetreDemandeur(QWidget):
    """Une affiche sur tout l'écran d'en face. ``titre`` : le même que celui de toute fenêtre de Perron."""

    def __init__(self, titre: str) -> None:
        super().__init__(None, _DRAPEAUX)
        self.setWindowTitle(titre)
        nommer(self, titre)
        self.setProperty("genre", "page")
        self.setProperty(TOURNEE, True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for attribut in (
            Qt.WidgetAttribute.WA_ShowWithoutActivating,
            Qt.WidgetAttribute.WA_StyledBackground,
            Qt.WidgetAttribute.WA_AcceptTouchEvents,
        ):
            self.setAttribute(attribut)
        # Fermer la fenêtre de l'agent quitte Perron, que celle-ci soit montrée ou non.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.affiche = Affiche()
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(self.affiche)

    def poser(self, moniteur: Moniteur) -> None:
        """Se montre sur tout cet écran, sans prendre le clavier."""
        self.setScreen(moniteur.ecran)
        self.setGeometry(moniteur.place)
        # ``showFullScreen`` demanderait le clavier.
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()
        if (poignee := self.windowHandle()) is not None:
            poignee.setProperty(TOURNEE, True)

    def montrer(self, montre: Montre) -> None:
        """Change ce que lit la personne."""
        dire = isoler if droite_a_gauche(montre.langue) else str
        passages = [(dire(un.dit), dire(un.en_face), un.corps) for un in montre.paragraphes]
        familles = familles_de(mot for dit, face, _ in passages for mot in (dit, face))
        self.affiche.montrer(passages, montre.langue, montre.pictogramme, familles)

    def event(self, event: QEvent) -> bool:
        if event.type() in _AVALES:
            event.accept()
            return True
        return super().event(event)
