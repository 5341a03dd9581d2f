"""Le ramasse-miettes, tenu à l'écart de ce qui fabrique d'un coup des milliers d'objets sans boucle entre eux."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_verrou = Lock()
_tenus = 0
_marchait = False


def tenir() -> None:
    """Arrête le ramasse-miettes jusqu'à ce que chacun de ceux qui le tiennent l'ait rendu."""
    global _tenus, _marchait
    with _verrou:
        if not _tenus:
            _marchait = gc.isenabled()
        _tenus += 1
        gc.disable()


def rendre(*, reprendre: bool = False) -> None:
    """À faire une fois par ``tenir`` : au dernier, il reprend, s'il marchait avant le premier ou si l'un le demande."""
    global _tenus, _marchait
    with _verrou:
        _tenus -= 1
        _marchait = _marchait or reprendre
        if not _tenus and _marchait:
            gc.enable()


@contextmanager
def sans_ramasser() -> Iterator[None]:
    """Le temps du bloc, rien n'est relu ; puis le ramasse-miettes reprend, si plus personne ne le tient.

    Lire une page de 500 dossiers coûte sinon trois à quatre fois plus : il repasse sur ce qui vient de naître. Les fils
    s'y croisent, et un poste peut s'ouvrir entre-temps : le remettre en marche sous lui, c'est laisser un autre fil
    détruire des objets de Qt pendant que l'écran s'en sert (vu : le programme meurt).
    """
    tenir()
    try:
        yield
    finally:
        rendre()
