"""Le paquet Windows, assemblé ici : entier, à son compte, et l'empreinte de chaque fichier."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from installation import paquet as module
from installation.paquet import EMPREINTES, assembler, differents
from installation.roues import SansRoues
from ui.systeme.identite import MODELE_WINDOWS


def rien(paquet: Path) -> None:
    (paquet / "bibliotheques").mkdir()
    (paquet / "bibliotheques" / "une.py").write_text("", encoding="utf-8")


@pytest.fixture(scope="module")
def paquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ou = tmp_path_factory.mktemp("paquet")
    (ou / "python").mkdir()
    assembler(ou, rien)
    return ou


def test_l_application_assemblee_se_lance_seule(paquet: Path, tmp_path: Path) -> None:
    """Rien n'y manque : la première fenêtre s'ouvre et les commandes répondent, hors du dépôt."""
    milieu = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PERRON_DONNEES": str(tmp_path), "PYTHONPATH": ""}
    milieu["PYTHONDONTWRITEBYTECODE"] = "1"
    programme = (
        "from ui.lancement import montrer, preparer\n"
        "poste = preparer(['perron'])\nmontrer(poste)\nposte.completer()\n"
        "print(poste.fenetre.isVisible(), __import__('ui').__file__)\n"
        "poste.precharger()\nposte.travaux.arreter()\nposte.couverture.arreter()\n"
    )
    for commande in (["-c", programme], ["main.py", "--aide"]):
        fini = subprocess.run(
            [sys.executable, *commande],
            cwd=paquet / "application",
            env=milieu,
            capture_output=True,
            text=True,
            check=False,
        )
        assert fini.returncode == 0, fini.stderr
        if commande[0] == "-c":
            vue, ou = fini.stdout.split()
            assert vue == "True"
            assert Path(ou).is_relative_to(paquet)


def test_ni_essais_ni_registre_ni_bytecode(paquet: Path) -> None:
    noms = {un.name for un in (paquet / "application").iterdir()}
    assert noms == {"main.py", "modele", "ui", "impressions", "ressources", "LICENCE"}
    assert not list((paquet / "application").rglob("__pycache__"))


def test_l_installateur_est_au_compte_de_l_agent(paquet: Path) -> None:
    """Sans administrateur, en français, et le même identifiant que l'application."""
    script = (paquet / "perron.iss").read_text(encoding="utf-8-sig")
    assert "PrivilegesRequired=lowest" in script
    assert "{localappdata}" in script
    assert "French.isl" in script
    assert f'ModeleUtilisateur "{MODELE_WINDOWS}"' in script
    assert "@" not in script
    assert "http" not in script
    assert (paquet / "perron.iss").read_bytes().startswith(b"\xef\xbb\xbf")


def test_le_runtime_ne_lit_que_le_paquet(paquet: Path) -> None:
    lus = (paquet / "python" / "python311._pth").read_text(encoding="utf-8").splitlines()
    assert lus == ["python311.zip", ".", "..\\bibliotheques", "..\\application"]


def test_chaque_fichier_est_compte(paquet: Path) -> None:
    lignes = (paquet / EMPREINTES).read_text(encoding="utf-8").splitlines()
    noms = {ligne.split("  ")[1] for ligne in lignes}
    assert {"application/main.py", "bibliotheques/une.py", "perron.iss", "python/python311._pth"} <= noms
    assert differents(paquet) == []


def test_mutant_un_fichier_change_ajoute_ou_ote_se_voit(tmp_path: Path) -> None:
    assembler(tmp_path, rien)
    (tmp_path / "bibliotheques" / "une.py").write_text("import os", encoding="utf-8")
    (tmp_path / "application" / "deux.py").write_text("", encoding="utf-8")
    (tmp_path / "application" / "LICENCE").unlink()
    assert differents(tmp_path) == ["application/LICENCE", "application/deux.py", "bibliotheques/une.py"]


def test_refaire_ne_garde_rien_d_avant(tmp_path: Path) -> None:
    (tmp_path / "application").mkdir()
    (tmp_path / "application" / "vieux.py").write_text("", encoding="utf-8")
    assembler(tmp_path, rien)
    assert not (tmp_path / "application" / "vieux.py").exists()


def test_sans_reseau_une_phrase_et_le_code_deux(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuser(_: Path) -> None:
        raise SansRoues("pip n'a pas pu réunir les bibliothèques de Windows.")

    monkeypatch.setattr(module, "PAQUET", tmp_path / "paquet")
    monkeypatch.setattr(module, "reunir_les_roues", refuser)
    assert module.main([]) == 2
    assert capsys.readouterr().err == "pip n'a pas pu réunir les bibliothèques de Windows.\n"
    assert module.main(["--verifier"]) == 2
