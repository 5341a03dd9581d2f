"""Sous le service, chaque phrase nomme les commandes comme l'exploitant les lance : « sudo perron-registre postes »."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, Final, TextIO, cast

COMMANDE: Final = "PERRON_COMMANDE"
_D_ORIGINE: Final = "python -m registre"


class _Redite:
    """Un flux où la commande d'origine s'écrit sous son nom d'ici."""

    def __init__(self, flux: TextIO, nom: str) -> None:
        self._flux = flux
        self._nom = nom

    def write(self, texte: str) -> int:
        """Écrit ; rend le nombre de lettres reçues."""
        self._flux.write(texte.replace(_D_ORIGINE, self._nom))
        return len(texte)

    def __getattr__(self, nom: str) -> Any:
        return getattr(self._flux, nom)


@contextmanager
def commande_nommee() -> Iterator[None]:
    """Le nom que donne l'environnement, le temps du programme ; rien ne change s'il n'en donne pas."""
    nom = os.environ.get(COMMANDE, "")
    if not nom:
        yield
        return
    sortie, erreur = (cast(TextIO, _Redite(flux, nom)) for flux in (sys.stdout, sys.stderr))
    with redirect_stdout(sortie), redirect_stderr(erreur):
        yield
