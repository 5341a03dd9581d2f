"""Les commandes en vrais processus : ce qu'elles rendent, et chaque faute de l'utilisateur dite en français."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from outils_console import GRILLE, RACINE, lancer, lancer_a_froid, rendre

# Les mots anglais que laisseraient passer Python, la bibliothèque de commandes ou le système.
ANGLAIS = re.compile(
    r"Traceback|\bErrors?\b|\bUsage\b|Missing|\binvalid\b|No such|unexpected|\bexpected|denied"
    r"|\bOptions:|directory|arguments?:|Commands:|Show this"
)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un dossier d'exemple livré, sans abri, avec une demande datée."""
    exemples = json.loads((RACINE / "ressources/exemples/dossiers.json").read_text(encoding="utf-8"))
    document = next(d for d in exemples if d.get("logement_actuel", {}).get("statut") == "sans_abri")
    document["demande"] = {"deja_enregistree": True, "date_reception": "2025-11-10", "numero_unique": "EXEMPLE1"}
    chemin = tmp_path_factory.mktemp("dossiers") / "dossier.json"
    chemin.write_text(json.dumps(document), encoding="utf-8")
    return chemin


def test_coter_rend_la_note_expliquee(dossier: Path) -> None:
    note = rendre("coter", str(dossier), "--date", "2026-11-23", "--json")
    assert note["grille"] == "exemple-2026-primo"
    assert note["statut"] == "exemple"
    assert note["total"] == note["declaree"]
    assert note["verifiee"]["min"] <= note["declaree"]["max"]
    criteres = {c["id"]: c for r in note["rubriques"] for c in r["criteres"]}
    assert criteres["anciennete-mois"]["min"] == criteres["anciennete-mois"]["max"] == 12
    assert criteres["anciennete-mois"]["regle"].startswith("1 point par mois")
    assert "12 mois" in criteres["anciennete-mois"]["constat"]
    for critere in criteres.values():
        assert {"constat", "regle", "non_compte", "preuve", "pieces", "reference"} <= critere.keys()
    assert set(note["hors_cotation"]) == {"certains", "possibles"}


def test_coter_se_lit_dans_80_colonnes(dossier: Path) -> None:
    fini = lancer("coter", str(dossier), "--date", "2026-11-23")
    assert fini.returncode == 0
    assert max(len(ligne) for ligne in fini.stdout.splitlines()) <= 80
    assert "Estimation non opposable" in fini.stdout


def test_coter_sans_grille_dit_qui_la_saisit(dossier: Path) -> None:
    ailleurs = ("--territoire", "clermont-auvergne-metropole", "--date", "2026-11-23")
    assert rendre("coter", str(dossier), *ailleurs, "--json")["grille"] is None
    dit = " ".join(lancer("coter", str(dossier), *ailleurs).stdout.split())
    assert "À saisir par : Clermont Auvergne Métropole" in dit


def test_coter_par_une_grille_imposee(dossier: Path) -> None:
    note = rendre("coter", str(dossier), "--grille", GRILLE, "--date", "2031-01-01", "--json")
    assert note["grille"] == "exemple-2026-primo"


def test_orienter_rend_les_voies(dossier: Path) -> None:
    rendu = rendre("orienter", str(dossier), "--date", "2026-11-23", "--json")
    assert (rendu["territoire"], rendu["date"]) == ("metropole-exemple", "2026-11-23")
    premiere = rendu["orientations"][0]
    assert premiere["id"] == "sans-abri"
    assert premiere["urgence"] == "immediate"
    assert premiere["etat"] == "retenue"
    assert premiere["gestes"]
    assert premiere["contacts"][0] == "115"
    assert {voie["etat"] for voie in rendu["orientations"]} == {"retenue", "possible"}


def test_orienter_ne_nomme_pas_une_voie_discrete_possible(dossier: Path) -> None:
    dit = lancer("orienter", str(dossier), "--date", "2026-11-23").stdout
    assert dit.count("Des questions se posent seul à seul") == 1
    assert not re.search("violence|peur|plainte|3919", dit)
    assert max(len(ligne) for ligne in dit.splitlines()) <= 80


def test_plafonds(dossier: Path) -> None:
    rendu = rendre("plafonds", "--date", "2026-06-01", "--commune", "63113", "--personnes", "3", "--json")
    assert (rendu["categorie"], rendu["zone"], rendu["plus"]) == (3, "autres_regions", 37584)
    assert {"plai", "pls", "statuts", "confiances", "remarques"} <= rendu.keys()


def test_plafonds_a_deux_lectures_les_montre_toutes_deux() -> None:
    menage = ("--date", "2026-06-01", "--commune", "63113", "--personnes", "6", "--personne-seule-avec-charge")
    dit = lancer("plafonds", *menage).stdout.replace("\u202f", " ").replace("\xa0", " ")
    assert "60 156 ou 66 866 € par an" in dit
    assert "à faire valider" in dit


