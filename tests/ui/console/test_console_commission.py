"""``main.py commission`` : ses clés, son texte, ses refus ; une note ajoutée à la main ne change rien, et se dit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from commission_exemple import ATTENDU_T2, ECARTES_T2, T2_PLUS, dossiers, identifiant
from outils_console import lancer, rendre


def commission(
    dossier: Path, *suite: str, logement: Any = T2_PLUS, documents: Any = None, territoire: str = "metropole-exemple"
) -> tuple[str, ...]:
    ecrire(dossier / "L.json", logement)
    ecrire(dossier / "D.json", list(dossiers().values()) if documents is None else documents)
    fichiers = ("--logement", str(dossier / "L.json"), "--dossiers", str(dossier / "D.json"))
    return ("commission", "--territoire", territoire, *fichiers, "--date", "2026-11-30", *suite)


def ecrire(chemin: Path, dit: Any) -> None:
    chemin.write_text(dit if isinstance(dit, str) else json.dumps(dit), encoding="utf-8")


def quelques(*noms: str) -> list[Mapping[str, Any]]:
    return [dossiers()[nom] for nom in noms]


def test_le_contrat(tmp_path: Path) -> None:
    rendu = rendre(*commission(tmp_path, "--json"))
    noms = {identifiant(nom): nom for nom in dossiers()}
    assert [(un["rang"], noms[un["dossier"]], un["points"]) for un in rendu["candidats"]] == ATTENDU_T2
    assert {noms[un["dossier"]] for un in rendu["ecartes"]} == set(ECARTES_T2)
    for un in rendu["candidats"]:
        assert list(un) == ["dossier", "rang", "points", "intervalle", "raisons"]
        assert un["intervalle"]["min"] <= un["points"] <= un["intervalle"]["max"]
    assert all(list(un) == ["dossier", "raisons"] and un["raisons"] for un in rendu["ecartes"])
    assert "Territoire fictif : rien n'y a de valeur officielle." in rendu["avertissements"]
    assert rendu["ignores"] == []


def test_une_note_d_elu_ne_change_rien_et_se_dit(tmp_path: Path) -> None:
    sans = rendre(*commission(tmp_path, "--json", documents=quelques("simple", "hotel", "vide")))
    annotes = [{**un, "note_elu": 100, "avis_du_maire": "favorable"} for un in quelques("vide", "hotel", "simple")]
    avec = rendre(*commission(tmp_path, "--json", documents=annotes))
    assert avec["candidats"] == sans["candidats"]
    assert avec["ignores"] == ["avis_du_maire", "note_elu"]
    texte = lancer(*commission(tmp_path, documents=annotes)).stdout
    assert "Ignoré, qu'aucun dossier n'a : avis_du_maire, note_elu." in texte


def test_le_texte(tmp_path: Path) -> None:
    texte = lancer(*commission(tmp_path, documents=quelques("dalo", "riche"))).stdout
    assert "Logement ESSAI-1 · Métropole d'exemple · 30/11/2026" in texte
    assert f"1. {identifiant('dalo')}, 69 points" in texte
    assert f"Écartée, peut se rouvrir : {identifiant('riche')}" in texte
    assert "Perron range les demandes ; une personne désigne." in texte
    assert all(len(une) <= 80 for une in texte.splitlines())


def test_rouvrir(tmp_path: Path) -> None:
    rouverte = {
        "dossier": identifiant("riche"),
        "regle": "plafond_plus",
        "par": "A. Martin",
        "motif": "Ressources en baisse.",
        "le": "2026-11-29",
    }
    ecrire(tmp_path / "R.json", [rouverte])
    commande = commission(
        tmp_path, "--json", "--rouvertes", str(tmp_path / "R.json"), documents=quelques("riche", "ailleurs")
    )
    rendu = rendre(*commande)
    assert [un["dossier"] for un in rendu["candidats"]] == [identifiant("riche")]
    assert rendu["candidats"][0]["raisons"][-1].endswith("Rouverte par A. Martin le 29/11/2026 : Ressources en baisse.")
    assert [un["dossier"] for un in rendu["ecartes"]] == [identifiant("ailleurs")]


@pytest.mark.parametrize(
    ("rouvertes", "message"),
    [
        ({"regle": "plafond"}, "n'écarte personne"),
        ({"regle": "secteur"}, "« secteur » ne se rouvre pour aucune demande"),
        ({"dossier": "autre"}, "n'est pas dans le fichier"),
        ({"motif": " "}, "dites qui rouvre et pourquoi"),
        ({"le": "demain"}, "attendu : une liste JSON"),
        ({"rang": 1}, "attendu : une liste JSON"),
    ],
)
def test_une_rouverture_fautive(tmp_path: Path, rouvertes: dict[str, Any], message: str) -> None:
    bonne = {"dossier": identifiant("riche"), "regle": "plafond_plus", "par": "A", "motif": "B", "le": "2026-11-29"}
    ecrire(tmp_path / "R.json", [bonne | rouvertes])
    fini = lancer(*commission(tmp_path, "--rouvertes", str(tmp_path / "R.json"), documents=quelques("riche")))
    _refusee(fini, message)


@pytest.mark.parametrize(
    ("logement", "message"),
    [
        ("pas du json", "n'est pas du JSON lisible"),
        ([T2_PLUS], "attendu : un logement"),
        (T2_PLUS | {"note_elu": 3}, "« note_elu » n'est pas une colonne"),
        (T2_PLUS | {"typologie": "T9"}, "colonne typologie"),
        (T2_PLUS | {"surface_habitable": "grand"}, "n'est pas un nombre"),
        (T2_PLUS | {"surface_habitable": [3]}, "attendu un texte, un nombre, ou rien"),
        (T2_PLUS | {"code_insee": None}, "il manque code_insee"),
    ],
)
def test_un_logement_fautif(tmp_path: Path, logement: Any, message: str) -> None:
    _refusee(lancer(*commission(tmp_path, logement=logement, documents=quelques("simple"))), message)


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ("[", "n'est pas du JSON lisible"),
        ({"id": "x"}, "attendu : une liste JSON de dossiers"),
        ([{"id": "x"}], "dossier 1"),
        ([3], "attendu : un dossier"),
        ([{"id": "x", "territoire": "y"}] * 2, "déjà plus haut"),
    ],
)
def test_des_dossiers_fautifs(tmp_path: Path, documents: Any, message: str) -> None:
    _refusee(lancer(*commission(tmp_path, documents=documents)), message)


def test_un_territoire_inconnu(tmp_path: Path) -> None:
    _refusee(lancer(*commission(tmp_path, territoire="nulle-part", documents=[])), "nulle-part")


def test_la_liste_peut_porter_son_nom(tmp_path: Path) -> None:
    nommee = rendre(*commission(tmp_path, "--json", documents={"dossiers": quelques("simple")}))
    assert nommee == rendre(*commission(tmp_path, "--json", documents=quelques("simple")))


def test_personne(tmp_path: Path) -> None:
    rendu = rendre(*commission(tmp_path, "--json", documents=[]))
    assert (rendu["candidats"], rendu["ecartes"]) == ([], [])


def test_les_formes_du_tableur_se_lisent(tmp_path: Path) -> None:
    """Décimale à virgule, code en minuscules, oui ou non en booléen, case vide."""
    logement = T2_PLUS | {
        "surface_habitable": "45,5",
        "typologie": "t2",
        "en_qpv": False,
        "residence": "",
        "etage": None,
    }
    tordu = rendre(*commission(tmp_path, "--json", logement=logement, documents=quelques("simple")))
    assert tordu == rendre(*commission(tmp_path, "--json", documents=quelques("simple")))


def test_sans_grille_et_sans_cases(tmp_path: Path) -> None:
    nu = {"ref_bailleur": "N-1", "code_insee": "99901", "financement": "AUTRE"}
    commande = commission(tmp_path, "--json", logement=nu, documents=quelques("simple"), territoire="metropole-essai")
    rendu = rendre(*commande)
    assert rendu["candidats"][0]["points"] is None
    assert rendu["candidats"][0]["intervalle"] == {"min": None, "max": None}
    dits = " ".join(rendu["avertissements"])
    assert "Aucune grille ne vaut" in dits
    assert "« AUTRE », que Perron ne connaît pas" in dits
    assert "ne dit pas « typologie »" in dits


def _refusee(fini: Any, message: str) -> None:
    assert fini.returncode == 2
    assert message in " ".join(fini.stderr.split())
    assert "Traceback" not in fini.stderr
    assert fini.stdout == ""
