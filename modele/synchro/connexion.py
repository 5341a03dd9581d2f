"""La ligne avec le registre : une à la fois, gardée d'un échange à l'autre, rendue quand le coffre se ferme."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock
from typing import TYPE_CHECKING, Final

from modele.regles.fautes import ErreurUtilisateur
from modele.synchro import cles

if TYPE_CHECKING:
    from modele.coffre.echanges import Echanges
    from modele.synchro.cles import Cles, Liaison
    from modele.synchro.echange import Echange
    from modele.synchro.transport import Relier, Transport

_SANS_REGISTRE: Final = "Ce poste n'est relié à aucun registre. Reliez-le d'abord, avec un code d'enrôlement."


class Connexion:
    """Un échange à la fois, quel que soit le fil. ``relier`` : de quoi ouvrir la ligne."""

    def __init__(self, echanges: Echanges, relier: Relier | None = None) -> None:
        self._echanges, self._relier = echanges, relier or _relier
        self._arret, self._verrou = Event(), Lock()
        self._transport: Transport | None = None

    @property
    def arretee(self) -> bool:
        """Vrai si le coffre se ferme : ce qui est en route s'en tient à ce qui est fait."""
        return self._arret.is_set()

    @contextmanager
    def en_ligne(self) -> Iterator[Echange]:
        """Un échange avec le registre. Lève ``ErreurUtilisateur`` si ce poste n'est relié à rien."""
        from modele.synchro.echange import Echange

        with self._verrou:
            liaison = exiger_liaison(self._echanges)
            try:
                yield Echange(self._echanges, self._decrocher(liaison), liaison, self._arret.is_set)
            finally:
                if self.arretee:
                    self.raccrocher()

    @contextmanager
    def suspendue(self) -> Iterator[Relier]:
        """Le temps de changer de liaison, personne n'échange. Donne de quoi ouvrir une ligne."""
        with self._verrou:
            yield self._relier

    def raccrocher(self) -> None:
        """Rend la ligne ; le prochain échange en ouvrira une. À appeler quand personne n'échange."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.fermer()

    def arreter(self) -> None:
        """Le coffre se ferme : l'échange en cours s'en tient à ce qui est fait, et la ligne est rendue."""
        self._arret.set()
        # Un échange en cours tient le verrou : il rendra la ligne lui-même.
        if self._verrou.acquire(blocking=False):
            try:
                self.raccrocher()
            finally:
                self._verrou.release()

    def _decrocher(self, liaison: Liaison) -> Transport:
        if self._transport is None:
            territoire = self._echanges.territoire
            self._transport = self._relier(liaison.adresse, liaison.autorite, territoire, liaison.cles)
        return self._transport


def exiger_liaison(echanges: Echanges) -> Liaison:
    """La liaison de ce poste. Lève ``ErreurUtilisateur`` s'il n'est relié à aucun registre."""
    liaison = cles.liaison(echanges)
    if liaison is None:
        raise ErreurUtilisateur(_SANS_REGISTRE)
    return liaison


def _relier(adresse: str, autorite: str, territoire: str, poste: Cles) -> Transport:
    # httpx et le reste se chargent ici, au premier échange.
    from modele.synchro.transport import Transport

    return Transport(adresse, autorite, territoire, poste)