def test_essayer_une_grille_sur_des_faits(tmp_path: Path) -> None:
    lignes = '{"anciennete_mois": 12, "population": "primo"}\n{"inconnu_total": 1}\n'
    fini = lancer("coter", "--grille", GRILLE, "--faits", "-", "--date", "2026-11-23", "--json", entree=lignes)
    assert fini.returncode == 0, fini.stderr
    premier, second = (json.loads(ligne) for ligne in fini.stdout.splitlines())
    anciennete = next(r for r in premier["rubriques"] if r["id"] == "anciennete")
    assert anciennete["criteres"][0]["min"] == 12
    assert "inconnu_total" in second["erreur"]


def test_verifier_grille_et_faits() -> None:
    assert "grille valable" in lancer("verifier-grille", GRILLE).stdout
    noms = {fait["nom"] for fait in rendre("faits", "--json")}
    assert {"anciennete_mois", "personne.age", "suroccupation", "demande.date_reception"} <= noms


def test_imprimer(dossier: Path, tmp_path: Path) -> None:
    sortie = tmp_path / "papier.pdf"
    fini = lancer("imprimer", str(dossier), "--fiche", "115", "--sortie", str(sortie), "--date", "2026-11-23")
    assert fini.returncode == 0, fini.stderr
    assert sortie.read_bytes().startswith(b"%PDF")


def test_imprimer_nomme_ce_qu_aucune_police_n_ecrit(dossier: Path, tmp_path: Path) -> None:
    """Sur la sortie d'erreur ; le papier s'écrit quand même, un blanc à remplir à la place."""
    document = json.loads(dossier.read_text(encoding="utf-8"))
    document.setdefault("demandeur", {})["nom"] = "김"
    coreen, sortie = tmp_path / "coreen.json", tmp_path / "papier.pdf"
    coreen.write_text(json.dumps(document), encoding="utf-8")
    fini = lancer("imprimer", str(coreen), "--fiche", "resume", "--sortie", str(sortie), "--date", "2026-11-23")
    assert fini.returncode == 0
    assert fini.stdout.strip() == str(sortie)
    assert fini.stderr.startswith("Attention : aucune police d'ici n'écrit « 김 » (hangul syllable gim, U+AE40)")


def test_l_aide_est_en_francais() -> None:
    for demande in (("--aide",), ("coter", "--help"), ("plafonds", "-h")):
        fini = lancer(*demande)
        assert fini.returncode == 0
        assert not ANGLAIS.search(fini.stdout), fini.stdout


def test_un_lecteur_qui_s_en_va_ne_fait_pas_de_bruit() -> None:
    commande = f"{sys.executable} main.py faits --json | head -c 10"
    fini = subprocess.run(["sh", "-c", commande], cwd=RACINE, capture_output=True, text=True, timeout=60, check=False)
    assert fini.stderr == ""
    assert fini.stdout.startswith("[{")


# Les fautes de l'utilisateur : (arguments, ce que la phrase doit dire). « {} » : le dossier.
FAUTES = {
    "dossier absent": (("coter", "{tmp}/absent.json"), "n'existe pas"),
    "dossier illisible": (("coter", "{tmp}"), "c'est un dossier"),
    "json cassé": (("coter", "{tmp}/casse.json"), "casse.json, ligne 2"),
    "json faux": (("coter", "{tmp}/faux.json"), "faux.json, ligne 3"),
    "octets": (("coter", "{tmp}/octets.json"), "UTF-8"),
    "date folle": (("coter", "{}", "--date", "2026-02-30"), "cette date n'existe pas"),
    "date courte": (("coter", "{}", "--date", "20260230"), "AAAA-MM-JJ"),
    "territoire inconnu": (("coter", "{}", "--territoire", "metropole-exemples"), "vouliez-vous « metropole-exemple »"),
    "option inconnue": (("coter", "{}", "--territoir", "x"), "vouliez-vous « --territoire »"),
    "commande inconnue": (("cotter", "{}"), "vouliez-vous « coter »"),
    "valeur manquante": (("coter", "{}", "--date"), "--date"),
    "option manquante": (("plafonds", "--commune", "63113", "--personnes", "2"), "Il manque --date"),
    "nombre attendu": (
        ("plafonds", "--date", "2026-01-01", "--commune", "63113", "--personnes", "deux"),
        "--personnes : valeur refusée",
    ),
    "trop de mots": (("coter", "{}", "encore"), "de trop"),
    "rien à coter": (("coter",), "DOSSIER.json"),
    "faits sans grille": (("coter", "--faits", "{tmp}/x"), "--grille"),
    "commune inconnue": (
        ("plafonds", "--date", "2026-01-01", "--commune", "99999", "--personnes", "2"),
        "n'est pas le code INSEE",
    ),
    "ménage impossible": (
        ("plafonds", "--date", "2026-01-01", "--commune", "63113", "--personnes", "0"),
        "au moins une",
    ),
    "année sans table": (("plafonds", "--date", "1999-01-01", "--commune", "63113", "--personnes", "2"), "1999"),
    "fiche inconnue": (
        ("imprimer", "{}", "--fiche", "cotatio", "--sortie", "{tmp}/x.pdf"),
        "vouliez-vous « cotation »",
    ),
    "langue inconnue": (
        ("imprimer", "{}", "--fiche", "115", "--langue", "tlh", "--sortie", "{tmp}/x.pdf"),
        "« tlh » n’est pas une langue de Perron",
    ),
    "sortie impossible": (
        ("imprimer", "{}", "--fiche", "115", "--sortie", "{tmp}/nulle/part.pdf"),
        "écriture impossible",
    ),
    "grille absente": (("verifier-grille", "{tmp}/absente.toml"), "n'existe pas"),
    "grille qui est un dossier": (("verifier-grille", "{tmp}"), "c'est un dossier"),
    "faits sans dossier, sur un territoire": (("faits", "--territoire", "metropole-exemple"), "DOSSIER.json"),
    "faits sans dossier, à une date": (("faits", "--date", "2026-01-01"), "DOSSIER.json"),
    "faits d'un dossier absent": (("faits", "{tmp}/absent.json"), "n'existe pas"),
    "faits à une date folle": (("faits", "{}", "--date", "2026-02-30"), "cette date n'existe pas"),
    "démonstration sur un fichier": (("demonstration", "--sortie", "{tmp}/casse.json/ici"), "impossible"),
}


