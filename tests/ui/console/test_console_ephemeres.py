"""Ce qui ne s'écrit pas, en commandes : lu par les voies, absent de tout ce qui sort."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from outils_console import RACINE, lancer, rendre

from modele.dossier.documents import importer
from modele.dossier.ephemeres import ephemeres
from modele.regles.fautes import FichierFautif

JOUR = ("--date", "2026-11-29")
ORDINAIRE: dict[str, Any] = {"id": "x", "territoire": "metropole-exemple", "triage": {"toit_ce_soir": "non"}}
NOMS = tuple(chemin.partition(".")[2] for chemin in ephemeres())
VOIE = """
[[orientation]]
id = "essai-urgence"
libelle = "Voie d'essai"
urgence = "immediate"
si = { fait = "triage.idees_suicidaires" }
fondement = "essai"
confiance = "M"
verifie_le = 2026-11-29
source = "essai"
gestes = ["Geste d'essai."]
a_dire = []
a_eviter = []
pieces = []
contacts = ["15"]
fiches = []

[[orientation.echeance]]
id = "essai"
libelle = "Échéance d'essai"
duree = { jours = 2 }
confiance = "M"
"""


@pytest.fixture(scope="module")
def copie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Perron, plus une voie d'essai."""
    racine = tmp_path_factory.mktemp("perron")
    shutil.copy(RACINE / "main.py", racine)
    for piece in ("modele", "ui", "impressions", "ressources"):
        shutil.copytree(RACINE / piece, racine / piece, ignore=shutil.ignore_patterns("__pycache__", "captures"))
    orientations = racine / "ressources" / "national" / "orientations.toml"
    orientations.write_text(orientations.read_text(encoding="utf-8") + VOIE, encoding="utf-8")
    return racine


def deposer(ou: Path, **triage: Any) -> str:
    """Un dossier à lire, avec ces faits sous ``triage``."""
    chemin = ou / "dossier.json"
    chemin.write_text(json.dumps({**ORDINAIRE, "triage": {**ORDINAIRE["triage"], **triage}}), encoding="utf-8")
    return str(chemin)


def test_orienter_s_en_sert_et_ne_rend_aucune_reponse(copie: Path, tmp_path: Path) -> None:
    dit = {"idees_suicidaires": True, "peur_de": "voisin"}
    rendu = rendre("orienter", deposer(tmp_path, **dit), *JOUR, "--json", racine=copie)
    voie = {voie["id"]: voie for voie in rendu["orientations"]}["essai-urgence"]
    assert voie["etat"] == "retenue"
    assert "voisin" not in json.dumps(rendu)
    sans = rendre("orienter", deposer(tmp_path), *JOUR, "--json", racine=copie)
    assert {voie["id"]: voie["etat"] for voie in sans["orientations"]}["essai-urgence"] == "possible"
    assert rendu["seul_a_seul"] is sans["seul_a_seul"] is True


def test_imprimer_rend_le_meme_fichier_avec_ou_sans(copie: Path, tmp_path: Path) -> None:
    """L'épreuve du papier est l'absence : le PDF entier, octet pour octet, texte et métadonnées compris."""
    rendus = []
    for dit in ({"idees_suicidaires": True, "peur_de": "ex", "mis_en_cause": True}, {}):
        sortie = tmp_path / "f.pdf"
        dossier = deposer(tmp_path, **dit)
        fini = lancer("imprimer", dossier, "--fiche", "resume", "--sortie", str(sortie), *JOUR, racine=copie)
        assert fini.returncode == 0, fini.stderr
        rendus.append((sortie.read_bytes(), fini.stdout, fini.stderr))
    assert rendus[0] == rendus[1]


@pytest.mark.parametrize(
    ("triage", "emancipe", "code"),
    [
        ({"mineur_seul": True}, False, 2),
        ({"mineur_seul": True, "enceinte_ou_parent": True}, False, 0),
        ({"mineur_seul": True, "dit_majeur": True}, False, 0),
        ({"mineur_seul": True}, True, 0),
        ({}, False, 0),
    ],
)
def test_la_fiche_115_ne_se_refuse_qu_au_mineur_seul(
    tmp_path: Path, triage: dict[str, Any], emancipe: bool, code: int
) -> None:
    """Moins de 18 ans, seul, non émancipé, tous trois dits ; sinon elle sort, et dit le 119 (D1)."""
    dossier = tmp_path / "dossier.json"
    mineur = {"date_naissance": "2010-05-01", "mineur_emancipe": emancipe}
    dit = {**ORDINAIRE, "triage": {"toit_ce_soir": "non", **triage}, "demandeur": mineur}
    dossier.write_text(json.dumps(dit), encoding="utf-8")
    fini = lancer("imprimer", str(dossier), "--fiche", "115", "--sortie", str(tmp_path / "f.pdf"), *JOUR)
    assert fini.returncode == code, fini.stderr
    assert (tmp_path / "f.pdf").exists() is (code == 0)
    assert not [nom for nom in NOMS if nom in fini.stderr]


@pytest.mark.parametrize("commande", ["faits", "coter"])
def test_les_autres_commandes_rendent_la_meme_chose_avec_ou_sans(tmp_path: Path, commande: str) -> None:
    avec = lancer(commande, deposer(tmp_path, mineur_seul=True, peur_de="ex", sortie_prison=True), *JOUR, "--json")
    sans = lancer(commande, deposer(tmp_path), *JOUR, "--json")
    assert (avec.returncode, avec.stdout) == (0, sans.stdout)
    assert not [nom for nom in NOMS if nom in avec.stdout]


@pytest.mark.parametrize(
    "triage",
    [
        {"peur_de": "monsieur-temoin"},
        {"mis_en_cause": "temoin"},
        {"peur_de": {"parmi": ["temoin"]}},
        {"mineur_seul": {"entre": ["temoin", "temoin"]}},
        {"idees_suicidaires": ["temoin"]},
    ],
    ids=str,
)
def test_une_faute_ne_dit_ni_le_champ_ni_la_valeur(triage: dict[str, Any]) -> None:
    """Une erreur reste dans un journal ; elle dit la ligne, et où lire ce qui est admis."""
    texte = json.dumps({**ORDINAIRE, "triage": triage}, indent=1)
    with pytest.raises(FichierFautif) as fautif:
        importer(texte, "dossier.json")
    (faute,) = fautif.value.fautes
    assert (faute.chemin, faute.ligne) == (
        "triage",
        1 + next(r for r, un in enumerate(texte.split("\n")) if "temoin" in un or next(iter(triage)) in un),
    )
    assert not [mot for mot in ("temoin", *NOMS) if mot in str(fautif.value)]


def test_une_cle_ecrite_deux_fois_et_un_nombre_demesure_non_plus(tmp_path: Path) -> None:
    for triage in ('{"peur_de": "ex", "peur_de": "voisin"}', '{"mis_en_cause": 1e4444}'):
        chemin = tmp_path / "dossier.json"
        chemin.write_text('{"id": "x", "territoire": "metropole-exemple", "triage": ' + triage + "}")
        fini = lancer("orienter", str(chemin), *JOUR)
        assert (fini.returncode, fini.stdout) == (2, "")
        assert not [mot for mot in ("ex", "voisin", "4444", *NOMS) if mot in fini.stderr.replace("n'existe", "")]
