"""Une touche qui choisit : celle qui est écrite sur la réponse, pressée seule et posément.

Une suite de chiffres ou de lettres est une frappe destinée à un autre champ, arrivée une page trop tôt ; une touche
pressée quand la page vient de paraître était pour celle d'avant. Ni l'une ni l'autre ne répond à la place de personne.
Et qui tape trop vite a cessé de suivre l'écran : tant que ses touches ne s'arrêtent pas un instant, aucune ne répond,
sur aucune page, sans quoi la troisième réponse tomberait sur la première question.
Essais : ``tests/ui/composants/test_frappes.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from time import monotonic
from typing import ClassVar, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

SIGNES: Final = "123456789ABCDEFGHIJKLMOPQSTUVWXYZ"
"""Les touches des réponses, dans leur ordre ; ``N`` et ``R`` sont à « Ne sait pas » et à « Ne souhaite pas »."""
TOUCHE_NE_SAIT_PAS: Final = "N"
TOUCHE_REFUS: Final = "R"
TOUCHE_TOUT: Final = "0"
"""« C'est tout : rien d'autre », sous des cases à cocher."""

_AUTRES: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class Frappes(QObject):
    """Ce qui se presse dans un groupe de réponses. ``choisir`` reçoit le signe retenu.

    ``REPIT_MS`` : ce qui sépare deux frappes voulues, et une page neuve de la première ; une suite plus serrée que cela
    ne choisit rien.
    """

    REPIT_MS: ClassVar[int] = 250
    SILENCES: ClassVar[int] = 3
    """Combien de répits sans une touche, après une suite trop serrée, avant qu'une touche réponde de nouveau."""
    trop_vite: ClassVar[Callable[[], object] | None] = None
    """Ce qui le dit à l'agent : il croirait avoir répondu."""
    _silence: ClassVar[float] = 0.0

    def __init__(self, choisir: Callable[[str], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choisir = choisir
        self._attendu = ""
        self._minuterie = QTimer(self)
        self._minuterie.setSingleShot(True)
        self._minuterie.timeout.connect(self.conclure)

    def paraitre(self) -> None:
        """La page vient de paraître : ce qui se presse aussitôt n'est pas pour elle."""
        self._attendu = ""
        self._attendre()

    def recevoir(self, event: QKeyEvent, offerts: Container[str]) -> bool:
        """Prend une touche ; vrai si elle est l'un des signes ``offerts``, ou tient d'une suite : elle s'arrête là."""
        signe = event.text().upper()
        if len(signe) != 1 or not signe.isalnum() or event.modifiers() & _AUTRES:
            return False
        # Tant que la minuterie court, la frappe d'avant n'est pas seule : un poste lent ne les sépare pas.
        posee = not (self._minuterie.isActive() or event.isAutoRepeat() or self.en_suite())
        if not posee:
            self._exiger_un_silence()
        self._attendu = signe if posee and signe in offerts else ""
        self._attendre()
        return True

    @classmethod
    def en_suite(cls) -> bool:
        """Vrai tant que des touches trop serrées ne se sont pas arrêtées un instant."""
        return bool(cls.REPIT_MS) and monotonic() < Frappes._silence

    @classmethod
    def _exiger_un_silence(cls) -> None:
        if cls.REPIT_MS:
            Frappes._silence = monotonic() + cls.SILENCES * cls.REPIT_MS / 1000
            if Frappes.trop_vite is not None:
                Frappes.trop_vite()

    def conclure(self) -> bool:
        """Retient ce qui attendait d'être seul ; faux si rien n'attendait."""
        signe, self._attendu = self._attendu, ""
        self._minuterie.stop()
        if signe:
            self._choisir(signe)
        return bool(signe)

    def _attendre(self) -> None:
        if self.REPIT_MS:
            self._minuterie.start(self.REPIT_MS)
        else:
            self.conclure()


def posement(geste: Callable[[], object]) -> Callable[[], None]:
    """``geste``, sans effet au milieu d'une suite de touches trop serrées : elle était pour une autre page."""

    def faire() -> None:
        if Frappes.en_suite():
            Frappes._exiger_un_silence()
        else:
            geste()

    return faire


class Regard(QObject):
    """Le temps de voir ce qui vient de paraître, avant qu'un geste sans retour s'y fasse.

    Qui répond d'un chiffre puis presse Entrée par habitude, ou clique deux fois, pressait pour la page d'avant.
    """

    REPITS: ClassVar[int] = 3

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._minuterie = QTimer(self)
        self._minuterie.setSingleShot(True)

    def paraitre(self) -> None:
        """La page vient de paraître."""
        self._minuterie.start(self.REPITS * Frappes.REPIT_MS)

    @property
    def pose(self) -> bool:
        """Vrai si elle a pu se lire. Sans répit réglé, tout de suite."""
        return not Frappes.REPIT_MS or not self._minuterie.isActive()
