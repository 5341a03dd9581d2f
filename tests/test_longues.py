"""Les épreuves longues : chacune existe, porte sa marque, et « make essais » les laisse ; aucun écran ne s'y perd."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import longues
import pytest

RACINE = Path(__file__).resolve().parents[1]


@cache
def fonctions(fichier: str) -> frozenset[str]:
    arbre = ast.parse((RACINE / fichier).read_text(encoding="utf-8"))
    return frozenset(un.name for un in ast.walk(arbre) if isinstance(un, ast.FunctionDef | ast.ClassDef))


def test_chaque_ligne_nomme_une_epreuve_qui_existe() -> None:
    """Renommée ou ôtée, elle part de la liste : une ligne morte cacherait qu'elle est redevenue courte."""
    mortes = [une for une in longues.lues() if une.split("::")[1] not in fonctions(une.split("::")[0])]
    assert len(longues.lues()) > 100
    assert mortes == []


def test_chaque_ecran_garde_une_epreuve_dans_make_essais() -> None:
    for fichier in sorted((RACINE / "tests/ui/ecrans").glob("test_*.py")):
        nom = fichier.relative_to(RACINE).as_posix()
        siennes = {un for un in fonctions(nom) if un.startswith("test_")}
        assert siennes - {une.split("::")[1] for une in longues.lues() if une.startswith(f"{nom}::")}, nom


def _jouees(*marques: str) -> str:
    ordre = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *marques]
    fini = subprocess.run(
        [*ordre, "tests/ui/theme/test_theme.py", "tests/ui/ecrans/test_ecran_seance.py"],
        capture_output=True, text=True, cwd=RACINE, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    return fini.stdout


def test_make_essais_les_laisse_et_make_verifier_les_joue() -> None:
    """La marque vient de la liste, pas du fichier d'essai."""
    courtes, toutes = _jouees("-m", "not longue"), _jouees()
    listees = [une for une in longues.lues() if une.startswith("tests/ui/ecrans/test_ecran_seance.py::")]
    assert listees
    for une in listees:
        assert une in toutes
        assert une not in {longues.nom_de(ligne) for ligne in courtes.splitlines()}
    assert "test_theme.py::test_espacements_de_quatre_en_quatre" in courtes
    makefile = (RACINE / "Makefile").read_text(encoding="utf-8")
    assert makefile.count("not longue") == 1
    assert '-m "not campagne" --ignore=tests/modele' in makefile


def test_la_liste_se_refait_des_durees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un seul cas long suffit ; d'un écran dont tout est long, la plus courte reste."""
    cas = [
        ("tests.modele.test_a", "test_court", 0.1),
        ("tests.modele.test_a", "test_long[x-1]", 0.2),
        ("tests.modele.test_a", "test_long[y::z]", 3.0),
        ("tests.registre.test_b.TestClasse", "test_de_classe", 2.0),
        ("tests.ui.ecrans.test_c", "test_ouvre", 1.1),
        ("tests.ui.ecrans.test_c", "test_joue", 9.0),
    ]
    lignes = "".join(f'<testcase classname="{ou}" name="{nom}" time="{duree}"/>' for ou, nom, duree in cas)
    durees = tmp_path / "durees.xml"
    durees.write_text(f"<testsuites><testsuite>{lignes}</testsuite></testsuites>", encoding="utf-8")
    monkeypatch.setattr(longues, "LISTE", tmp_path / "longues.txt")
    assert longues.main(["--seuil", "1", str(durees)]) == 0
    assert longues.lues(tmp_path / "longues.txt") == {
        "tests/modele/test_a.py::test_long",
        "tests/registre/test_b.py::test_de_classe",
        "tests/ui/ecrans/test_c.py::test_joue",
    }
