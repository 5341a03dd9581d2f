"""Le ramasse-miettes, tenu à l'écart de ce qui fabrique d'un coup des milliers d'objets sans boucle entre eux."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def sans_ramasser() -> Iterator[None]:
    """Le temps du bloc, rien n'est relu ; puis le ramasse-miettes reprend, s'il marchait.

    Lire une page de 500 dossiers coûte sinon trois à quatre fois plus : il repasse sur ce qui vient de naître. Deux
    fils peuvent s'y croiser : seul celui qui l'a trouvé en marche l'arrête, et le remet en marche.
    """
    marchait = gc.isenabled()
    if marchait:
        gc.disable()
    try:
        yield
    finally:
        if marchait:
            gc.enable()