@pytest.mark.parametrize("cas", FAUTES)
def test_une_faute_se_dit_en_francais(cas: str, dossier: Path, tmp_path: Path) -> None:
    (tmp_path / "casse.json").write_text('{\n "id": ,\n}', encoding="utf-8")
    (tmp_path / "faux.json").write_text(
        '{\n "id": "x", "territoire": "metropole-exemple",\n "logement_actuel": {"statut": 12}\n}', encoding="utf-8"
    )
    (tmp_path / "octets.json").write_bytes(b"\xff\xfe\x00")
    arguments, attendu = FAUTES[cas]
    fini = lancer(*(a.replace("{tmp}", str(tmp_path)).replace("{}", str(dossier)) for a in arguments))
    assert fini.returncode == 2, fini.stdout + fini.stderr
    assert attendu in fini.stderr
    assert fini.stdout == ""
    dit = fini.stderr.replace(str(tmp_path), "")
    assert not ANGLAIS.search(dit), dit


def test_une_grille_fautive_dit_toutes_ses_fautes(dossier: Path, tmp_path: Path) -> None:
    """Chaque faute : le fichier, la ligne, la clé, le remède ; deux fautes, deux lignes."""
    bonne = (RACINE / GRILLE).read_text(encoding="utf-8")
    mauvaise = bonne.replace('cumul = "somme"', 'cumul = "some"', 1).replace("anciennete_mois", "ancienete_mois", 1)
    chemin = tmp_path / "grille.toml"
    chemin.write_text(mauvaise, encoding="utf-8")
    for commande in (("verifier-grille", str(chemin)), ("coter", str(dossier), "--grille", str(chemin))):
        fini = lancer(*commande)
        assert fini.returncode == 2
        lignes = fini.stderr.splitlines()
        assert len(lignes) >= 2
        assert all(re.match(r"grille\.toml, ligne \d+, \S+ : ", ligne) for ligne in lignes), lignes
        assert any("anciennete_mois" in ligne for ligne in lignes)
        assert any("somme" in ligne for ligne in lignes)


def test_un_territoire_inconnu_ecrit_dans_le_dossier(tmp_path: Path) -> None:
    chemin = tmp_path / "d.json"
    chemin.write_text('{"id": "x", "territoire": "toulouse-metropol"}', encoding="utf-8")
    fini = lancer("orienter", str(chemin))
    assert fini.returncode == 2
    assert "vouliez-vous « toulouse-metropole »" in fini.stderr


@pytest.mark.parametrize(
    ("arguments", "entree"),
    [(("faits",), ""), (("orienter", "absent.json"), ""), (("faits", "-", "--json"), "{}"), (("--inconnu",), "")],
    ids=["reussie", "fautive", "par-l-entree", "inconnue"],
)
def test_une_commande_chargee_d_avance_vaut_une_commande_a_froid(arguments: tuple[str, ...], entree: str) -> None:
    """Même code, mêmes sorties : ce que prouvent les épreuves vaut pour « python main.py » (``pepiniere``)."""
    chaude, froide = lancer(*arguments, entree=entree), lancer_a_froid(*arguments, entree=entree)
    assert (chaude.returncode, chaude.stdout, chaude.stderr) == (froide.returncode, froide.stdout, froide.stderr)
