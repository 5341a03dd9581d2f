"""L'entrée de menu et l'icône : posées pour ce compte, appelant cet arbre, valides pour un bureau."""

from __future__ import annotations

import configparser
import shutil
import subprocess
from pathlib import Path

import pytest

from installation import bureau
from installation.bureau import commande, entree, poser
from installation.icones import refaire
from ui.systeme.identite import BUREAU, ICONES, TAILLES


def lire(fiche: Path) -> configparser.SectionProxy:
    lue = configparser.RawConfigParser()
    lue.optionxform = str  # type: ignore[assignment, method-assign]
    lue.read(fiche, encoding="utf-8")
    return lue["Desktop Entry"]


def test_l_entree_et_chaque_icone_se_posent(tmp_path: Path) -> None:
    fiche, *icones = poser(tmp_path, entree())
    lue = lire(fiche)
    assert fiche == tmp_path / "applications" / "perron.desktop"
    assert (lue["Name"], lue["Icon"], lue["StartupWMClass"]) == ("Perron", BUREAU, BUREAU)
    assert "main.py" in lue["Exec"]
    assert "{" not in fiche.read_text(encoding="utf-8")
    assert len(icones) == len(TAILLES) + 1
    assert all(icone.stat().st_size for icone in icones)


def test_un_chemin_a_espace_ou_a_signe_reste_un_mot() -> None:
    """La norme : guillemets, quatre signes protégés deux fois, pour cent doublé."""
    assert commande("/a b/python", "/100%/main.py") == '"/a b/python" "/100%%/main.py"'
    assert commande('/a"$b') == '"/a\\\\"\\\\$b"'


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils absent")
def test_un_bureau_l_accepte(tmp_path: Path) -> None:
    fiche, *_ = poser(tmp_path, entree(racine=tmp_path / "un dossier à 100 %"))
    dit = subprocess.run(["desktop-file-validate", str(fiche)], capture_output=True, text=True, check=False)
    assert (dit.returncode, dit.stdout) == (0, "")


def test_make_bureau_dit_ou(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert bureau.main() == 0
    assert str(tmp_path / "applications" / "perron.desktop") in capsys.readouterr().out


def test_les_images_sont_celles_du_dessin(tmp_path: Path) -> None:
    """Changer le dessin sans refaire les images se voit ici (``make identite``)."""
    shutil.copyfile(ICONES / "perron.svg", tmp_path / "perron.svg")
    refaire(tmp_path)
    for cote in TAILLES:
        nom = f"perron-{cote}.png"
        assert (tmp_path / nom).read_bytes() == (ICONES / nom).read_bytes(), nom
    assert (tmp_path / "perron.ico").read_bytes()[:6] == b"\x00\x00\x01\x00" + len(TAILLES).to_bytes(2, "little")
