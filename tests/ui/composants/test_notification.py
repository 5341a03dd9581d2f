"""L'annonce de Linux : elle attend que le lecteur ait fini de lire, dit tout, et se tait si l'écran n'est plus là."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from outils_ecran import montrer
from PySide6.QtCore import QAbstractEventDispatcher, QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui.composants import annoncer, notification
from ui.composants.annonces import page_neuve
from ui.composants.dits import ECRAN, dire_comme
from ui.composants.notification import Notification


@pytest.fixture
def page(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QWidget]:
    """Un écran dans sa fenêtre montrée, un lecteur à l'écoute."""
    monkeypatch.setattr("PySide6.QtGui.QAccessible.isActive", lambda: True)
    monkeypatch.setattr("PySide6.QtGui.QAccessible.updateAccessibility", lambda _: None)
    monkeypatch.setattr("ui.composants.annonces.sys.platform", "linux")
    fenetre, ecran = QWidget(), QWidget()
    dire_comme(ecran, ECRAN)
    QVBoxLayout(fenetre).addWidget(ecran)
    montrer(qtbot, fenetre)
    yield ecran
    fenetre.hide()


def point(page: QWidget) -> Notification:
    """Celui où l'annonce paraît ; son tour ne passe que par l'essai."""
    le_point = notification.notification(page.window())
    le_point._tour.setInterval(10**8)
    return le_point


def tourner(page: QWidget, tours: int, demandes: int = 0) -> str:
    """Fait passer ``tours`` tours, à chacun ``demandes`` du lecteur ; rend ce qui s'est dit."""
    reveil = QAbstractEventDispatcher.instance().awake
    for _ in range(tours):
        for _ in range(demandes):
            reveil.emit()
        point(page)._tour.timeout.emit()
    return point(page).accessibleName()


def test_elle_attend_que_le_lecteur_ait_fini(page: QWidget) -> None:
    """Pendant qu'il lit la page nouvelle, rien ; sa file vide, la note."""
    annoncer(page, "12 points")
    assert tourner(page, 40, 50) == ""
    assert not point(page).isVisible()
    assert tourner(page, notification._CALME + 1) == "12 points"
    assert point(page).isVisible()


def test_mutant_sans_attendre_elle_parait_dans_le_flot(page: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notification, "_CALME", 0)
    annoncer(page, "12 points")
    assert tourner(page, 1, 50) == "12 points"


def test_un_lecteur_qui_lit_sans_cesse_ne_la_rend_pas_muette(page: QWidget) -> None:
    annoncer(page, "12 points")
    assert tourner(page, notification._PATIENCE, 50) == "12 points"


def test_tout_se_dit_le_pressant_d_abord_une_fois(page: QWidget) -> None:
    """La seconde n'efface pas la première, qu'il n'a pas encore lue."""
    for phrase, pressant in (("Note : 12", False), ("Question", False), ("Appelez le 15", True), ("Note : 12", False)):
        annoncer(page, phrase, pressant)
    assert tourner(page, 20) == "Appelez le 15\nNote : 12\nQuestion"


@pytest.mark.parametrize("sorte", [QLineEdit, QListWidget])
def test_une_page_neuve_redit_ou_est_le_clavier(
    page: QWidget, monkeypatch: pytest.MonkeyPatch, sorte: type[QWidget]
) -> None:
    """Une fois le flot lu, Orca l'avait jeté avec le reste ; d'une liste, c'est la ligne qui a été dite : rien."""
    ici = sorte(page)
    ici.show()
    ici.setFocus()
    dits: list[tuple[QObject, QAccessible.Event]] = []
    monkeypatch.setattr(
        "PySide6.QtGui.QAccessible.updateAccessibility", lambda un: dits.append((un.object(), un.type()))
    )
    page_neuve(page.window())
    tourner(page, 40, 50)
    assert dits == []
    tourner(page, notification._CALME + 1)
    tourner(page, 20)
    assert dits == ([(ici, QAccessible.Event.Focus)] if sorte is QLineEdit else [])


@pytest.mark.parametrize("partir", [QWidget.hide, delete, lambda page: page.window().hide()])
def test_l_ecran_parti_ce_qu_il_disait_se_tait(qtbot: QtBot, page: QWidget, partir: Callable[[QWidget], None]) -> None:
    """Verrouillé, couvert ou quitté : ce qui attendait peut nommer quelqu'un."""
    annoncer(page, "Ana MARTIN")
    le_point = point(page)
    partir(page)
    for _ in range(20):
        le_point._tour.timeout.emit()
    assert le_point.accessibleName() == ""


def test_mutant_sans_regarder_si_l_ecran_est_la(page: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notification, "_est_la", lambda _: True)
    annoncer(page, "Ana MARTIN")
    page.hide()
    assert tourner(page, 20) == "Ana MARTIN"


def test_dite_elle_s_oublie(page: QWidget) -> None:
    annoncer(page, "12 points")
    assert tourner(page, 20) == "12 points"
    point(page)._oubli.timeout.emit()
    assert point(page).accessibleName() == ""
