"""Toute boîte de Qt passe par ``ui/composants/fichiers.py``, et tout ce qu'elle dit est en français."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QHeaderView, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

import ui
from ui.composants.fichiers import boite_de_fichiers
from ui.lancement import franciser

RACINE = Path(ui.__file__).parent
LEUR_PLACE = ("composants/fichiers.py", "lancement.py")
"""Choisir un fichier ; et, avant toute fenêtre, une phrase et « OK »."""
BOITES = frozenset(
    {"QFileDialog", "QMessageBox", "QPrintDialog", "QPrintPreviewDialog", "QPageSetupDialog", "QInputDialog"}
    | {"QColorDialog", "QFontDialog", "QErrorMessage", "QProgressDialog", "QWizard"}
)
ANGLAIS = ("open", "look in", "file", "cancel", "save", "back", "forward", "parent directory", "rename", "delete")
ANGLAIS += ("show", "new folder", "size", "date modified", "name", "directory", "replace", "already exists", "yes")


def employes(fichiers: Iterable[tuple[str, str]]) -> list[str]:
    """Les boîtes de Qt qu'un fichier importe, hors de leur place."""
    trouves = []
    for nom, contenu in fichiers:
        for noeud in ast.walk(ast.parse(contenu)):
            if isinstance(noeud, ast.ImportFrom) and (noeud.module or "").startswith("PySide6"):
                trouves += [f"{nom} : {un.name}" for un in noeud.names if un.name in BOITES and nom not in LEUR_PLACE]
    return trouves


def test_aucune_boite_de_qt_ailleurs() -> None:
    lus = [(str(un.relative_to(RACINE)), un.read_text(encoding="utf-8")) for un in RACINE.rglob("*.py")]
    assert len(lus) > 200
    assert employes(lus) == []


def test_mutant_une_boite_de_qt_dans_un_ecran() -> None:
    fautif = ("ecrans/x.py", "from PySide6.QtWidgets import QMessageBox, QWidget")
    assert employes([fautif]) == ["ecrans/x.py : QMessageBox"]


@pytest.fixture
def francise(qapp: QApplication) -> Iterator[QApplication]:
    """Comme au lancement."""
    avant = set(qapp.findChildren(QTranslator))
    franciser(qapp)
    yield qapp
    for un in set(qapp.findChildren(QTranslator)) - avant:
        qapp.removeTranslator(un)


def mots(boite: QWidget) -> list[str]:
    """Tout ce qu'elle dit : à l'écran, en bulle, au lecteur d'écran, dans ses menus et ses en-têtes."""
    dits = []
    for un in (boite, *boite.findChildren(QWidget)):
        for quoi in ("text", "toolTip", "accessibleName", "accessibleDescription", "windowTitle", "placeholderText"):
            dits.append(str(getattr(un, quoi)()) if hasattr(un, quoi) else "")
    dits += [un.text().replace("&", "") for un in boite.findChildren(QAction)]
    for entete in boite.findChildren(QHeaderView):
        modele = entete.model()
        dits += [str(modele.headerData(rang, entete.orientation())) for rang in range(modele.columnCount())]
    return [mot for mot in dits if mot]


def en_anglais(dits: Iterable[str]) -> list[str]:
    """Ceux qui commencent par un mot que Qt dit en anglais."""
    return [mot for mot in dits if mot.replace("&", "").casefold().startswith(ANGLAIS)]


def test_la_boite_dit_tout_en_francais(francise: QApplication, qtbot: QtBot) -> None:
    """Boutons, bulles, menus, en-têtes de la liste : l'essai voit « Renommer », caché dans un menu."""
    parent = QWidget()
    qtbot.addWidget(parent)
    boite = boite_de_fichiers(parent, "Où enregistrer", "Nom du fichier", "Enregistrer")
    boite.show()
    dits = mots(boite)
    assert {"Renommer", "Nouveau dossier", "Taille", "Dossier parent", "Annuler"} <= set(dits)
    assert en_anglais(dits) == []


def test_mutant_sans_la_traduction_l_anglais_se_voit(qapp: QApplication, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert "Rename" in en_anglais(mots(boite_de_fichiers(parent, "Où", "Nom du fichier", "Enregistrer")))


def test_remplacer_un_fichier_se_demande_en_francais(francise: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    """La question que Qt pose de lui-même ; renoncer ne remplace rien."""
    parent = QWidget()
    qtbot.addWidget(parent)
    (tmp_path / "deja.txt").write_text("x")
    boite = boite_de_fichiers(parent, "Où enregistrer", "Nom du fichier", "Enregistrer")
    boite.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    boite.setDirectory(str(tmp_path))
    boite.show()
    boite.selectFile("deja.txt")
    vus: list[str] = []

    def repondre() -> None:
        (question,) = [un for un in QApplication.topLevelWidgets() if isinstance(un, QMessageBox)]
        vus.extend([*mots(question), *(un.text() for un in question.buttons())])
        question.reject()

    QTimer.singleShot(300, repondre)
    boite.accept()
    assert any("existe déjà" in mot for mot in vus)
    assert en_anglais(vus) == []
    assert boite.isVisible()
    boite.close()
