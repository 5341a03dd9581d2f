"""Les roues de Windows : ce que pip, lancé ici, ne voit pas qu'il faut là-bas."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from installation import roues
from installation.paquet import RACINE
from installation.roues import SansRoues, demandees, manquantes, telecharger


def roue(dossier: Path, nom: str, *exigees: str) -> Path:
    chemin = dossier / f"{nom}-1.0-py3-none-any.whl"
    lignes = [f"Name: {nom}", "Version: 1.0", *(f"Requires-Dist: {une}" for une in exigees)]
    with zipfile.ZipFile(chemin, "w") as archive:
        archive.writestr(f"{nom}-1.0.dist-info/METADATA", "\n".join(lignes) + "\n")
    return chemin


def test_ce_que_windows_seul_demande_se_cherche(tmp_path: Path) -> None:
    tous = [
        roue(tmp_path, "click", 'colorama>=0.4; platform_system == "Windows"', 'resource; sys_platform == "linux"'),
        roue(tmp_path, "icalendar", "python-dateutil", 'pytest; extra == "test"', 'vieux; python_version < "3.9"'),
        roue(tmp_path, "python_dateutil"),
    ]
    assert manquantes(tous) == ["colorama>=0.4"]


def test_telecharger_recommence_tant_qu_il_en_manque(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demandes: list[tuple[str, ...]] = []

    def pip(*arguments: str) -> None:
        demandes.append(arguments)
        if len(demandes) == 1:
            roue(tmp_path, "click", 'colorama; sys_platform == "win32"')
        else:
            roue(tmp_path, "colorama")

    monkeypatch.setattr(roues, "_pip", pip)
    assert [un.name for un in telecharger(RACINE, tmp_path)] == [
        "click-1.0-py3-none-any.whl",
        "colorama-1.0-py3-none-any.whl",
    ]
    assert demandes[1][-1] == "colorama"
    for demande in demandes:
        assert {"--platform", "win_amd64", "--only-binary=:all:"} <= set(demande)
        assert not any(mot.startswith("--index") or "://" in mot for mot in demande)


def test_le_registre_et_les_essais_n_y_sont_pas() -> None:
    tout = " ".join(demandees(RACINE))
    assert "PySide6" in tout
    assert "sqlcipher3" in tout
    assert "fastapi" not in tout
    assert "pytest" not in tout


def test_pip_qui_refuse_se_dit(tmp_path: Path) -> None:
    with pytest.raises(SansRoues, match="bibliothèques de Windows"):
        roues._pip("download", "--no-index", "--dest", str(tmp_path), "ce-paquet-n-existe-pas")
