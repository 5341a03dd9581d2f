"""Une zone de frappe où ce qui se compose compte déjà : vietnamien, chinois, arabe, accents d'un autre clavier.

Qt garde à part ce qu'une méthode de saisie compose, et ne le dit qu'une fois validé : d'ici là, ni brouillon, ni
recherche, et le geste qui lit le champ ne lirait que le reste. Essais : ``tests/ui/composants/test_composition.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import Qt


def sens(contenu: str) -> Qt.LayoutDirection:
    """Celui de la première lettre qui en a un."""
    from unicodedata import bidirectional

    from PySide6.QtCore import Qt

    fort = next((un for signe in contenu if (un := bidirectional(signe)) in ("L", "R", "AL")), "L")
    return Qt.LayoutDirection.LeftToRight if fort == "L" else Qt.LayoutDirection.RightToLeft


class LigneComposee(QLineEdit):
    """``textEdited`` dit chaque touche, composition comprise ; ``montre`` aussi ; quitter la zone ne perd rien."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compose, self._retourne = "", False
        self.textChanged.connect(self._suivre_le_sens)

    def _suivre_le_sens(self) -> None:
        """Un nom arabe se tape et se lit de droite à gauche, dans un poste français."""
        lu = self.montre
        if lu.isascii():
            if self._retourne:
                self._retourne = False
                self.unsetLayoutDirection()
            return
        self._retourne = True
        self.setLayoutDirection(sens(lu))

    @property
    def montre(self) -> str:
        """Ce qui se lit dans la zone, composition en cours comprise."""
        tape, ou = self.text(), self.cursorPosition()
        return tape[:ou] + self._compose + tape[ou:]

    def finir(self) -> None:
        """Valide la composition en cours : ce qui se lit est ce qui est tapé."""
        if self._compose and self.hasFocus():
            from PySide6.QtGui import QGuiApplication

            QGuiApplication.inputMethod().commit()
        if self._compose:
            # Nulle méthode de saisie n'a répondu : ce qu'elle montrait reste.
            fin = QInputMethodEvent()
            fin.setCommitString(self._compose)
            self.inputMethodEvent(fin)

    def setText(self, arg__1: str | None, /) -> None:
        self._compose = ""
        super().setText(arg__1)

    def clear(self) -> None:
        self._compose = ""
        super().clear()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        avant, self._compose = self._compose, event.preeditString()
        super().inputMethodEvent(event)
        # Qt dit lui-même ce qui est validé.
        if self._compose or (avant and not event.commitString()):
            self._suivre_le_sens()
            self.textEdited.emit(self.montre)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.finir()
        super().focusOutEvent(event)
