"""Un second écran réel, bien à part : ni seul, ni dupliqué, ni touché par la fenêtre de l'agent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ui.cadre import moniteurs
from ui.cadre.moniteurs import Moniteur, Moniteurs, branches, doubles, en_face

GAUCHE, DROITE = QRect(0, 0, 1366, 768), QRect(1366, 0, 1366, 768)
AGENT = QRect(10, 10, 1300, 700)


def sur(*places: QRect) -> list[Moniteur]:
    return [Moniteur(place, QGuiApplication.primaryScreen()) for place in places]


@pytest.mark.parametrize(
    ("places", "agent", "voulue"),
    [
        ((GAUCHE,), AGENT, None),
        ((GAUCHE, DROITE), AGENT, DROITE),
        ((DROITE, GAUCHE), AGENT, DROITE),
        ((GAUCHE, DROITE), QRect(1400, 10, 1200, 700), GAUCHE),
        ((GAUCHE, DROITE), QRect(700, 10, 1300, 700), None),
        ((GAUCHE, DROITE), QRect(-8, -8, 1382, 784), DROITE),
        ((GAUCHE, DROITE), QRect(100, 10, 1283, 700), None),
        ((GAUCHE, GAUCHE), AGENT, None),
        ((GAUCHE, QRect(0, 0, 1024, 768)), AGENT, None),
        ((GAUCHE, QRect(1300, 0, 1366, 768)), AGENT, None),
        ((GAUCHE, DROITE, DROITE), AGENT, None),
        ((GAUCHE, QRect()), AGENT, None),
        ((), AGENT, None),
    ],
    ids=[
        "seul", "a droite", "ordre inverse", "a gauche", "a cheval", "agrandie", "un doigt de trop",
        "dupliques", "meme origine", "se couvrent",
        "trois dont deux", "vide", "aucun",
    ],
)  # fmt: skip
def test_l_ecran_d_en_face(qapp: object, places: tuple[QRect, ...], agent: QRect, voulue: QRect | None) -> None:
    choisi = en_face(sur(*places), agent)
    assert (choisi.place if choisi else None) == voulue


def test_mutant_un_bureau_duplique_pris_pour_deux(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans le refus, la personne lirait l'écran de l'agent qui se déplace."""
    monkeypatch.setattr(moniteurs, "doubles", lambda _: False)
    assert en_face(sur(GAUCHE, QRect(1300, 0, 1366, 768)), QRect(0, 0, 800, 700)) is not None


def test_dupliques_se_dit(qapp: object) -> None:
    assert doubles([GAUCHE, GAUCHE])
    assert not doubles([GAUCHE, DROITE])
    surveille = Moniteurs(lister=lambda: sur(GAUCHE, GAUCHE))
    assert surveille.second
    assert surveille.dupliques
    surveille.deleteLater()


@pytest.fixture
def surveille(qapp: object) -> Iterator[Moniteurs]:
    objet = Moniteurs()
    yield objet
    objet.deleteLater()


def test_les_vrais_ecrans(surveille: Moniteurs) -> None:
    assert [un.ecran for un in branches()] == QGuiApplication.screens()
    assert not surveille.second
    assert not surveille.dupliques


@pytest.mark.parametrize("quoi", ["branche", "debranche", "principal", "place", "bureau", "sens"])
def test_tout_changement_se_dit(qtbot: QtBot, surveille: Moniteurs, quoi: str) -> None:
    application, ecran = QGuiApplication.instance(), QGuiApplication.primaryScreen()
    assert isinstance(application, QGuiApplication)
    signaux = {
        "branche": (application.screenAdded, ecran),
        "debranche": (application.screenRemoved, ecran),
        "principal": (application.primaryScreenChanged, ecran),
        "place": (ecran.geometryChanged, ecran.geometry()),
        "bureau": (ecran.virtualGeometryChanged, ecran.virtualGeometry()),
        "sens": (ecran.orientationChanged, ecran.orientation()),
    }
    signal, avec = signaux[quoi]
    with qtbot.waitSignal(surveille.change):
        signal.emit(avec)
