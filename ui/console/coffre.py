"""Vérifier, sauvegarder, restaurer un coffre, sans fenêtre. Rien n'y dit qui est dedans."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from modele.regles.fautes import ErreurUtilisateur

MOT_DE_PASSE: Final = "PERRON_MOT_DE_PASSE"


def mener(action: str, coffre: Path, autre: Path | None) -> str:
    """Fait ``action`` (verifier, sauvegarder, restaurer) ; rend ce qui s'en dit. Lève ``ErreurUtilisateur``."""
    deux: dict[str, Callable[[Path, Path], str]] = {"sauvegarder": _sauvegarder, "restaurer": _restaurer}
    if action == "verifier" and autre is None:
        return _verifier(coffre)
    if action in deux and autre is not None:
        return deux[action](coffre, autre)
    raise ErreurUtilisateur(
        "Écrivez « coffre verifier COFFRE », « coffre sauvegarder COFFRE COPIE » ou « coffre restaurer COPIE COFFRE »."
    )


def _verifier(coffre: Path) -> str:
    from modele.coffre.secours import verifier

    return f"{coffre} est sain : {verifier(coffre, _mot_de_passe()).dire()}."


def _sauvegarder(coffre: Path, copie: Path) -> str:
    from modele.coffre.secours import sauvegarder

    return f"Copie écrite et vérifiée, {copie} : {sauvegarder(coffre, copie, _mot_de_passe()).dire()}."


def _restaurer(copie: Path, coffre: Path) -> str:
    from modele.coffre.secours import restaurer

    compte, cote = restaurer(copie, coffre, _mot_de_passe(), datetime.now().astimezone())
    dite = f"{coffre} vient de {copie} : {compte.dire()}."
    return f"{dite}\nCe qui était à sa place est gardé, entier, dans {cote}." if cote else dite


def _mot_de_passe() -> str:
    """Celui d'un agent du coffre : de l'environnement, sinon une ligne de l'entrée."""
    donne = os.environ.get(MOT_DE_PASSE, "")
    if not donne:
        try:
            donne = sys.stdin.readline().rstrip("\r\n")
        except UnicodeDecodeError:
            donne = ""
    if not donne:
        raise ErreurUtilisateur(
            f"Donnez le mot de passe d'un agent de ce coffre : dans {MOT_DE_PASSE}, ou sur une ligne de l'entrée."
        )
    return donne
