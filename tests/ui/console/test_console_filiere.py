"""« filiere » : ce que demande la filière, ce qui manque, ce qui se contredit ; « imprimer --fiche note-sociale »."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from outils_console import lancer

ELLE: dict[str, Any] = {
    "id": "01a20192-b44e-73b4-baf3-9c43df7d0806",
    "territoire": "metropole-exemple",
    "schema": 1,
    "cree_le": "2026-11-30T09:00:00+01:00",
    "logement_actuel": {"statut": "chez_particulier", "lien_hebergeant": "ami"},
    "demande": {"motifs": {"coches": ["handicap"], "clos": True}},
    "dalo": {"labellise_pdalhpd": False},
}


def dossier(ou: Path, **autres: Any) -> str:
    (ou / "elle.json").write_text(json.dumps(ELLE | autres), encoding="utf-8")
    return str(ou / "elle.json")


def test_ce_que_demande_la_filiere_et_ce_qui_se_contredit(tmp_path: Path) -> None:
    rendu = lancer("filiere", dossier(tmp_path), "--date", "2026-11-30", "--json")
    assert rendu.returncode == 0
    lu = json.loads(rendu.stdout)
    assert set(lu) == {"territoire", "date", "fictif", "remarque", "demandes", "incoherences"}
    assert {une["id"]: une["connue"] for une in lu["demandes"]} == {
        "label": True,
        "note_sociale": True,
        "evaluation": False,
    }
    assert [une["id"] for une in lu["incoherences"]] == ["priorite-sans-label", "sans-toit-sans-motif"]
    assert set(lu["incoherences"][0]) == {"id", "phrase", "revoir", "article", "a_valider"}


def test_un_territoire_reel_montre_tout_manquant(tmp_path: Path) -> None:
    rendu = lancer("filiere", dossier(tmp_path), "--territoire", "toulouse-metropole", "--date", "2026-11-30")
    assert rendu.returncode == 0
    assert rendu.stdout.count("n'est pas connu") == 3
    assert "Qui le sait" in rendu.stdout
    assert max(map(len, rendu.stdout.splitlines())) <= 80
    manque = lancer("verifier-territoire", "toulouse-metropole")
    assert "Filière des priorités" in manque.stdout


def test_rien_de_protege_n_y_entre(tmp_path: Path) -> None:
    sans = lancer("filiere", dossier(tmp_path), "--date", "2026-11-30", "--json").stdout
    avec = dossier(
        tmp_path,
        demande={"motifs": {"coches": ["handicap", "violences"], "clos": True}, "mariage_force": True},
        protection={"auteur": "conjoint"},
        triage={"peur_au_domicile": True, "idees_suicidaires": True},
    )
    assert lancer("filiere", avec, "--date", "2026-11-30", "--json").stdout == sans


def test_la_note_sociale_s_imprime_et_pas_d_un_dossier_discret(tmp_path: Path) -> None:
    sortie = tmp_path / "note.pdf"
    rendu = lancer("imprimer", dossier(tmp_path), "--fiche", "note-sociale", "--sortie", str(sortie))
    assert (rendu.returncode, rendu.stdout.strip()) == (0, str(sortie))
    sortie.unlink()
    rendu = lancer(
        "imprimer", dossier(tmp_path, protection={"discret": True}), "--fiche", "note-sociale", "--sortie", str(sortie)
    )
    assert rendu.returncode == 2
    assert not sortie.exists()
