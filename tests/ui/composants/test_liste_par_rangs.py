"""La liste par rangs : ses lignes se lisent, se remplacent, et aucun objet Python ne les tient."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from ui.composants.liste import VALEUR, Liste

RACINE = Path(__file__).parents[3]
PRISES = re.compile(
    r"QListWidgetItem|QTreeWidgetItem|QTableWidgetItem|\.currentItem\(|\.takeItem\(|itemClicked|\.item\("
)
"""Ce qui donnerait à Python un objet d'une ligne de Qt."""


@pytest.fixture
def liste(qtbot: QtBot) -> Liste:
    liste = Liste()
    qtbot.addWidget(liste)
    liste.resize(200, 300)
    liste.show()
    return liste


def test_chaque_ligne_a_sa_valeur_et_ses_mots(liste: Liste) -> None:
    """Ce qui est mis se relit, à son rang ; ailleurs, rien."""
    valeurs = [("a", 1), ("b", 2), ("c", 3)]
    liste.remplir(valeurs)
    liste.dire(1, "la deuxième")
    assert [liste.valeur(rang) for rang in range(liste.count())] == valeurs
    assert (liste.dit(0), liste.dit(1)) == ("", "la deuxième")
    assert liste.valeur(3) is None
    assert liste.valeur(-1) is None
    assert liste.dit(7) == ""


@pytest.mark.parametrize("apres", [[], ["x"], ["x", "y", "z"], list("abcdefgh")])
def test_remplir_de_nouveau_remplace_tout(liste: Liste, apres: list[str]) -> None:
    """Moins de lignes, autant, ou plus."""
    liste.remplir(["1", "2", "3"])
    liste.remplir(apres)
    assert [liste.valeur(rang) for rang in range(liste.count())] == apres


class Mesure(QStyledItemDelegate):
    """Ce que chaque ligne vaut quand elle se mesure."""

    def __init__(self, parent: Liste) -> None:
        super().__init__(parent)
        self.vues: list[object] = []

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        self.vues.append(index.data(VALEUR))
        return super().sizeHint(option, index)


def test_aucune_ligne_ne_se_mesure_avant_d_avoir_sa_valeur(liste: Liste) -> None:
    """Un lecteur d'écran fait mesurer la liste à chaque ligne qui change : une sans valeur tuait Perron."""
    mesure = Mesure(liste)
    liste.setItemDelegate(mesure)
    liste.model().dataChanged.connect(lambda *_: liste.zone(0))
    liste.model().rowsInserted.connect(lambda *_: liste.zone(0))
    liste.remplir(["1", "2", "3"])
    liste.remplir(["1", "2", "3", "4", "5"])
    assert {"1", "2", "3", "4", "5"} <= set(mesure.vues)
    assert None not in mesure.vues


def test_une_liste_qui_s_allonge_montre_ses_lignes_neuves(liste: Liste) -> None:
    """Remplie d'un trait, la liste sait quand même ce qui s'y est ajouté : sa hauteur, et le dernier rang choisi."""
    liste.remplir(["1", "2"])
    assert liste.zone(1).bottom() < liste.height()
    liste.setCurrentRow(1)
    liste.remplir([str(rang) for rang in range(60)])
    assert liste.currentRow() == 1
    assert liste.zone(59).height() == liste.zone(0).height() > 0
    assert liste.verticalScrollBar().maximum() > 0


def test_une_ligne_se_retrouve_sous_le_pointeur(liste: Liste) -> None:
    """La zone d'une ligne, et la ligne sous un point, se répondent."""
    liste.remplir(["1", "2", "3"])
    assert [liste.rang_sous(liste.zone(rang).center()) for rang in range(3)] == [0, 1, 2]
    assert liste.rang_sous(QPoint(5, 290)) == -1


def test_aucun_ecran_ne_tient_une_ligne_de_qt() -> None:
    """Une ligne que Qt détruit pendant que PySide s'en souvient tue le programme au prochain vidage."""
    fautes = [
        f"{chemin.relative_to(RACINE)}:{rang} : {ligne.strip()}"
        for dossier in ("ui", "tests/ui")
        for chemin in sorted((RACINE / dossier).rglob("*.py"))
        if chemin != Path(__file__)
        for rang, ligne in enumerate(chemin.read_text(encoding="utf-8").splitlines(), 1)
        if PRISES.search(ligne) and "``" not in ligne
    ]
    assert fautes == [], "\n".join(fautes)
