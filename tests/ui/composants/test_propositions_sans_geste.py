"""Une ligne qui ne fait rien ne dit pas « Entrée », ni à l'œil ni au lecteur d'écran."""

from __future__ import annotations

import pytest
from outils_ecran import montrer, presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.composants import ListePropositions, Proposition, touches


def liste(qtbot: QtBot, une: Proposition) -> tuple[QWidget, ListePropositions]:
    page = QWidget()
    boite, lignes = QVBoxLayout(page), ListePropositions("Lignes")
    boite.addWidget(QLineEdit())
    boite.addWidget(lignes)
    qtbot.addWidget(page)
    lignes.montrer([une])
    montrer(qtbot, page)
    lignes.setFocus()
    return page, lignes


def dessinees(monkeypatch: pytest.MonkeyPatch, page: QWidget) -> list[str]:
    """Les touches dessinées sur la page."""
    vues: list[str] = []
    monkeypatch.setattr(touches, "dessiner", lambda _peintre, _zone, touche, *_: vues.append(touche))
    page.grab()
    return vues


@pytest.mark.parametrize("nommee", [False, True], ids=["sans nom", "qui se démasque"])
def test_sans_geste_rien_ne_dit_entree(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, nommee: bool) -> None:
    qui = {"clair": ("Sami Morel", ""), "dossier": "d-1"} if nommee else {}
    page, lignes = liste(qtbot, Proposition("R-1", None, **qui))  # type: ignore[arg-type]
    assert "Return" not in dessinees(monkeypatch, page)
    assert "Entrée" not in lignes.accessibleDescription()
    presser(Qt.Key.Key_Return, widget=lignes)
    lignes.prendre()


@pytest.mark.parametrize("nommee", [False, True], ids=["sans nom", "qui se démasque"])
def test_avec_un_geste_entree_le_fait(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, nommee: bool) -> None:
    faits: list[str] = []
    qui = {"clair": ("Sami Morel", ""), "dossier": "d-1"} if nommee else {}
    page, lignes = liste(qtbot, Proposition("R-1", lambda: faits.append("fait"), **qui))  # type: ignore[arg-type]
    assert "Return" in dessinees(monkeypatch, page)
    assert "Entrée pour prendre" in lignes.accessibleDescription()
    presser(Qt.Key.Key_Return, widget=lignes)
    assert faits == ["fait"]
