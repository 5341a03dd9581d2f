"""Ajouter une question, un fait qui s'en déduit, une ligne de grille et une voie : des données, aucun Python.

L'épreuve se fait sur une copie de Perron, par les commandes, comme le ferait qui tient une grille.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from outils_console import GRILLE, RACINE, lancer, rendre

QUESTION = """
[[section.question]]
id = "arrivee_proche"
champ = "demandeur.jours_par_mois"
dire = "Combien de jours par mois êtes-vous chez vous ?"
officiel = "Jours par mois au domicile"
si = { non = { fait = "sans_logement" } }

# ----------------------------------------------------------------------------------------------------
[[section]]
id = "codemandeur"
"""
FAIT = """
[[fait_derive]]
id = "rarement_chez_soi"
type = "booleen"
definition = "Rarement chez soi, sans être hébergé par un tiers"
fondement = "Essai"
source = "Essai"
confiance = "M"
verifie_le = 2026-11-22
si = { tous = [
    { fait = "demandeur.jours_par_mois", au_plus = 10 },
    { non = { fait = "logement_actuel.statut", dans_groupe = "heberge_tiers" } },
] }
"""
LIGNE = """
[[rubrique]]
id = "essai"
libelle = "Essai"
cumul = "somme"

[[rubrique.critere]]
id = "rarement"
libelle = "Rarement chez soi"
points = 7
si = { fait = "rarement_chez_soi" }
"""
VOIE = """
[[orientation]]
id = "essai"
libelle = "Voie d'essai"
urgence = "courante"
si = { fait = "rarement_chez_soi" }
fondement = "Essai"
confiance = "M"
verifie_le = 2026-11-22
source = "Essai"
gestes = ["Demandez où elle est le reste du temps."]
"""
DOSSIER: dict[str, Any] = {
    "id": "x",
    "territoire": "metropole-exemple",
    "demande": {"type": "premiere"},
    "logement_actuel": {"statut": "locataire_prive"},
}


@pytest.fixture(scope="module")
def copie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Perron, où seules des données ont changé."""
    racine = tmp_path_factory.mktemp("perron")
    shutil.copy(RACINE / "main.py", racine)
    for piece in ("modele", "ui", "impressions", "ressources"):
        shutil.copytree(RACINE / piece, racine / piece, ignore=shutil.ignore_patterns("__pycache__", "captures"))
    national = racine / "ressources" / "national"
    ajouts = {national / "faits.toml": FAIT, racine / GRILLE: LIGNE, national / "orientations.toml": VOIE}
    for fichier, ajout in ajouts.items():
        fichier.write_text(fichier.read_text(encoding="utf-8") + ajout, encoding="utf-8")
    questions, apres = national / "questionnaire.toml", '[[section]]\nid = "codemandeur"\n'
    texte = questions.read_text(encoding="utf-8")
    assert texte.count(apres) == 1
    questions.write_text(texte.replace(apres, QUESTION.lstrip()), encoding="utf-8")
    return racine


def commander(copie: Path, commande: str, tmp_path: Path, **reponses: Any) -> Any:
    chemin = tmp_path / "dossier.json"
    chemin.write_text(json.dumps(DOSSIER | reponses), encoding="utf-8")
    return rendre(commande, str(chemin), "--date", "2026-11-23", "--json", racine=copie)


def ligne(note: Any) -> dict[str, Any]:
    criteres = {c["id"]: c for rubrique in note["rubriques"] for c in rubrique["criteres"]}
    return criteres["rarement"]


def test_le_fait_est_au_catalogue_avec_ses_champs(copie: Path) -> None:
    faits = {fait["nom"]: fait for fait in rendre("faits", "--json", racine=copie)}
    assert set(faits["rarement_chez_soi"]["champs"]) == {"demandeur.jours_par_mois", "logement_actuel.statut"}
    assert "rarement_chez_soi" in lancer("faits", racine=copie).stdout


def test_sans_reponse_la_question_se_pose_et_tout_reste_possible(copie: Path, tmp_path: Path) -> None:
    deduits = commander(copie, "faits", tmp_path)
    assert deduits["faits"]["rarement_chez_soi"] == {"etat": "inconnu", "valeur": None}
    assert "demandeur.jours_par_mois" in {question["chemin"] for question in deduits["a_demander"]}
    note = commander(copie, "coter", tmp_path)
    assert (ligne(note)["min"], ligne(note)["max"]) == (0, 7)
    assert "rarement_chez_soi" in {decisif["fait"] for decisif in note["decisifs"]}
    voies = {voie["id"]: voie for voie in commander(copie, "orienter", tmp_path)["orientations"]}
    assert (voies["essai"]["etat"], voies["essai"]["a_demander"]) == ("possible", ["rarement_chez_soi"])


@pytest.mark.parametrize(("jours", "points"), [(5, 7), (25, 0)])
def test_une_reponse_change_le_fait_la_note_et_la_voie(copie: Path, tmp_path: Path, jours: int, points: int) -> None:
    reponse = {"demandeur": {"jours_par_mois": jours}}
    fait = commander(copie, "faits", tmp_path, **reponse)["faits"]["rarement_chez_soi"]
    assert fait == {"etat": "connu", "valeur": bool(points)}
    rendue = ligne(commander(copie, "coter", tmp_path, **reponse))
    assert (rendue["min"], rendue["max"]) == (points, points)
    voies = {voie["id"]: voie["etat"] for voie in commander(copie, "orienter", tmp_path, **reponse)["orientations"]}
    assert voies.get("essai") == ("retenue" if points else None)


def test_une_faute_du_fichier_des_faits_se_dit_avec_sa_ligne(copie: Path) -> None:
    fichier = copie / "ressources" / "national" / "faits.toml"
    bon = fichier.read_text(encoding="utf-8")
    fautif = bon.replace('dans_groupe = "heberge_tiers" } }', 'dans_groupe = "heberge_tier" } }')
    fichier.write_text(fautif, encoding="utf-8")
    fini = lancer("faits", racine=copie)
    fichier.write_text(bon, encoding="utf-8")
    assert (fini.returncode, fini.stdout) == (2, "")
    assert "faits.toml, ligne " in fini.stderr
    assert "vouliez-vous « heberge_tiers »" in fini.stderr
