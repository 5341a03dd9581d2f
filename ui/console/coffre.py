"""Vérifier, sauvegarder, restaurer un coffre, sans fenêtre. Rien n'y dit qui est dedans."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from modele.regles.fautes import ErreurUtilisateur
from ui.console.mot_de_passe import demander


def mener(action: str, coffre: Path, autre: Path | None, part: str = "") -> str:
    """Fait ``action`` (verifier, sauvegarder, restaurer) ; rend ce qui s'en dit. Lève ``ErreurUtilisateur``.

    ``part`` : celle d'une copie scellée par le registre, pour la vérifier ou la restaurer.
    """
    if action == "verifier" and autre is None:
        return _verifier(coffre, part)
    if action == "restaurer" and autre is not None:
        return _restaurer(coffre, autre, part)
    if action == "sauvegarder" and autre is not None and not part:
        return _sauvegarder(coffre, autre)
    raise ErreurUtilisateur(
        "Écrivez « coffre verifier COFFRE », « coffre sauvegarder COFFRE COPIE » ou « coffre restaurer COPIE COFFRE »."
    )


def _verifier(coffre: Path, part: str) -> str:
    from modele.coffre.secours import verifier

    return f"{coffre} est sain : {verifier(coffre, demander(), part).dire()}."


def _sauvegarder(coffre: Path, copie: Path) -> str:
    from modele.coffre.secours import sauvegarder

    return f"Copie écrite et vérifiée, {copie} : {sauvegarder(coffre, copie, demander()).dire()}."


def _restaurer(copie: Path, coffre: Path, part: str) -> str:
    from modele.coffre.secours import restaurer

    compte, cote = restaurer(copie, coffre, demander(), datetime.now().astimezone(), part)
    dite = f"{coffre} vient de {copie} : {compte.dire()}."
    return f"{dite}\nCe qui était à sa place est gardé, entier, dans {cote}." if cote else dite
