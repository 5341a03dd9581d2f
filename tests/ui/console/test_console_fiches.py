"""« fiches » : les clés du contrat, ce qui manque, et les refus d'« imprimer » dans une langue."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from outils_console import lancer

from modele.chargement import charger_regles
from modele.regles.langues import langues
from ui.console import fiches

DOSSIER = '{"id": "01900000-0000-7000-8000-00003f2a91bc", "territoire": "metropole-exemple"}'
CLES = {"etat", "segments", "non_traduits", "rapport_longueur", "relu_par", "relu_le", "publie_par"}


def test_chaque_fiche_dit_chaque_langue() -> None:
    rendu = lancer("fiches", "--etat", "--json")
    assert rendu.returncode == 0, rendu.stderr
    for fiche in json.loads(rendu.stdout):
        assert {"id", "sans_dossier", "discret", "securite"} <= set(fiche)
        assert list(fiche["langues"]) == list(langues())
        for mesure in fiche["langues"].values():
            assert set(mesure) >= CLES
        assert fiche["langues"]["fr"]["non_traduits"] == 0


def test_une_fiche_de_surete_manque_honnetement() -> None:
    lues = {fiche["id"]: fiche for fiche in json.loads(lancer("fiches", "--etat", "--json").stdout)}
    assert lues["115"]["langues"]["en"]["etat"] in ("absente", "non_offerte", "relue", "publiee")
    assert lues["resume"]["langues"]["en"]["non_traduits"] == 0
    dit = lancer("fiches", "--etat").stdout
    assert "Fiches de sûreté qui ne sont pas offertes" in dit
    assert "interprète par téléphone" in dit


def test_une_langue_donne_la_liste_de_son_traducteur(monkeypatch: pytest.MonkeyPatch) -> None:
    """Privée de ses pièces, elle les redemande : fichier, clé, français. Entière, elle ne redemande rien."""
    regles = charger_regles("metropole-exemple")
    sans = replace(regles, langues={"sq": replace(regles.langues["sq"], pieces={})})
    monkeypatch.setattr(fiches, "charger_regles", lambda _territoire: sans)
    dit = fiches.etat_des_fiches(None, "sq", entier=False).texte
    assert "    langues/sq/pieces.toml : titre-sejour.libelle = Titre de séjour de la liste officielle" in dit
    assert "  sq      albanais : 0" in lancer("fiches", "--langue", "sq").stdout


def test_un_papier_pour_un_service_ne_manque_a_aucune_langue() -> None:
    """La note sociale : rien à traduire, hors des comptes, et le refus dit pourquoi."""
    lues = {fiche["id"]: fiche for fiche in json.loads(lancer("fiches", "--etat", "--json").stdout)}
    note = lues.pop("note-sociale")
    assert note["pour_un_service"] is True
    assert {nom: une["etat"] for nom, une in note["langues"].items()} == {
        nom: "redigee" if nom == "fr" else "sans_objet" for nom in langues()
    }
    assert {une["non_traduits"] for une in note["langues"].values()} == {0}
    assert not any(fiche["pour_un_service"] for fiche in lues.values())
    dit = lancer("fiches", "--langue", "sq").stdout
    assert "note-sociale\n  papier pour un service, en français seulement\n" in dit
    assert f"{len(lues)} fiches, 1 langue, et 1 pour un service, en français seulement." in dit


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (("--fiche", "resume", "--langue", "prs"), "vouliez-vous « fa-AF »"),
        (("--fiche", "neutre", "--langue", "ka"), "La fiche « neutre » n’existe pas en géorgien"),
        (("--fiche", "note-sociale", "--langue", "ka"), "papier pour un service : elle ne s’imprime qu’en français"),
        (("--fiche", "resum", "--langue", "en"), "vouliez-vous « resume »"),
    ],
    ids=["langue inconnue", "sûreté sans traduction", "papier pour un service", "fiche inconnue"],
)
def test_un_refus_est_une_phrase_et_aucun_fichier(arguments: tuple[str, ...], phrase: str, tmp_path: Path) -> None:
    dossier, sortie = tmp_path / "d.json", tmp_path / "x.pdf"
    dossier.write_text(DOSSIER, encoding="utf-8")
    rendu = lancer("imprimer", str(dossier), *arguments, "--sortie", str(sortie))
    assert rendu.returncode == 2
    assert phrase in rendu.stderr
    assert "Traceback" not in rendu.stderr
    assert not sortie.exists()


def test_avec_le_francais_a_cote(tmp_path: Path) -> None:
    dossier, sortie = tmp_path / "d.json", tmp_path / "x.pdf"
    dossier.write_text(DOSSIER, encoding="utf-8")
    options = ("--fiche", "resume", "--langue", "en", "--avec-francais", "--sortie", str(sortie))
    assert lancer("imprimer", str(dossier), *options).returncode == 0
    assert sortie.read_bytes().startswith(b"%PDF")
