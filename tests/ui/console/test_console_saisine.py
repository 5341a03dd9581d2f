"""« saisine » et « cases-formulaire » : le brouillon, la lettre, le formulaire rempli, et chaque refus en français."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from outils_console import RACINE, lancer

sys.path.append(str(RACINE / "tests" / "impressions"))
from formulaires_fictifs import CASES, pdf_fictif, tenu

from modele.orientation.formulaires import ecrire_table

ELLE: dict[str, Any] = {
    "id": "01a20192-b44e-73b4-baf3-9c43df7d0806",
    "territoire": "metropole-exemple",
    "schema": 1,
    "cree_le": "2026-11-30T09:00:00+01:00",
    "demandeur": {"nom": "Lefèvre", "prenoms": "Zoé", "nationalite": "hors_union_europeenne"},
    "logement_actuel": {"statut": "sans_abri"},
}


@pytest.fixture
def ou(tmp_path: Path) -> Path:
    (tmp_path / "elle.json").write_text(json.dumps(ELLE), encoding="utf-8")
    (tmp_path / "officiel.pdf").write_bytes(pdf_fictif())
    table = tenu().table
    assert table is not None
    (tmp_path / "table.toml").write_bytes(ecrire_table(table))
    return tmp_path


def saisir(ou: Path, *autres: str, dossier: str = "elle.json") -> Any:
    return lancer("saisine", str(ou / dossier), "--sortie", str(ou / "s.pdf"), "--date", "2026-11-30", *autres)


def test_le_brouillon_et_la_lettre(ou: Path) -> None:
    for papier in ("brouillon", "lettre"):
        rendu = saisir(ou, "--recours", "dalo", "--papier", papier)
        assert (rendu.returncode, rendu.stdout.strip(), rendu.stderr) == (0, str(ou / "s.pdf"), "")
        assert (ou / "s.pdf").read_bytes().startswith(b"%PDF-")


def test_avant_un_daho_la_phrase_se_dit(ou: Path) -> None:
    rendu = saisir(ou, "--recours", "daho")
    assert rendu.returncode == 0
    assert rendu.stderr.strip() == "Ce dossier va aux services de l'État. Une association peut aider."


def test_le_formulaire_rempli_se_relit(ou: Path) -> None:
    charge = ("--papier", "formulaire", "--formulaire", str(ou / "officiel.pdf"), "--table", str(ou / "table.toml"))
    rendu = saisir(ou, "--recours", "dalo", "--motif", "dalo-2", *charge)
    assert (rendu.returncode, rendu.stderr) == (0, "")
    with pikepdf.open(io.BytesIO((ou / "s.pdf").read_bytes())) as pdf:
        lus = {un.fully_qualified_name: un.value_as_string for un in pdf.acroform.fields}
    assert lus["Nom de naissance"] == "Lefèvre"
    assert rendu.stdout.strip() == str(ou / "s.pdf")


@pytest.mark.parametrize(
    ("arguments", "dit"),
    [
        (("--recours", "dahlo"), "n'est pas un recours"),
        (("--recours", "dalo", "--papier", "affiche"), "attendu brouillon, lettre, formulaire"),
        (("--recours", "dalo", "--papier", "formulaire"), "--formulaire LE_PDF_OFFICIEL.pdf"),
        (("--recours", "dalo", "--motif", "dalo-22"), "vouliez-vous"),
        (
            ("--recours", "dalo", "--papier", "formulaire", "--formulaire", "absent.pdf", "--table", "t"),
            "ne se lit pas",
        ),
    ],
    ids=["recours", "papier", "sans pdf", "motif", "pdf absent"],
)
def test_ce_qui_ne_va_pas_se_refuse_sans_rien_ecrire(ou: Path, arguments: tuple[str, ...], dit: str) -> None:
    rendu = saisir(ou, *arguments)
    assert (rendu.returncode, rendu.stdout) == (2, "")
    assert dit in rendu.stderr
    assert "Traceback" not in rendu.stderr
    assert not (ou / "s.pdf").exists()


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (pdf_fictif(cases=False), "aucune case à remplir"),
        (pdf_fictif("15036*02"), "Une autre version"),
        (pdf_fictif()[:9_000], "abîmé"),
        (pdf_fictif(motdepasse="secret"), "mot de passe"),
        (b"rien", "n'est pas un PDF"),
    ],
    ids=["sans cases", "autre version", "abime", "chiffre", "pas un pdf"],
)
def test_un_mauvais_pdf_se_refuse_en_francais(ou: Path, octets: bytes, dit: str) -> None:
    (ou / "autre.pdf").write_bytes(octets)
    table = tenu(empreinte="").table
    assert table is not None
    (ou / "table.toml").write_bytes(ecrire_table(table))
    charge = ("--papier", "formulaire", "--formulaire", str(ou / "autre.pdf"), "--table", str(ou / "table.toml"))
    rendu = saisir(ou, "--recours", "dalo", *charge)
    assert (rendu.returncode, rendu.stdout) == (2, "")
    assert dit in rendu.stderr
    assert not (ou / "s.pdf").exists()


def test_un_dossier_discret_ne_laisse_pas_de_fichier(ou: Path) -> None:
    cachee = ELLE | {"protection": {"discret": True}}
    (ou / "cachee.json").write_text(json.dumps(cachee), encoding="utf-8")
    rendu = saisir(ou, "--recours", "dalo", dossier="cachee.json")
    assert rendu.returncode == 2
    assert "ne laisse pas de fichier" in rendu.stderr
    assert not (ou / "s.pdf").exists()


def test_les_cases_d_un_pdf_se_listent(ou: Path) -> None:
    rendu = lancer("cases-formulaire", str(ou / "officiel.pdf"), "--json")
    assert rendu.returncode == 0
    lu = json.loads(rendu.stdout)
    assert set(lu) == {"numeros", "empreinte", "pages", "cases"}
    assert lu["numeros"] == ["15036*01"]
    assert {une.pdf for une in CASES} <= {une["pdf"] for une in lu["cases"]}
    assert set(lu["cases"][0]) == {"pdf", "sorte", "page", "etats", "dit"}
    dit = lancer("cases-formulaire", str(ou / "officiel.pdf")).stdout
    assert "page 1 · texte · Prénoms : Prénoms du demandeur" in dit
    rendu = lancer("cases-formulaire", str(ou / "elle.json"))
    assert (rendu.returncode, rendu.stdout) == (2, "")
    assert "n'est pas un PDF" in rendu.stderr
