"""Les dossiers qui, un jour, s'imprimèrent mal : chacun passe par la commande, tel que l'agent la lance."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from epreuve_du_papier import hors_de_la_page
from lecture_pdf import texte, texte_plat

sys.path.insert(0, str(Path(__file__).parents[1] / "ui" / "console"))
from outils_console import lancer

CAS = Path(__file__).parent / "cas_publics"
NOMS = ("07_papier_arabe", "07_papier_cyrillique", "07_papier_vietnamien", "07_papier_balises")
LONG = "15_papier_texte_sans_fin"


def imprimer(nom: str, sortie: Path, *options: str, fiche: str = "resume") -> bytes:
    commande = ("imprimer", str(CAS / f"{nom}.json"), "--fiche", fiche, "--sortie", str(sortie), "--date", "2026-11-22")
    fini = lancer(*commande, *options)
    assert (fini.returncode, fini.stderr) == (0, "")
    return sortie.read_bytes()


@pytest.mark.parametrize("nom", NOMS)
def test_le_nom_se_lit_tel_qu_ecrit(nom: str, tmp_path: Path) -> None:
    personne = json.loads((CAS / f"{nom}.json").read_text(encoding="utf-8"))["demandeur"]
    dit = texte_plat(imprimer(nom, tmp_path / "x.pdf")).replace("’", "'")
    assert personne["prenoms"] in dit
    assert personne["nom"] in dit or personne["nom"].upper() in dit
    assert "?" not in dit


@pytest.mark.parametrize("grands", [False, True], ids=["ordinaire", "grands"])
@pytest.mark.parametrize("fiche", ["resume", "cotation"])
def test_un_texte_sans_fin_tient_dans_la_page(fiche: str, grands: bool, tmp_path: Path) -> None:
    pdf = imprimer(LONG, tmp_path / "x.pdf", *(["--grands-caracteres"] if grands else []), fiche=fiche)
    assert texte(pdf)
    assert hors_de_la_page(pdf) == []


def test_le_texte_sans_fin_est_entier(tmp_path: Path) -> None:
    personne = json.loads((CAS / f"{LONG}.json").read_text(encoding="utf-8"))["demandeur"]
    serre = "".join(texte(imprimer(LONG, tmp_path / "x.pdf")).split()).upper()
    assert personne["nom"].upper() in serre
