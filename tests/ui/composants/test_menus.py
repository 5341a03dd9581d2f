"""Le menu d'une ligne : les gestes de ses boutons, au clic droit, à la touche Menu, à Maj+F10."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ui.composants import Bouton, ListePropositions, Proposition, menus
from ui.composants.menus import CarteAGestes, GesteDeLigne, gestes_des_boutons


@pytest.fixture
def faits() -> list[str]:
    return []


@pytest.fixture
def carte(qtbot: QtBot, faits: list[str]) -> Iterator[CarteAGestes]:
    carte = CarteAGestes("Un avis")
    for mot in ("Lu", "Ouvrir le dossier", "Effacer"):
        carte.ajouter(Bouton(mot, lambda mot=mot: faits.append(mot), raccourci="Alt+L" if mot == "Lu" else ""))
    carte.findChildren(Bouton)[2].setEnabled(False)
    qtbot.addWidget(carte)
    carte.show()
    yield carte
    fermer()


def menu() -> QMenu | None:
    courant = QApplication.activePopupWidget()
    return courant if isinstance(courant, QMenu) else None


def fermer() -> None:
    if (ouvert := menu()) is not None:
        ouvert.close()


def mots() -> list[str]:
    ouvert = menu()
    return [] if ouvert is None else [action.text().split("\t")[0] for action in ouvert.actions()]


def clic_droit(widget: QWidget, ou: QPoint | None = None) -> None:
    ici = ou or widget.rect().center()
    QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, ici, widget.mapToGlobal(ici)))


def test_une_carte_offre_les_gestes_de_ses_boutons(carte: CarteAGestes, faits: list[str]) -> None:
    """Ceux qui se pressent maintenant, dans leur ordre ; choisir presse le bouton."""
    clic_droit(carte)
    assert mots() == ["Lu", "Ouvrir le dossier"]
    ouvert = menu()
    assert ouvert is not None
    assert ouvert.actions()[0].text() == "Lu\tAlt L"
    assert ouvert.activeAction() is ouvert.actions()[0]
    assert ouvert.accessibleName() == "Gestes : Un avis"
    QTest.keyClick(ouvert, Qt.Key.Key_Down)
    QTest.keyClick(ouvert, Qt.Key.Key_Return)
    assert faits == ["Ouvrir le dossier"]


def test_un_bouton_ajoute_parait_au_menu(carte: CarteAGestes) -> None:
    """Un seul mécanisme : le menu ne se tient pas à jour, il se lit."""
    neuf = Bouton("Classer")
    carte.ajouter(neuf)
    neuf.show()
    clic_droit(carte)
    assert mots() == ["Lu", "Ouvrir le dossier", "Classer"]


def test_mutant_une_liste_de_gestes_a_part(carte: CarteAGestes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Écrits deux fois, les gestes finiraient par différer."""
    a_part = [GesteDeLigne("Lu", lambda: None)]
    monkeypatch.setattr(menus, "gestes_des_boutons", lambda _: a_part)
    clic_droit(carte)
    assert mots() != [geste.mot for geste in gestes_des_boutons(carte)]


def test_sans_geste_pas_de_menu(carte: CarteAGestes) -> None:
    for bouton in carte.findChildren(Bouton):
        bouton.setEnabled(False)
    clic_droit(carte)
    assert menu() is None


@pytest.fixture
def liste(qtbot: QtBot, faits: list[str]) -> Iterator[ListePropositions]:
    liste = ListePropositions("Dossiers", geste="Ouvrir le dossier")

    def ouvrir(rang: int) -> Callable[[], None]:
        return lambda: faits.append(f"ouvert {rang}")

    liste.montrer(
        [
            Proposition(
                f"Dossier {rang}",
                ouvrir(rang),
                cle=str(rang),
                clair=(f"ROUX {rang}", "") if rang else None,
                dossier=str(rang),
            )
            for rang in range(3)
        ]
    )
    qtbot.addWidget(liste)
    liste.resize(400, 300)
    liste.show()
    liste.setFocus()
    yield liste
    fermer()


def test_le_clic_droit_choisit_la_ligne_sans_l_ouvrir(liste: ListePropositions, faits: list[str]) -> None:
    centre = liste.zone(2).center()
    QTest.mouseClick(liste.viewport(), Qt.MouseButton.RightButton, pos=centre)
    clic_droit(liste.viewport(), centre)
    assert liste.currentRow() == 2
    assert faits == []
    assert mots() == ["Ouvrir le dossier", "Montrer le nom"]
    ouvert = menu()
    assert ouvert is not None
    ouvert.actions()[0].trigger()
    assert faits == ["ouvert 2"]


def test_le_nom_se_montre_et_se_masque_par_le_menu(liste: ListePropositions) -> None:
    liste.setCurrentRow(1)
    liste.gestes()[1].faire()
    assert liste.vue(1).titre == "ROUX 1"
    assert [geste.mot for geste in liste.gestes()] == ["Ouvrir le dossier", "Masquer le nom"]
    liste.gestes()[1].faire()
    assert liste.vue(1).titre == "Dossier 1"


def test_a_cote_des_lignes_ou_sans_geste_rien(liste: ListePropositions, qtbot: QtBot) -> None:
    clic_droit(liste.viewport(), QPoint(200, 295))
    assert menu() is None
    sans = ListePropositions("Touches")
    sans.montrer([Proposition("Une", lambda: None)])
    qtbot.addWidget(sans)
    sans.show()
    clic_droit(sans.viewport(), sans.zone(0).center())
    assert menu() is None
