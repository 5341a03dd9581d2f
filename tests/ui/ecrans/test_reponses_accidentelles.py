"""Un entretien entier aux touches au hasard : nulle réponse qu'une touche de choix n'explique. Et trois mutants."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from frappes_au_hasard import Constat, jouer, vives
from outils_dossier import creer, ouvrir
from outils_ecran import montrer
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from ui.composants import GroupeChoix
from ui.composants.frappes import Frappes
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
        total.ajouter(jouer(qtbot, ecran, graine, coups))
        poste.fenetre.aller("accueil")
    print(f"touches {total.touches}, pages {total.pages}, réponses {total.reponses}, accidents {len(total.accidents)}")
    return total


def test_aucune_reponse_accidentelle(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Des touches, des suites de touches, des réponses, et aucun accident."""
    total = entretiens(qtbot, poste_ouvert)
    assert total.accidents == []
    assert min(total.pages, total.reponses) > len(GRAINES) * COUPS / 30


def _entree_choisit(groupe: GroupeChoix, event: QKeyEvent) -> None:
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and groupe.valeur() is None:
        groupe._boutons.button(0).click()
    _D_ORIGINE["keyPressEvent"](groupe, event)


def _chiffre_hatif(frappes: Frappes, event: QKeyEvent, offerts: Any) -> bool:
    signe = event.text().upper()
    if signe and signe in offerts:
        frappes._choisir(signe)
        return True
    return False


def _premiere_prise(groupe: GroupeChoix) -> None:
    if not groupe.valeur():
        groupe._boutons.button(0).click()
    _D_ORIGINE["focus_initial"](groupe)


_D_ORIGINE = {"keyPressEvent": GroupeChoix.keyPressEvent, "focus_initial": GroupeChoix.focus_initial}
MUTANTS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "Entrée choisit": (GroupeChoix, "keyPressEvent", _entree_choisit),
    "un chiffre hâtif choisit": (Frappes, "recevoir", _chiffre_hatif),
    "la première réponse est prise d'avance": (GroupeChoix, "focus_initial", _premiere_prise),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_chaque_mutant_se_voit(poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    """Le juge voit chacun des accidents d'autrefois."""
    monkeypatch.setattr(*MUTANTS[mutant])
    assert entretiens(qtbot, poste_ouvert, range(1), 60).accidents
