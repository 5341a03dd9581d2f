"""Pour de vrai ou à l'essai : ce que l'exploitant a inscrit, et que l'écran et le papier disent.

Relié à un registre, ce poste suit ce que le registre a inscrit ; seul, ce qu'a inscrit qui tient le coffre.
Essais : ``tests/ui/etat/test_usage.py``.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from ui.etat.publie import Publie

if TYPE_CHECKING:
    from collections.abc import Callable

    from modele.coffre import Coffre
    from modele.territoire.mentions import Mentions
    from ui.etat.session import Session

_QUI: Final = "mentions.par"


class Tenues(NamedTuple):
    """``relie`` : ce poste suit un registre. ``faute`` : pourquoi ce qui est reçu ne se lit pas."""

    mentions: Mentions | None = None
    relie: bool = False
    faute: str = ""
    par: str = ""


class Usage(Publie):
    """Ce qui est inscrit. Avant la première lecture, rien ne l'est."""

    CLE: ClassVar[str] = "usage"

    def __init__(self, session: Session) -> None:
        super().__init__(session, Tenues(), lambda _: _tenues)

    @property
    def tenues(self) -> Tenues:
        """Ce qui est inscrit, par qui, ou pourquoi cela ne se lit pas."""
        tenues: Tenues = self.tenu
        return tenues

    @property
    def mentions(self) -> Mentions | None:
        """Ce qui est inscrit, si quelqu'un l'a fait."""
        return self.tenues.mentions

    def inscrire(self, mentions: Mentions, fini: Callable[[], object]) -> None:
        """Inscrit, sur un poste qui travaille seul ; ``fini`` suit l'écriture."""
        agent = self.session.agent

        def ecrire(coffre: Coffre) -> Tenues:
            from modele.territoire.mentions import NOM, ecrire_mentions

            quand = datetime.now().astimezone()
            coffre.regler(NOM, ecrire_mentions(mentions).decode())
            coffre.regler(_QUI, f"{agent}, le {quand:%d/%m/%Y à %H:%M}")
            return _tenues(coffre)

        def rendre(tenues: Tenues) -> None:
            self._tenir(tenues)
            fini()

        self.session.avec_coffre(ecrire, rendre, pour=self)

    def _tenir(self, tenues: Tenues) -> None:
        essai = tenues.mentions is None
        if self.session.preferences.essai != essai:
            # Le coffre fermé, l'écran le dit encore : ce n'est pas un secret, c'est un avertissement.
            self.session.regler(self.session.preferences._replace(essai=essai))
        super()._tenir(tenues)


def usage_de(session: Session) -> Usage:
    """L'usage de cette session ; créé au premier appel."""
    return session.findChild(Usage) or Usage(session)


def _tenues(coffre: Coffre) -> Tenues:
    from modele.regles.fautes import ErreurUtilisateur
    from modele.synchro.cles import liaison
    from modele.territoire.mentions import NOM, lire_mentions

    relie = liaison(coffre.echanges) is not None
    publie = coffre.echanges.referentiel(NOM) if relie else None
    octets = publie.contenu if publie else b"" if relie else coffre.reglage(NOM).encode()
    try:
        mentions = lire_mentions(octets) if octets else None
    except ErreurUtilisateur as faute:
        return Tenues(relie=relie, faute=str(faute))
    return Tenues(mentions, relie, par="" if relie else coffre.reglage(_QUI))
