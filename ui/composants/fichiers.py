"""Choisir un fichier ou un dossier, en français, dans les Documents de l'agent. Essais : ``test_fichiers.py``.

La boîte est de Perron : celle du système échapperait à la page neutre (F12).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.composants.base import nommer

# La traduction livrée avec Qt laisse ces mots en anglais, ou les abrège.
_MOTS: Final = {
    QFileDialog.DialogLabel.LookIn: "Regarder dans",
    QFileDialog.DialogLabel.FileType: "Type de fichier",
    QFileDialog.DialogLabel.Reject: "Annuler",
}


def documents() -> Path:
    """Le dossier Documents de l'agent ; son dossier personnel s'il n'en a pas. Jamais celui du programme."""
    voulu = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return voulu if voulu.is_dir() else Path.home()


def choisir_un_dossier(parent: QWidget, titre: str) -> Path | None:
    """Où enregistrer ; ``None`` si l'agent renonce."""
    boite = boite_de_fichiers(parent, titre, "Dossier", "Enregistrer ici")
    boite.setFileMode(QFileDialog.FileMode.Directory)
    boite.setOption(QFileDialog.Option.ShowDirsOnly)
    return _demander(boite)


def choisir_un_fichier(parent: QWidget, titre: str, filtre: str) -> Path | None:
    """Un fichier qui existe ; ``None`` si l'agent renonce."""
    boite = boite_de_fichiers(parent, titre, "Nom du fichier", "Ouvrir")
    boite.setFileMode(QFileDialog.FileMode.ExistingFile)
    boite.setNameFilter(filtre)
    return _demander(boite)


def choisir_ou_ecrire(parent: QWidget, titre: str, nom: str, filtre: str) -> Path | None:
    """Un fichier à écrire, ``nom`` proposé ; demande avant d'en remplacer un. ``None`` si l'agent renonce."""
    boite = boite_de_fichiers(parent, titre, "Nom du fichier", "Enregistrer")
    boite.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    boite.setNameFilter(filtre)
    boite.selectFile(nom)
    boite.setLabelText(QFileDialog.DialogLabel.Accept, "Enregistrer")
    return _demander(boite)


def boite_de_fichiers(parent: QWidget, titre: str, nom: str, prendre: str) -> QFileDialog:
    """La boîte, ouverte sur les Documents. ``nom`` : ce qui se tape ; ``prendre`` : le bouton qui accepte."""
    boite = QFileDialog(parent, titre, str(documents()))
    nommer(boite, titre)
    boite.setOption(QFileDialog.Option.DontUseNativeDialog)
    for etiquette, mot in (_MOTS | {QFileDialog.DialogLabel.FileName: nom}).items():
        boite.setLabelText(etiquette, mot)
    boite.setLabelText(QFileDialog.DialogLabel.Accept, prendre)
    return boite


def _demander(boite: QFileDialog) -> Path | None:
    choisis = boite.selectedFiles() if boite.exec() else []
    boite.deleteLater()
    return Path(choisis[0]) if choisis else None
