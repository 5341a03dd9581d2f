"""Les cas du guichet et les seize situations de ``ressources/cas`` : des dossiers écrits d'après les textes."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

FICHIERS = [
    tomllib.loads((Path(__file__).parent / "ressources" / "cas" / f"{nom}.toml").read_text("utf-8"))
    for nom in ("guichet", "nouveaux")
]


def par_dessus(dit: dict[str, Any], calme: dict[str, Any]) -> dict[str, Any]:
    """Ce que dit le cas, écrit par-dessus « tout a été demandé »."""
    fondus = {nom: par_dessus(un, calme[nom]) for nom, un in dit.items() if isinstance(un, dict) and nom in calme}
    return {**calme, **dit, **fondus}


def lire(fichier: dict[str, Any]) -> list[dict[str, Any]]:
    """Les cas d'un fichier, leur dossier lu."""
    calme = json.loads(fichier.get("calme", "{}"))
    lus = [(cas, json.loads(cas["dossier"])) for cas in fichier["cas"]]
    return [{**cas, "dossier": par_dessus(dit, calme) if cas.get("exactes") else dit} for cas, dit in lus]


CAS = [cas for fichier in FICHIERS for cas in lire(fichier)]
