"""Des entretiens aux touches au hasard, hors de pytest : combien d'accidents, et combien de mutants vus."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from unittest.mock import patch

from ui.composants.frappes import Frappes
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.theatre.joueur import Joueur

sys.path.append(str(Path(__file__).parents[1] / "ui"))
from frappes_au_hasard import MUTANTS, REPIT, jouer

COUPS: Final = 120


def accidents(joueur: Joueur, graines: Iterable[int], coups: int = COUPS) -> tuple[int, int]:
    """Combien de touches pressées, et combien de réponses que nulle touche permise n'explique."""
    touches, fautes = 0, 0
    with patch.object(Frappes, "REPIT_MS", REPIT):
        for graine in graines:
            constat = jouer(_entretien(joueur, graine), graine, coups)
            touches, fautes = touches + constat.touches, fautes + len(constat.accidents)
            joueur.aller("accueil")
    return touches, fautes


def mutants_tues(joueur: Joueur) -> int:
    """Combien des trois mutants le juge voit."""
    tues = 0
    for cible, nom, mutant in MUTANTS.values():
        with patch.object(cible, nom, mutant):
            tues += accidents(joueur, range(1))[1] > 0
    return tues


def _entretien(joueur: Joueur, graine: int) -> EcranEntretien:
    """Un dossier neuf, à sa première question."""
    document = {"territoire": "metropole-exemple", "demandeur": {"nom": f"Essai{graine}"}}
    joueur.session.creer_dossier(document, lambda cree: joueur.fenetre.aller("entretien", {"dossier": cree}))
    joueur.attendre()
    assert isinstance(joueur.ecran, EcranEntretien)
    return joueur.ecran
