"""Une touche ne répond que pressée seule et posément, et si elle est écrite sur la réponse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.composants import GroupeChoix, Option
from ui.composants.frappes import Frappes, posement

ATTENTE = 60


@pytest.fixture
def groupe(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> GroupeChoix:
    """Quatre réponses montrées depuis un moment, le clavier dessus."""
    monkeypatch.setattr(Frappes, "REPIT_MS", ATTENTE)
    monkeypatch.setattr(Frappes, "_silence", 0.0)
    options = [Option(code, code.capitalize()) for code in ("un", "deux", "trois")]
    groupe = GroupeChoix("Combien ?", [*options, Option("nsp", "Ne sait pas", signe="N")], signes=True)
    qtbot.addWidget(groupe)
    groupe.show()
    groupe.activateWindow()
    groupe.focus_initial()
    qtbot.wait(ATTENTE + 20)
    return groupe


def taper(groupe: GroupeChoix, texte: str, *, repetee: bool = False) -> None:
    """Chaque signe tout de suite après l'autre."""
    for signe in texte:
        cible = QApplication.focusWidget() or groupe
        for sorte in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            aucun = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(cible, QKeyEvent(sorte, 0, aucun, signe, repetee))


def apres(qtbot: QtBot, groupe: GroupeChoix) -> str | None:
    """La réponse, une fois passé le temps d'une frappe et le silence que demande une suite."""
    qtbot.wait(ATTENTE * (Frappes.SILENCES + 1))
    reponse: str | None = groupe.valeur()
    return reponse


@pytest.mark.parametrize(("signe", "reponse"), [("2", "deux"), ("n", "nsp"), ("N", "nsp"), ("4", None), ("?", None)])
def test_la_touche_ecrite_sur_la_reponse_la_choisit(
    groupe: GroupeChoix, qtbot: QtBot, signe: str, reponse: str | None
) -> None:
    taper(groupe, signe)
    assert groupe.valeur() is None, "elle attend d'être seule"
    assert apres(qtbot, groupe) == reponse


@pytest.mark.parametrize("suite", ["1450", "12", "21", "nom", "1x"])
def test_une_suite_de_signes_ne_repond_pas(groupe: GroupeChoix, qtbot: QtBot, suite: str) -> None:
    """« 1450 » tapé une page trop tôt enregistrait « pension d'invalidité »."""
    taper(groupe, suite)
    assert apres(qtbot, groupe) is None


def test_une_touche_pressee_quand_la_page_parait_n_est_pas_pour_elle(groupe: GroupeChoix, qtbot: QtBot) -> None:
    groupe.focus_initial()
    taper(groupe, "1")
    assert apres(qtbot, groupe) is None
    taper(groupe, "1")
    assert apres(qtbot, groupe) == "un"


def test_une_touche_tenue_ne_repond_pas(groupe: GroupeChoix, qtbot: QtBot) -> None:
    taper(groupe, "1", repetee=True)
    assert apres(qtbot, groupe) is None


@pytest.mark.parametrize("fleches", [0, 1, 2])
def test_entree_avance_et_ne_choisit_jamais(groupe: GroupeChoix, qtbot: QtBot, fleches: int) -> None:
    """Ni sur le groupe, ni sur une réponse où une flèche a mené."""
    avances: list[bool] = []
    groupe.entree.connect(lambda: avances.append(True))
    for _ in range(fleches):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert avances == [True]
    assert apres(qtbot, groupe) is None


def test_une_touche_puis_entree_repond_aussitot(groupe: GroupeChoix, qtbot: QtBot) -> None:
    """« 2, Entrée » vite tapé se comprend : la réponse d'abord, la suite ensuite."""
    vus: list[object] = []
    groupe.choisi.connect(vus.append)
    groupe.entree.connect(lambda: vus.append("entrée"))
    taper(groupe, "2")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert vus == ["deux", "entrée"]
    assert apres(qtbot, groupe) == "deux"
    assert vus == ["deux", "entrée"]


def test_rien_ne_parait_pris_a_l_arrivee(groupe: GroupeChoix) -> None:
    """Le clavier est au groupe, pas à une réponse ; l'espace n'y choisit rien, la première flèche ne fait que mener."""
    assert groupe.hasFocus()
    QTest.keyClick(groupe, Qt.Key.Key_Space)
    assert groupe.valeur() is None
    QTest.keyClick(groupe, Qt.Key.Key_Down)
    assert groupe.bouton("un").hasFocus()
    assert groupe.valeur() is None
    QTest.keyClick(groupe.bouton("un"), Qt.Key.Key_Space)
    assert groupe.valeur() == "un"
    groupe.focus_initial()
    assert groupe.bouton("un").hasFocus()


def test_chaque_reponse_porte_sa_touche(qtbot: QtBot) -> None:
    """Neuf chiffres, puis des lettres, sauf celles des non-réponses ; sans ``signes``, aucune touche."""
    options = [Option(rang, f"Réponse {rang}") for rang in range(25)]
    fabriques: Callable[[bool], GroupeChoix] = lambda signes: GroupeChoix("Laquelle ?", options, signes=signes)  # noqa: E731
    avec, sans = fabriques(True), fabriques(False)
    for groupe in (avec, sans):
        qtbot.addWidget(groupe)
    signes = [avec.bouton(rang).signe for rang in range(25)]
    assert "".join(signes) == "123456789ABCDEFGHIJKLMOPQ"
    assert avec.bouton(9).accessibleDescription() == "touche A"
    assert all(sans.bouton(rang).signe == "" for rang in range(25))


def test_une_suite_serree_ne_repond_pas_d_une_page_a_l_autre_tant_qu_elle_dure(
    groupe: GroupeChoix, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sept réponses tapées de mémoire, mal espacées : la troisième ne tombe pas sur la première question."""
    dits: list[str] = []
    monkeypatch.setattr(Frappes, "trop_vite", lambda: dits.append("trop vite"))
    monkeypatch.setattr(Frappes, "SILENCES", 12)  # large : une machine lente allonge chacune des attentes
    taper(groupe, "22")
    for ecart in (1.2, 2.0, 1.5):
        qtbot.wait(int(ATTENTE * ecart))
        groupe.focus_initial()
        qtbot.wait(ATTENTE // 2)
        taper(groupe, "1")
    assert groupe.valeur() is None
    assert dits
    assert apres(qtbot, groupe) is None
    taper(groupe, "1")
    assert apres(qtbot, groupe) == "un"


def test_un_geste_ne_se_fait_pas_au_milieu_d_une_suite(groupe: GroupeChoix, qtbot: QtBot) -> None:
    """« Rien de tout cela », pressé pour la page d'avant, répondait à toute une autre page."""
    faits: list[str] = []
    geste = posement(lambda: faits.append("fait"))
    geste()
    taper(groupe, "12")
    geste()
    assert faits == ["fait"]
    apres(qtbot, groupe)
    geste()
    assert faits == ["fait", "fait"]
