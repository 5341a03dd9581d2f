"""Les réglages de l'impression : ce qui se demande à une file qui sait, et rien à une qui ne sait pas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.ecrans.imprimer import imprimante, reglages
from ui.ecrans.imprimer.imprimante import Reglage, Sortie, options
from ui.ecrans.imprimer.reglages import ReglagesImpression
from ui.lancement import Poste
from ui.systeme.files import INCONNUES, Capacites

SAIT = Capacites(retenue=True, code=6, sans_entete=True)


def test_rien_ne_se_demande_a_une_file_qui_ne_sait_pas() -> None:
    for sortie in Sortie:
        assert options(Reglage("X", sortie=sortie, code="123456"), INCONNUES) == {}


@pytest.mark.parametrize(
    ("sortie", "voulues"),
    [
        (Sortie.AUSSITOT, {}),
        (Sortie.RETENUE, {"job-hold-until": "indefinite"}),
        (Sortie.CODE, {"job-password": "123456", "job-password-encryption": "none"}),
    ],
)
def test_une_file_qui_sait_recoit_ce_qui_est_choisi(sortie: Sortie, voulues: dict[str, str]) -> None:
    """Et jamais de page d'en-tête, qui nommerait l'agent."""
    assert options(Reglage("X", sortie=sortie, code="123456"), SAIT) == {"job-sheets": "none,none"} | voulues


@pytest.fixture
def ouverts(qtbot: QtBot, poste: Poste, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReglagesImpression]:
    """Deux files, dont l'une sait tout ; aucune n'est vraie, CUPS n'est pas nécessaire ici."""
    savoirs = {"Bureau": INCONNUES, "Couloir": SAIT}
    monkeypatch.setattr(imprimante, "files", lambda: list(savoirs))
    monkeypatch.setattr(imprimante, "recto_verso_possible", lambda file: file == "Couloir")
    monkeypatch.setattr(imprimante, "ecrit_un_fichier", lambda _: False)
    monkeypatch.setattr(reglages, "capacites", savoirs.__getitem__)
    ouverts = ReglagesImpression(poste.session)
    qtbot.addWidget(ouverts)
    ouverts.show()
    ouverts.relire()
    qtbot.waitUntil(lambda: ouverts.sait is not None)
    yield ouverts
    ouverts.arreter()


def test_la_premiere_file_sert_et_ce_poste_se_souvient_d_une_autre(
    qtbot: QtBot, poste: Poste, ouverts: ReglagesImpression
) -> None:
    """Choisie, elle demande son code d'emblée ; revenu, elle l'est encore ; le clavier n'a pas quitté la liste."""
    assert ouverts.resume() == "Bureau"
    assert ouverts.sorties is None
    assert not ouverts.recto_verso.isEnabled()
    assert ouverts.files is not None
    ouverts.files.bouton("Bureau").setFocus(Qt.FocusReason.TabFocusReason)
    ouverts.files.bouton("Couloir").click()
    ouverts.files.bouton("Couloir").setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(lambda: ouverts.sait == SAIT)
    assert ouverts.sortie() is Sortie.CODE
    ouverts.recto_verso.click()
    assert ouverts.resume() == "Couloir · recto verso · avec un code"
    assert len(ouverts.reglage().code) == 6
    clavier = QApplication.focusWidget()
    assert clavier is None or ouverts.files.isAncestorOf(clavier)
    assert poste.session.preferences.imprimante == "Couloir"
    ouverts.relire()
    assert ouverts.file == "Couloir"


def test_ce_qui_s_imprime_attend_que_la_file_ait_repondu(ouverts: ReglagesImpression, qtbot: QtBot) -> None:
    """Sans sa réponse, un papier partirait sans code vers une file qui en a un."""
    recus: list[Capacites] = []
    ouverts.choisir("Couloir")
    fait = ouverts.quand_prete(lambda _, sait: recus.append(sait))
    qtbot.waitUntil(lambda: bool(recus))
    assert recus == [SAIT]
    assert not fait


def test_une_file_qui_ne_repond_pas_ne_promet_rien(
    qtbot: QtBot, ouverts: ReglagesImpression, monkeypatch: pytest.MonkeyPatch
) -> None:
    def muette(_file: str) -> Capacites:
        raise OSError("réseau")

    monkeypatch.setattr(reglages, "capacites", muette)
    ouverts.relire()
    qtbot.waitUntil(lambda: ouverts.sait == INCONNUES)
    assert ouverts.sortie() is Sortie.AUSSITOT
