"""Sombre, clair, contraste : ce que disent Qt et le portail du bureau, et qui l'emporte."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtDBus import QDBusVariant
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.systeme.couleurs import CouleursDuSysteme
from ui.theme import Nom

ESPACE = "org.freedesktop.appearance"


@pytest.fixture
def couleurs(qapp: QApplication) -> CouleursDuSysteme:
    return CouleursDuSysteme(portail=False)


def test_sans_rien_demander_il_est_clair(couleurs: CouleursDuSysteme) -> None:
    assert couleurs.voulues == Nom.CLAIR


@pytest.mark.parametrize(
    ("couleur", "contraste", "nom"),
    [(0, 0, Nom.CLAIR), (1, 0, Nom.SOMBRE), (2, 0, Nom.CLAIR), (1, 1, Nom.CONTRASTE), (0, 1, Nom.CONTRASTE)],
    ids=["rien", "sombre", "clair", "sombre et contraste", "contraste"],
)
def test_le_portail_decide(couleurs: CouleursDuSysteme, couleur: int, contraste: int, nom: Nom) -> None:
    """Le contraste passe avant la couleur : qui le demande en a besoin pour lire."""
    couleurs._annonce(ESPACE, "color-scheme", QDBusVariant(couleur))
    couleurs._annonce(ESPACE, "contrast", QDBusVariant(QDBusVariant(contraste)))
    assert couleurs.voulues == nom


def test_un_changement_se_dit_une_fois(qtbot: QtBot, couleurs: CouleursDuSysteme) -> None:
    dits: list[str] = []
    couleurs.change.connect(lambda: dits.append(couleurs.voulues))
    for _ in range(2):
        couleurs._annonce(ESPACE, "color-scheme", QDBusVariant(1))
    couleurs._annonce("org.kde.kdeglobals", "color-scheme", QDBusVariant(2))
    couleurs._annonce(ESPACE, "accent-color", QDBusVariant("rouge"))
    assert dits == [Nom.SOMBRE]


class Indices:
    """Ce que Qt dirait sous Windows ou macOS ; sans écran, il ne dit rien."""

    def __init__(self, couleur: Qt.ColorScheme, contraste: Qt.ContrastPreference) -> None:
        self.colorScheme, self.contrastPreference = (lambda: couleur), (lambda: contraste)

    def accessibility(self) -> Indices:
        return self


@pytest.mark.parametrize(
    ("couleur", "contraste", "nom"),
    [
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.NoPreference, Nom.SOMBRE),
        (Qt.ColorScheme.Light, Qt.ContrastPreference.NoPreference, Nom.CLAIR),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.HighContrast, Nom.CONTRASTE),
    ],
    ids=["sombre", "clair", "contraste"],
)
def test_sans_portail_qt_decide(
    couleurs: CouleursDuSysteme, couleur: Qt.ColorScheme, contraste: Qt.ContrastPreference, nom: Nom
) -> None:
    couleurs._indices = Indices(couleur, contraste)  # type: ignore[assignment]
    assert couleurs.voulues == nom


def test_sans_bus_ni_portail_rien_n_attend(qapp: QApplication) -> None:
    """Un poste sans bureau : ni erreur, ni délai."""
    assert CouleursDuSysteme(portail=True).voulues == Nom.CLAIR
