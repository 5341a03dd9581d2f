"""Vérifier, sauvegarder, restaurer un coffre, sans fenêtre. Rien n'y dit qui est dedans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from modele.regles.fautes import ErreurUtilisateur
from ui.console.mot_de_passe import demander


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

    return f"{coffre} est sain : {verifier(coffre, demander()).dire()}."


def _sauvegarder(coffre: Path, copie: Path) -> str:
    from modele.coffre.secours import sauvegarder

    return f"Copie écrite et vérifiée, {copie} : {sauvegarder(coffre, copie, demander()).dire()}."


def _restaurer(copie: Path, coffre: Path) -> str:
    from modele.coffre.secours import restaurer

    compte, cote = restaurer(copie, coffre, demander(), datetime.now().astimezone())
    dite = f"{coffre} vient de {copie} : {compte.dire()}."
    return f"{dite}\nCe qui était à sa place est gardé, entier, dans {cote}." if cote else dite
