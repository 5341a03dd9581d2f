"""Un tableau pour un tableur : CSV à la française ou classeur, et aucune case qu'il prendrait pour une formule."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

_MARQUE: Final = "\ufeff"
"""Sans elle, un tableur français lit l'UTF-8 comme du Windows-1252."""
_FORMULES: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Ce par quoi commence ce qu'un tableur exécuterait (OWASP, « CSV injection »)."""


def en_csv(entete: Sequence[str], lignes: Iterable[Sequence[object]]) -> bytes:
    """Le fichier : point-virgule, virgule décimale, une fin de ligne que tout tableur connaît."""
    sortie = io.StringIO()
    redaction = csv.writer(sortie, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    redaction.writerows([_case(une) for une in ligne] for ligne in (entete, *lignes))
    return f"{_MARQUE}{sortie.getvalue()}".encode()


@dataclass(frozen=True, slots=True)
class Feuille:
    """Une feuille : son nom (31 signes au plus), l'en-tête de ses colonnes, ses lignes."""

    nom: str
    entete: Sequence[str]
    lignes: Iterable[Sequence[object]]


def en_classeur(feuille: str, entete: Sequence[str], lignes: Iterable[Sequence[object]], le: datetime) -> bytes:
    """Le même en .xlsx : les nombres restent des nombres, les textes des textes ; les mêmes octets le même jour."""
    return en_feuilles([Feuille(feuille, entete, lignes)], le)


def en_feuilles(feuilles: Iterable[Feuille], le: datetime) -> bytes:
    """Un classeur de plusieurs feuilles, dans l'ordre."""
    import xlsxwriter

    sortie = io.BytesIO()
    classeur = xlsxwriter.Workbook(sortie, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    classeur.set_properties({"created": le})
    gras = classeur.add_format({"bold": True})
    for une in feuilles:
        page = classeur.add_worksheet(une.nom)
        page.freeze_panes(1, 0)
        page.write_row(0, 0, une.entete, gras)
        for rang, ligne in enumerate(une.lignes, start=1):
            page.write_row(rang, 0, ligne)
        page.autofit()
    classeur.close()
    return sortie.getvalue()


def _case(valeur: object) -> str:
    """Un nombre tel quel ; un texte qui commencerait une formule, précédé d'une apostrophe."""
    if valeur is None:
        return ""
    if isinstance(valeur, int | float):
        return f"{valeur:g}".replace(".", ",") if isinstance(valeur, float) else str(valeur)
    dite = str(valeur)
    return f"'{dite}" if dite.lstrip(" ").startswith(_FORMULES) else dite
