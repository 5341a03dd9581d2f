"""Deux champs côte à côte : la faute dite sous l'un ne décale pas l'autre."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.composants import Champ, colonne, rangee


def test_la_faute_de_l_un_ne_decale_pas_l_autre(qtbot: QtBot) -> None:
    page, un, autre = QWidget(), Champ("Numéro", "Comme il se compose."), Champ("Heures", "Facultatif.")
    page.setLayout(colonne(rangee(un, autre), 1))
    qtbot.addWidget(page)
    page.resize(500, 400)
    with qtbot.waitExposed(page):
        page.show()
    un.dire_faute("À remplir : un numéro sans source ni date ne s'imprime pas, et cette phrase tient deux lignes.")
    qtbot.waitUntil(lambda: un.height() > autre.height())
    hauteurs = {champ.ligne.mapTo(page, QPoint(0, 0)).y() for champ in (un, autre)}
    assert len(hauteurs) == 1
