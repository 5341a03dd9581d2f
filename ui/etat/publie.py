"""Ce que le registre publie et que le coffre garde : relu à chaque ouverture et à chaque échange, dit s'il a changé.

Essais : ``tests/ui/mots/test_reperes.py``, ``tests/ui/etat/test_usage.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from ui.etat.session import Session


class Publie(QObject):
    """``tenu`` : la dernière lecture. ``change`` : elle n'est plus la même. Un fil d'attente par ``CLE``.

    ``lecture`` : de quoi lire, sur le fil du coffre, d'après ce qu'on tient déjà ; ``None`` rendu : rien de neuf.
    """

    CLE: ClassVar[str] = ""
    change = Signal()

    def __init__(self, session: Session, vide: Any, lecture: Callable[[Any], Callable[[Coffre], Any]]) -> None:
        super().__init__(session)
        self.session, self.tenu, self._lecture = session, vide, lecture
        session.ouvert.connect(self.relire)
        session.rouvert.connect(self.relire)
        self.relire()

    def relire(self) -> None:
        """Relit. Sans effet si le coffre est fermé."""
        self.session.avec_coffre(self._lecture(self.tenu), self._tenir, pour=self, remplace=self.CLE)

    def _tenir(self, lu: Any) -> None:
        if lu is not None and lu != self.tenu:
            self.tenu = lu
            self.change.emit()
