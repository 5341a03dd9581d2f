"""Le presse-papiers se vide en entier, et ce que Perron copie n'entre pas dans un historique."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.systeme import presse_papiers
from ui.systeme.presse_papiers import copier, discret, retirer, vider


class PressePapiersX11:
    """Celui d'un bureau X11, qui tient aussi ce qui est sélectionné : sans écran, Qt n'en a pas."""

    def __init__(self, selection: bool) -> None:
        self._selection = selection
        self.contenus = {QClipboard.Mode.Clipboard: "HAMIDI Zahra", QClipboard.Mode.Selection: "HAMIDI"}

    def supportsSelection(self) -> bool:
        return self._selection

    def clear(self, mode: QClipboard.Mode) -> None:
        self.contenus[mode] = ""


@pytest.mark.parametrize(("selection", "reste"), [(True, ["", ""]), (False, ["", "HAMIDI"])], ids=["x11", "ailleurs"])
def test_la_copie_et_la_selection_se_vident(monkeypatch: pytest.MonkeyPatch, selection: bool, reste: list[str]) -> None:
    presse = PressePapiersX11(selection)
    monkeypatch.setattr(presse_papiers.QGuiApplication, "clipboard", lambda: presse)
    vider()
    assert list(presse.contenus.values()) == reste


def test_ce_que_perron_copie_se_colle_et_se_retire(qapp: QApplication) -> None:
    copier("31555")
    presse = QGuiApplication.clipboard()
    assert presse.text() == "31555"
    retirer("autre chose")
    assert presse.text() == "31555"
    retirer("31555")
    assert presse.text() == ""


def test_aucun_historique_ne_le_garde(qapp: QApplication) -> None:
    """Chaque système a sa marque ; sous Windows, zéro dit non."""
    windows = discret("31555", "win32")
    for nom in ("CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"):
        assert windows.data(f'application/x-qt-windows-mime;value="{nom}"').data() == bytes(4)
    assert windows.hasFormat('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"')
    linux = discret("31555", "linux")
    assert linux.data("x-kde-passwordManagerHint").data() == b"secret"
    assert windows.text() == linux.text() == "31555"
