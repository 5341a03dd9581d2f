"""Les fautes d'un fichier : toutes rendues ensemble, chacune avec sa clé, sa ligne et son remède."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class ErreurUtilisateur(Exception):
    """Une erreur du monde (fichier, saisie, réseau, disque) : une phrase en français, jamais une trace.

    Le message dit quoi, où et que faire.
    """


@dataclass(frozen=True, slots=True)
class Faute:
    """Une faute : le fichier, le chemin de la clé, la ligne (``None`` si on l'ignore), ce qui est attendu."""

    fichier: str
    chemin: str
    ligne: int | None
    message: str

    def __str__(self) -> str:
        ou = f"{self.fichier}, ligne {self.ligne}" if self.ligne else self.fichier
        return f"{ou}, {self.chemin} : {self.message}" if self.chemin else f"{ou} : {self.message}"


class FichierFautif(ErreurUtilisateur):
    """Un fichier qu'on n'utilisera pas. ``fautes`` : toutes ses fautes, dans l'ordre du fichier."""

    def __init__(self, fautes: Sequence[Faute]) -> None:
        self.fautes = tuple(fautes)
        super().__init__("\n".join(str(faute) for faute in self.fautes))
