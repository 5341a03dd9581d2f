"""« coffre verifier », « sauvegarder », « restaurer » : de vrais processus, de vrais coffres."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from outils_console import lancer

sys.path.append(str(Path(__file__).parents[2] / "modele" / "coffre"))

from outils_coffre import AGENT, MOT_DE_PASSE, creer

from modele.droits import Auteur


@pytest.fixture
def coffre(tmp_path: Path) -> Path:
    """Un coffre fermé de trois dossiers."""
    ouvert, _ = creer(tmp_path / "coffre.perron")
    ouvert.importer(({"demandeur": {"nom": f"Zyxwv{rang}"}} for rang in range(3)), Auteur(AGENT))
    ouvert.fermer()
    return tmp_path / "coffre.perron"


def _faire(*mots: object, entree: str = f"{MOT_DE_PASSE}\n") -> tuple[int, str, str]:
    fini = lancer("coffre", *map(str, mots), entree=entree)
    assert "Traceback" not in fini.stderr
    assert "Zyxwv" not in fini.stdout + fini.stderr
    return fini.returncode, fini.stdout, fini.stderr


def test_verifier_sauvegarder_restaurer(coffre: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sain, 0 ; la copie se vérifie ; restaurée, l'ancien est gardé dans le même dossier."""
    copie = tmp_path / "cle" / "copie.perron"
    code, dit, _ = _faire("verifier", coffre)
    assert (code, "est sain : dossiers : 3 ; saisies : 3, dernière le" in dit) == (0, True)
    code, dit, _ = _faire("sauvegarder", coffre, copie)
    assert (code, dit.startswith("Copie écrite et vérifiée")) == (0, True)
    monkeypatch.setenv("PERRON_MOT_DE_PASSE", MOT_DE_PASSE)
    assert _faire("verifier", copie, entree="")[0] == 0
    code, dit, _ = _faire("restaurer", copie, coffre, entree="")
    assert (code, "est gardé, entier, dans" in dit) == (0, True)
    assert len(list(tmp_path.glob("coffre.perron.abime-*"))) == 1


def test_abime_code_2_et_une_phrase(coffre: Path, tmp_path: Path) -> None:
    """Une page retournée : 2, une phrase ; la bonne copie n'est pas écrasée."""
    copie = tmp_path / "copie.perron"
    assert _faire("sauvegarder", coffre, copie)[0] == 0
    bonne = copie.read_bytes()
    octets = bytearray(coffre.read_bytes())
    octets[4096 * 20 + 9] ^= 1
    coffre.write_bytes(octets)
    for mots in (("verifier", coffre), ("sauvegarder", coffre, copie)):
        code, dit, erreur = _faire(*mots)
        assert (code, dit, "est abîmé : " in erreur) == (2, "", True)
    assert (copie.read_bytes(), coffre.read_bytes()) == (bonne, bytes(octets))


@pytest.mark.parametrize(
    ("mots", "entree", "attendu"),
    [
        (("verifier",), "x\n", "Il manque COFFRE"),
        (("verifier", "c", "d"), "x\n", "Écrivez « coffre verifier COFFRE »"),
        (("sauvegarder", "c"), "x\n", "Écrivez « coffre verifier COFFRE »"),
        (("voler", "c"), "x\n", "Écrivez « coffre verifier COFFRE »"),
        (("verifier", "rien.perron"), "x\n", "Aucun coffre à rien.perron"),
        (("verifier", "c"), "", "Donnez le mot de passe"),
    ],
)
def test_mal_dit(mots: tuple[str, ...], entree: str, attendu: str) -> None:
    """Chaque faute, sa phrase, code 2, rien de laissé."""
    code, dit, erreur = _faire(*mots, entree=entree)
    assert (code, dit, attendu in erreur) == (2, "", True), erreur


def test_mauvais_mot_de_passe(coffre: Path) -> None:
    """La phrase de l'écran."""
    code, _, erreur = _faire("verifier", coffre, entree="pas le bon du tout\n")
    assert (code, "Ce mot de passe n'ouvre pas ce coffre" in erreur) == (2, True)
