"""Ce que le système officiel publie de ses délais et de ses notes, s'il le fait.

Essais : ``tests/ui/mots/test_reperes.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from ui.etat.publie import Publie

if TYPE_CHECKING:
    from collections.abc import Callable

    from modele.coffre import Coffre
    from modele.territoire.reperes import Reperes
    from ui.etat.session import Session


class ReperesTenus(NamedTuple):
    """``faute`` : pourquoi ceux qu'on a reçus ne se lisent pas ; ils se relisent à chaque fois, sans se redire."""

    version: int = 0
    reperes: Reperes | None = None
    faute: str = ""


class ReperesPublies(Publie):
    """Les repères que tient le coffre."""

    CLE: ClassVar[str] = "reperes"

    def __init__(self, session: Session) -> None:
        super().__init__(session, ReperesTenus(), _lecture)

    @property
    def reperes(self) -> Reperes | None:
        """Les repères, s'il y en a et qu'ils se lisent."""
        tenu: ReperesTenus = self.tenu
        return tenu.reperes


def reperes_de(session: Session) -> ReperesPublies:
    """Ceux de cette session ; créés au premier appel."""
    return session.findChild(ReperesPublies) or ReperesPublies(session)


def _lecture(tenu: ReperesTenus) -> Callable[[Coffre], ReperesTenus | None]:
    """Les repères du coffre, s'ils sont plus récents que ceux qu'on tient."""
    return lambda coffre: _lire(coffre, tenu.version)


def _lire(coffre: Coffre, connue: int) -> ReperesTenus | None:
    from modele.regles.fautes import ErreurUtilisateur
    from ui.mots.reperes import tenus

    try:
        lus = tenus(coffre, connue)
    except ErreurUtilisateur as faute:
        return ReperesTenus(faute=str(faute))
    return ReperesTenus(*lus) if lus else None
