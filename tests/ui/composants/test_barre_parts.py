"""La barre partagée : chaque part à sa largeur, jamais hors du cadre, et la même chose dite en mots."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from ui.composants.barre_parts import BarreParts, Part
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence

PARTS = [Part("Préfet", 0.3, "A"), Part("Métropole", 0.08, "B"), Part("Rien", 0.0, "C")]


@pytest.fixture
def barre(qtbot: QtBot) -> BarreParts:
    barre = BarreParts("Partage du flux")
    qtbot.addWidget(barre)
    barre.resize(1000, 26)
    barre.montrer(PARTS, "A : 30 % ; B : 8 %")
    return barre


def test_chaque_part_a_sa_largeur(barre: BarreParts) -> None:
    """Une part nulle ne se dessine pas ; un lecteur d'écran lit les nombres."""
    assert barre.largeurs() == pytest.approx([300, 80])
    assert barre.accessibleName() == "Partage du flux"
    assert barre.accessibleDescription() == "A : 30 % ; B : 8 %"


def test_plus_que_le_tout_ne_sort_pas_du_cadre(barre: BarreParts) -> None:
    """Deux postes ont écrit sans se voir : la barre se serre."""
    barre.montrer([Part("A", 0.9), Part("B", 0.6)], "")
    assert sum(barre.largeurs()) == pytest.approx(1000)
    barre.montrer([], "")
    assert barre.largeurs() == []
    barre.grab()


@pytest.mark.parametrize("theme", list(Nom))
def test_les_parts_se_distinguent_sans_couleur(barre: BarreParts, theme: Nom) -> None:
    """Un trait les sépare, de l'encre du thème ; ce qui n'est à personne est hachuré."""
    apparence().appliquer(Theme(theme))
    image = barre.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    encre = QColor(apparence().theme.couleurs.encre)
    assert any(_proche(image.pixelColor(x, 4), encre) for x in range(297, 304))
    assert len({image.pixelColor(x, 13).rgb() for x in range(600, 640)}) > 1
    assert len({image.pixelColor(x, 4).rgb() for x in range(100, 140)}) == 1


def _proche(vue: QColor, voulue: QColor) -> bool:
    return all(
        abs(a - b) < 60
        for a, b in ((vue.red(), voulue.red()), (vue.green(), voulue.green()), (vue.blue(), voulue.blue()))
    )
