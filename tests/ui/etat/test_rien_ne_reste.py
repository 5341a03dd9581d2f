"""Un poste fermé et détruit ne laisse rien derrière lui : ni fenêtre, ni session, ni coffre."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from outils_ecran import MOT_DE_PASSE, au_repos, detruire
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.chargement import charger_regles
from ui.lancement import Poste


def _vivre(qapp: QApplication, qtbot: QtBot, donnees: Path) -> list[weakref.ref[object]]:
    """La vie d'un poste, coffre créé, jusqu'à sa destruction ; de quoi voir ce qui en reste."""
    poste = Poste(qapp, donnees)
    poste.session.preferences = type(poste.session.preferences)(territoire="metropole-exemple")
    with qtbot.waitSignal(poste.session.ouvert):
        poste.session.creer("Ana", MOT_DE_PASSE, lambda _: poste.session.entrer(), pytest.fail)
    au_repos(qtbot, poste)
    suivis = [weakref.ref(un) for un in (poste, poste.fenetre, poste.session, poste.session._coffre)]
    detruire(poste)
    return suivis


def test_un_poste_detruit_se_ramasse(qapp: QApplication, qtbot: QtBot, donnees: Path, cout_leger: None) -> None:
    """Trois mégaoctets restaient de chacun : des milliers d'essais plus loin, le processus mourait."""
    # La première lecture des règles fige ce qui vit alors : elle précède.
    charger_regles("metropole-exemple")
    suivis = _vivre(qapp, qtbot, donnees)
    gc.collect()
    assert [un() for un in suivis] == [None] * len(suivis)


def test_recharger_les_regles_ne_fige_pas_ce_qui_est_a_jeter() -> None:
    """Figé à la première lecture seulement : la seconde tiendrait à jamais tout ce qui vivait alors."""
    charger_regles("metropole-exemple")
    avant = gc.get_freeze_count()
    charger_regles("metropole-exemple")
    assert gc.get_freeze_count() <= avant
