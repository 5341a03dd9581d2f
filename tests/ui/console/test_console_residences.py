"""``main.py residences`` : les listes et ce qui manque ; avec deux fichiers, les comptes, sous le masque voulu."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from outils_console import lancer, rendre

from ressources import RESSOURCES

EXEMPLES = RESSOURCES / "exemples" / "metropole-essai"
FICHIERS = ["--attributions", str(EXEMPLES / "attributions.csv"), "--logements", str(EXEMPLES / "logements.csv")]
LE = ["--le", "2026-11-27"]


def lue(*arguments: str, code: int = 0) -> str:
    fini = lancer("residences", *arguments)
    assert fini.returncode == code, fini.stderr
    return fini.stderr if code else fini.stdout


def objet(*arguments: str) -> dict[str, Any]:
    rendu = rendre("residences", *arguments, "--json")
    assert isinstance(rendu, dict)
    return rendu


@pytest.mark.parametrize("territoire", ["toulouse-metropole", "clermont-auvergne-metropole"])
def test_d_un_territoire_reel_ce_qui_manque_et_qui_l_a(territoire: str) -> None:
    rendu = objet("--territoire", territoire)
    assert (rendu["lieux"], rendu["suivis"], rendu["offres_ailleurs"]) == ([], [], [])
    assert all(une["a_remplir_par"] and une["du"] is None for une in rendu["listes"])
    assert "à remplir par" in lue("--territoire", territoire)


def test_les_comptes_des_exemples() -> None:
    rendu = objet("--territoire", "metropole-essai", *FICHIERS, *LE, "--pour", "habilites")
    (quartier,) = (un for un in rendu["suivis"] if un["id"] == "quartier-un")
    (annee,) = quartier["annees"]
    comptes = annee["comptes"]
    assert comptes["total"] == sum(comptes[un] for un in ("Q1", "Q2", "Q3", "Q4", "sans"))
    assert comptes["Q1"]
    assert quartier["derive"] is None
    assert rendu["offres_ailleurs"][0]["libre_le"] <= rendu["offres_ailleurs"][1]["libre_le"]
    vus = {un["ref_bailleur"] for un in rendu["offres_ailleurs"]}
    assert "HVB-L10037" not in vus  # Le Verger Long, de la liste de la loi


def test_pour_des_partenaires_le_compte_d_une_residence_se_tait() -> None:
    rendu = objet("--territoire", "metropole-essai", *FICHIERS, *LE)
    verger = next(un for un in rendu["suivis"] if un["id"] == "verger-long")
    assert {un for annee in verger["annees"] for nom, un in annee["comptes"].items() if nom != "peut_etre"} == {None}
    for un in rendu["suivis"]:
        assert un["derive"] is None
        assert not [n for annee in un["annees"] for n in annee["comptes"].values() if n is not None and n < 5]
    dit = lue("--territoire", "metropole-essai", *FICHIERS, *LE)
    assert "se taisent" in dit
    assert "Dérive" not in dit
    assert max(map(len, dit.splitlines())) <= 80


def test_les_habilites_lisent_la_derive() -> None:
    dit = lue("--territoire", "metropole-essai", *FICHIERS, *LE, "--pour", "habilites")
    assert "il faut deux années" in " ".join(dit.split())


def test_un_fichier_sans_l_autre_se_refuse() -> None:
    assert "vont ensemble" in lue("--territoire", "metropole-essai", *FICHIERS[:2], code=2)


def test_une_ligne_fautive_arrete_tout(tmp_path: Path) -> None:
    faux = tmp_path / "attributions.csv"
    texte = (EXEMPLES / "attributions.csv").read_text(encoding="utf-8")
    faux.write_text(texte.replace("07/01/2026", "99/01/2026"), encoding="utf-8")
    dit = lue("--territoire", "metropole-essai", "--attributions", str(faux), *FICHIERS[2:], *LE, code=2)
    assert "rien n'est compté" in dit


def test_deux_annees_disent_la_derive(tmp_path: Path) -> None:
    lignes = (EXEMPLES / "attributions.csv").read_text(encoding="utf-8").splitlines()
    avant = [une.replace("/2026", "/2025").replace("ATT-2026", "ATT-2025") for une in lignes[3:]]
    deux = tmp_path / "attributions.csv"
    deux.write_text("\n".join([*lignes, *avant, ""]), encoding="utf-8")
    arguments = [
        "--territoire",
        "metropole-essai",
        "--attributions",
        str(deux),
        *FICHIERS[2:],
        *LE,
        "--pour",
        "habilites",
    ]
    quartier = next(un for un in objet(*arguments)["suivis"] if un["id"] == "quartier-un")
    assert (quartier["derive"]["de"], quartier["derive"]["a"]) == (2025, 2026)
    assert quartier["derive"]["bas"] <= 0 <= quartier["derive"]["haut"]
    assert "De 2025 à 2026" in " ".join(lue(*arguments).split())
