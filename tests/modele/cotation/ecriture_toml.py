"""Écrire une table en TOML, pour relire par le vrai lecteur ce que les tirages engendrent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any


def ecrire(document: Mapping[str, Any]) -> str:
    """Un document : tables et tableaux de tables en sections, le reste en ligne."""
    return "\n".join(_section(document, "")) + "\n"


def _section(table: Mapping[str, Any], chemin: str) -> list[str]:
    lignes = [f"{cle} = {valeur(v)}" for cle, v in table.items() if not _est_section(cle, v)]
    for cle, v in table.items():
        sous = f"{chemin}.{cle}" if chemin else cle
        if not _est_section(cle, v):
            continue
        if isinstance(v, dict):
            lignes += [f"[{sous}]", *_section(v, sous)]
        else:
            for element in v:
                lignes += [f"[[{sous}]]", *_section(element, sous)]
    return lignes


def _est_section(cle: str, v: Any) -> bool:
    return cle in ("grille", "rubrique", "critere", "hors_cotation", "fait", "parametre", "sources") and not isinstance(
        v, str
    )


def valeur(v: Any) -> str:
    """Une valeur en ligne."""
    if isinstance(v, bool):
        return "true" if v else "false"
    if isinstance(v, str):
        return '"' + v.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(v, Decimal):
        return format(v, "f") if "." in format(v, "f") else f"{v:f}.0"
    if isinstance(v, int | date):
        return str(v)
    if isinstance(v, list | tuple):
        return "[" + ", ".join(valeur(x) for x in v) + "]"
    return "{ " + ", ".join(f"{cle} = {valeur(x)}" for cle, x in v.items()) + " }"
