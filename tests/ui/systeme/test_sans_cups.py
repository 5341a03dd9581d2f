"""Un poste sans CUPS (Windows, macOS) : rien n'est supposé de ses files, et rien ne tombe."""

from __future__ import annotations

import pytest

from ui.systeme import files


def test_rien_n_est_su_ni_demande(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_BIBLIOTHEQUE", "bibliotheque-absente.so.0")
    files._cups.cache_clear()
    try:
        assert files._cups() is None
        assert files.capacites("HP") == files.INCONNUES
        assert files.retenus("HP") == ()
        assert not files.refuse()
        assert not files.liberer("HP", 1)
        assert not files.retirer("HP", 1)
    finally:
        files._cups.cache_clear()
