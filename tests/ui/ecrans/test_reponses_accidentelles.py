"""Un entretien entier aux touches au hasard : nulle réponse qu'une touche de choix n'explique. Et trois mutants."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from frappes_au_hasard import MUTANTS, Constat, jouer, vives
from outils_dossier import creer, ouvrir
from outils_ecran import montrer
from pytestqt.qtbot import QtBot

from ui.lancement import Poste

CAMPAGNE = bool(os.environ.get("PERRON_CAMPAGNE"))
GRAINES, COUPS = (range(50), 400) if CAMPAGNE else (range(2), 70)


@pytest.fixture(autouse=True)
def _vives(_frappes_sans_attente: None) -> Iterator[None]:
    yield from vives()


def entretiens(qtbot: QtBot, poste: Poste, graines: range = GRAINES, coups: int = COUPS) -> Constat:
    """Un dossier neuf par graine, sur la première question, puis des touches au hasard."""
    total = Constat()
    montrer(qtbot, poste.fenetre)
    for graine in graines:
        ecran = ouvrir(qtbot, poste, creer(qtbot, poste, demandeur={"nom": f"Essai{graine}"}))
        total.ajouter(jouer(ecran, graine, coups))
        poste.fenetre.aller("accueil")
    print(f"touches {total.touches}, pages {total.pages}, réponses {total.reponses}, accidents {len(total.accidents)}")
    return total


def test_aucune_reponse_accidentelle(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Des touches, des suites de touches, des réponses, et aucun accident."""
    total = entretiens(qtbot, poste_ouvert)
    assert total.accidents == []
    assert min(total.pages, total.reponses) > len(GRAINES) * COUPS / 30


@pytest.mark.parametrize("mutant", MUTANTS)
def test_chaque_mutant_se_voit(poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    """Le juge voit chacun des accidents d'autrefois."""
    monkeypatch.setattr(*MUTANTS[mutant])
    assert entretiens(qtbot, poste_ouvert, range(1), 60).accidents
