"""Un raccourci écrit sur un bouton marche le clavier dans une zone de frappe, qui garde ce qu'elle a à défaire."""

from __future__ import annotations

import pytest
from outils_ecran import au_repos, montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.cadre.actions import Action
from ui.lancement import Poste

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("touche", "ecran"), [(Qt.Key.Key_U, "triage"), (Qt.Key.Key_E, "envois"), (Qt.Key.Key_N, "accueil")]
)
def test_depuis_la_recherche(poste_ouvert: Poste, qtbot: QtBot, touche: Qt.Key, ecran: str) -> None:
    """Ctrl+U et Ctrl+E, que la zone de frappe prenait pour effacer ou aller au bout."""
    fenetre = poste_ouvert.fenetre
    montrer(qtbot, fenetre)
    au_repos(qtbot, poste_ouvert)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    presser(touche, CTRL)
    au_repos(qtbot, poste_ouvert)
    assert fenetre.ecran == ecran


def test_la_frappe_garde_ses_propres_gestes(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Tout choisir, défaire : rien n'en est pris."""
    montrer(qtbot, poste_ouvert.fenetre)
    au_repos(qtbot, poste_ouvert)
    zone = QApplication.focusWidget()
    assert isinstance(zone, QLineEdit)
    taper("Roux", zone)
    presser(Qt.Key.Key_A, CTRL)
    assert zone.selectedText() == "Roux"
    presser(Qt.Key.Key_Z, CTRL)
    assert zone.text() != "Roux"


def test_un_raccourci_de_la_fenetre_passe_avant_celui_de_la_frappe(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Ctrl+A, que toute zone de frappe prend partout : offert par la fenêtre, il est à elle."""
    faits: list[str] = []
    poste_ouvert.fenetre.ajouter_action(Action("essai", "Essai", lambda: faits.append("fait"), "Ctrl+A"))
    montrer(qtbot, poste_ouvert.fenetre)
    au_repos(qtbot, poste_ouvert)
    zone = QApplication.focusWidget()
    assert isinstance(zone, QLineEdit)
    taper("Roux", zone)
    presser(Qt.Key.Key_A, CTRL)
    assert (faits, zone.selectedText()) == (["fait"], "")
