"""Un tableau venu d'un tableur : ses octets en texte, le signe qui sépare, une date écrite, une ligne refusée."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

ILLISIBLE: Final = "ce fichier n'est pas un tableau : enregistrez-le en CSV depuis le tableur, puis reprenez-le."
CASE_AU_PLUS: Final = 2_000
DE_TROP: Final = "une case sans colonne"
AVALEES: Final = (
    "cette case prend {} lignes du fichier, et aucune n'est lue : un guillemet n'y est pas fermé, ou elle a des "
    "retours à la ligne ; écrivez-la d'un trait"
)
TROP_DE_CASES: Final = "plus de {} cases : mettez entre guillemets celle qui contient le signe qui les sépare"
SIGNE_PERDU: Final = "un signe ne se lit pas ; enregistrez le tableau en « CSV UTF-8 », ou retapez cette case"
SIGNES_PERDUS: Final = r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff]"
"""Ce que laisse un mauvais encodage, et ce qui ne s'imprime pas."""
_SEPARATEURS: Final = ";\t,"
_JOUR: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class LigneRefusee:
    """Une ligne du tableau qu'on n'importe pas : son numéro, la colonne, pourquoi."""

    ligne: int
    colonne: str
    message: str

    def __str__(self) -> str:
        return f"Ligne {self.ligne}, {self.colonne} : {self.message}"


def en_texte(octets: bytes) -> str:
    """Le texte d'un tableau : UTF-8, marqué ou non ; à défaut, ce qu'écrit encore un tableur sous Windows."""
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", errors="replace")


def separateur(entete: str) -> str:
    """Le signe qui sépare les cases : celui que la première ligne emploie le plus."""
    return max(_SEPARATEURS, key=entete.count)


def lire_jour(dit: str) -> date:
    """14/05/2026 ou 2026-05-14. Lève ``ValueError``."""
    if francaise := _JOUR.fullmatch(dit):
        jour, mois, annee = map(int, francaise.groups())
        return date(annee, mois, jour)
    return date.fromisoformat(dit)
