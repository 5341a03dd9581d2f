"""Une liste vide se cache et rend le clavier : un cadre vide qui le tenait ne répondait à aucune touche."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.composants import Bouton, ListePropositions, Proposition, colonne


def _page(qtbot: QtBot, page: QWidget) -> tuple[ListePropositions, Bouton, Bouton]:
    liste, un, autre = ListePropositions("Dossiers"), Bouton("Tous"), Bouton("Les miens")
    page.setLayout(colonne(un, autre, liste))
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    return liste, un, autre


def _garnir(liste: ListePropositions, combien: int, a: Bouton) -> None:
    liste.montrer([Proposition(f"Dossier {rang}", lambda: None) for rang in range(combien)])
    liste.ceder_si_vide(a)


def test_vide_elle_passe_le_clavier_et_garnie_elle_le_reprend(qtbot: QtBot) -> None:
    page = QWidget()
    liste, un, autre = _page(qtbot, page)
    _garnir(liste, 2, un)
    liste.setFocus()
    _garnir(liste, 0, un)
    assert liste.isHidden()
    assert un.hasFocus()
    _garnir(liste, 0, autre)
    assert autre.hasFocus()
    _garnir(liste, 1, autre)
    assert liste.isVisible()
    assert liste.hasFocus()


def test_elle_ne_prend_pas_le_clavier_a_qui_l_avait_deja(qtbot: QtBot) -> None:
    page = QWidget()
    liste, un, autre = _page(qtbot, page)
    autre.setFocus()
    _garnir(liste, 0, un)
    assert autre.hasFocus()
    _garnir(liste, 2, un)
    assert liste.isVisible()
    assert autre.hasFocus()


def test_parti_ailleurs_le_clavier_y_reste(qtbot: QtBot) -> None:
    page = QWidget()
    liste, un, autre = _page(qtbot, page)
    _garnir(liste, 1, un)
    liste.setFocus()
    _garnir(liste, 0, un)
    autre.setFocus()
    _garnir(liste, 1, un)
    assert autre.hasFocus()
