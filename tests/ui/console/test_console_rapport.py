"""« rapport » : les clés du contrat, ce qui se tait, le PDF et le tableur ; ni nom ni réponse nulle part."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outils_console import lancer

sys.path.append(str(Path(__file__).parents[2] / "modele" / "coffre"))
sys.path.append(str(Path(__file__).parents[2] / "impressions"))

from epreuves_pdfua import EPREUVES
from lecture_pdf import texte
from outils_annee import AILLEURS, ANNEE, ICI, remplir
from outils_coffre import MOT_DE_PASSE
from pdfua import Lu

from impressions.tableur import en_csv


@pytest.fixture(scope="module")
def coffre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chemin = tmp_path_factory.mktemp("rapport") / "coffre.db"
    remplir(chemin, ici=120, ailleurs=60)[0].fermer()
    return chemin


def faire(coffre: Path, *mots: str) -> tuple[int, str, str]:
    fini = lancer("rapport", "--coffre", str(coffre), *mots, entree=f"{MOT_DE_PASSE}\n")
    assert "Traceback" not in fini.stderr
    return fini.returncode, fini.stdout, fini.stderr


def lire(coffre: Path, *mots: str) -> Any:
    code, dit, erreur = faire(coffre, "--annee", str(ANNEE), *mots, "--json")
    assert code == 0, erreur
    return json.loads(dit)


def test_les_cles_du_contrat(coffre: Path) -> None:
    rendu = lire(coffre, "--lieu", ICI)
    assert (rendu["annee"], rendu["lieu"], rendu["seuil"], rendu["provisoire"]) == (ANNEE, ICI, 5, False)
    for chiffre in rendu["chiffres"]:
        assert {"id", "valeur", "definition", "operations"} <= chiffre.keys()
        assert chiffre["definition"]
        if chiffre.get("masque"):
            assert (chiffre["valeur"], chiffre["operations"]) == (None, None)
        elif chiffre.get("suivi", True):
            assert chiffre["operations"]["nombre"] >= 1
            assert chiffre["operations"]["sortes"]
    assert len({un["id"] for un in rendu["chiffres"]}) == len(rendu["chiffres"])


def test_deux_fois_de_suite_les_memes_nombres_et_un_autre_lieu_les_siens(coffre: Path) -> None:
    premier = lire(coffre, "--lieu", ICI)
    assert lire(coffre, "--lieu", ICI) == premier
    assert lire(coffre, "--lieu", AILLEURS)["chiffres"] != premier["chiffres"]


def test_au_public_le_seuil_monte(coffre: Path) -> None:
    rendu = lire(coffre, "--lieu", ICI, "--pour", "public")
    assert rendu["seuil"] == 11
    assert all(
        un["valeur"] >= 11 for un in rendu["chiffres"] if un["valeur"] is not None and un["unite"] == "personnes"
    )


def test_le_texte_dit_ce_que_ne_dit_pas_un_nombre(coffre: Path) -> None:
    code, dit, _ = faire(coffre, "--annee", str(ANNEE))
    assert code == 0
    assert "« Non publié » ne veut pas dire zéro" in " ".join(dit.split())
    assert "Venues à l'accueil" in dit
    assert "Au territoire : seulement les dossiers que ce poste tient" in " ".join(dit.split())
    code, ailleurs, _ = faire(coffre, "--annee", str(ANNEE), "--lieu", AILLEURS)
    assert (code, "non suivi" in dit, "non suivi" in ailleurs) == (0, False, True)
    assert "Figé le" in dit
    assert all(len(ligne) <= 80 for ligne in dit.splitlines())


def test_une_annee_en_cours_se_dit_provisoire(coffre: Path) -> None:
    code, dit, _ = faire(coffre, "--annee", str(date.today().year))
    assert code == 0
    assert "Ne les diffusez pas" in " ".join(dit.split())


@pytest.mark.parametrize(
    ("mots", "phrase"),
    [
        (("--annee", "3000"), "ne se compte pas"),
        (("--annee", str(ANNEE), "--lieu", "Nulle part"), "Aucun lieu ne s'appelle « Nulle part »"),
        (("--annee", str(ANNEE), "--pour", "presse"), "--pour presse"),
        (("--annee", "deux mille"), "attendu : un nombre entier"),
        ((), "Il manque"),
    ],
    ids=["annee", "lieu", "pour", "pas-un-nombre", "sans-annee"],
)
def test_une_faute_se_dit_en_francais(coffre: Path, tmp_path: Path, mots: tuple[str, ...], phrase: str) -> None:
    code, dit, erreur = faire(coffre, *mots, "--pdf", str(tmp_path / "x.pdf"))
    assert (code, dit) == (2, "")
    assert phrase in erreur
    assert list(tmp_path.iterdir()) == []


def test_sans_coffre_il_dit_lequel_donner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERRON_DONNEES", str(tmp_path))
    fini = lancer("rapport", "--annee", "2025", entree="x\n")
    assert fini.returncode == 2
    assert "--coffre COFFRE" in fini.stderr


def test_le_pdf_est_accessible_et_dit_les_memes_nombres(coffre: Path, tmp_path: Path) -> None:
    papier = tmp_path / "rapport.pdf"
    rendu = lire(coffre, "--lieu", ICI, "--pdf", str(papier))
    octets = papier.read_bytes()
    lu = Lu(octets)
    assert {nom: trouvees for nom, une in EPREUVES.items() if (trouvees := list(une(lu)))} == {}
    dit = " ".join(texte(octets).split())
    for chiffre in rendu["chiffres"]:
        if chiffre["valeur"] is not None and chiffre["unite"] == "personnes":
            # D'un libellé qui passe à la ligne, la fin : la valeur se lit après lui, typographie faite.
            fin = chiffre["libelle"].replace("'", "’").split()[-1]
            assert f"{fin} {chiffre['valeur']}" in dit


def test_le_tableur_a_toutes_les_lignes_et_rien_qui_s_execute(coffre: Path, tmp_path: Path) -> None:
    fichier = tmp_path / "rapport.csv"
    rendu = lire(coffre, "--lieu", ICI, "--csv", str(fichier))
    lignes = list(csv.DictReader(fichier.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert len(lignes) == len(rendu["chiffres"])
    for ligne, chiffre in zip(lignes, rendu["chiffres"], strict=True):
        attendue = "" if chiffre["valeur"] is None else f"{chiffre['valeur']:g}".replace(".", ",")
        assert ligne["valeur"] == attendue
        assert (ligne["operations"] == "") == (chiffre["operations"] is None)


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t=", "  =", "\r"])
def test_une_formule_s_ecrit_en_texte(debut: str) -> None:
    """Un lieu qui s'appellerait « =HYPERLINK(…) » ne s'exécute pas chez qui ouvre le fichier."""
    (ligne,) = list(csv.reader(en_csv(["a"], []).decode("utf-8-sig").splitlines()))
    assert ligne == ["a"]
    ecrit = en_csv(["a"], [[f"{debut}1+1", -2, 1.5, None]]).decode("utf-8-sig")
    assert next(csv.reader(ecrit.split("\r\n", 1)[1].splitlines(keepends=True), delimiter=";"))[0].startswith("'")
    assert ";-2;1,5;" in ecrit


def test_le_bilan_du_plan_est_un_pdf_du_public_d_une_annee_finie(coffre: Path, tmp_path: Path) -> None:
    bilan = tmp_path / "bilan.pdf"
    code, _, erreur = faire(coffre, "--annee", str(ANNEE), "--pour", "public", "--bilan", str(bilan))
    assert code == 0, erreur
    lu = " ".join(texte(bilan.read_bytes()).split())
    assert "Bilan annuel du plan partenarial" in lu
    assert "13. L" in lu
    assert "11 personnes" in lu


@pytest.mark.parametrize(
    ("mots", "phrase"),
    [
        (("--annee", str(ANNEE)), "ajoutez « --pour public »"),
        (("--annee", str(date.today().year), "--pour", "public"), "année finie"),
    ],
    ids=["partenaires", "en cours"],
)
def test_un_bilan_qui_ne_peut_pas_se_publier_se_refuse(
    coffre: Path, tmp_path: Path, mots: tuple[str, ...], phrase: str
) -> None:
    bilan = tmp_path / "bilan.pdf"
    code, _, erreur = faire(coffre, *mots, "--bilan", str(bilan))
    assert code == 2
    assert phrase in " ".join(erreur.split())
    assert not bilan.exists()
