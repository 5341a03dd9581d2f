"""Les réglages du poste survivent, et un fichier abîmé n'empêche jamais d'ouvrir."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.etat.preferences import Preferences, dossier_de_donnees, ecrire, lire


def test_ecrits_puis_lus(tmp_path: Path) -> None:
    """Aller et retour."""
    voulues = Preferences("sombre", 150, 10, "toulouse-metropole", "poste 4")
    ecrire(tmp_path / "neuf", voulues)
    assert lire(tmp_path / "neuf") == voulues


@pytest.mark.parametrize(
    "contenu",
    ["", "{", "[]", '{"theme": "rose", "echelle": 33, "verrou_minutes": -1}', '{"echelle": "200", "theme": 3}', "\x00"],
)
def test_reglages_abimes_valent_ceux_d_origine(tmp_path: Path, contenu: str) -> None:
    """Une valeur qui n'en est pas une est ignorée."""
    (tmp_path / "reglages.json").write_text(contenu)
    assert lire(tmp_path) == Preferences()


def test_le_dossier_se_choisit_par_l_environnement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``PERRON_DONNEES`` d'abord, le dossier de l'utilisateur sinon."""
    monkeypatch.setenv("PERRON_DONNEES", str(tmp_path))
    assert dossier_de_donnees() == tmp_path
    monkeypatch.delenv("PERRON_DONNEES")
    assert dossier_de_donnees().name == "perron"
