"""Aucune commande n'invente un registre : où il n'y en a pas, elle le dit et ne laisse rien."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_postgresql import Postgresql
from sqlalchemy import inspect, text

from registre.base.moteur import creer_moteur
from registre.commandes import COMMANDES
from registre.programme import executer

CREENT = {"demarrer", "creer-territoire", "restaurer"}
SANS_BASE = {"installer", "openapi"}
ARGUMENTS = {
    "creer-guichet": ["nord"],
    "creer-code": ["--guichet", "nord", "--adresse", "https://registre.exemple.fr"],
    "postes": [],
    "parts-de-copie": ["un-poste"],
    "comptes": ["fermer", "un-poste", "Awa Diallo"],
    "revoquer": ["un-poste"],
    "purger": ["un-dossier"],
    "publier": ["fiche.essai", "absent"],
    "publier-reperes": ["absent.csv"],
    "informations": [],
    "formation": [],
    "inscrire-mentions": ["absent.toml"],
    "statistiques": [],
    "sauvegarder": ["copie"],
}


def test_chaque_commande_est_la() -> None:
    """Une commande de plus dit ici si elle crée, sans quoi rien ne l'éprouve."""
    assert set(COMMANDES) == set(ARGUMENTS) | CREENT | SANS_BASE


@pytest.mark.parametrize("nom", sorted(ARGUMENTS))
def test_sans_registre_la_commande_le_dit_et_ne_laisse_rien(
    nom: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "copie").write_bytes(b"la bonne sauvegarde")
    for donnees in (tmp_path / "mal tape", tmp_path):
        assert executer([nom, *ARGUMENTS[nom], "--donnees", str(donnees)]) == 2
        sortie, erreur = capsys.readouterr()
        assert (sortie, f"Aucun registre dans {donnees}" in erreur) == ("", True)
    assert [un.name for un in tmp_path.iterdir()] == ["copie"]
    assert (tmp_path / "copie").read_bytes() == b"la bonne sauvegarde"


@pytest.mark.parametrize("nom", sorted(ARGUMENTS))
def test_dans_une_base_vide_non_plus(
    nom: str,
    postgresql: Postgresql,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with postgresql.moteur.connect().execution_options(isolation_level="AUTOCOMMIT") as connexion:
        connexion.execute(text("CREATE DATABASE vide"))
    adresse = postgresql.adresse.replace("/postgres?", "/vide?")
    try:
        assert executer([nom, *ARGUMENTS[nom], "--donnees", str(tmp_path), "--base", adresse]) == 2
        assert "Aucun registre dans cette base" in capsys.readouterr().err
        moteur = creer_moteur(adresse)
        assert inspect(moteur).get_table_names() == []
        moteur.dispose()
    finally:
        with postgresql.moteur.connect().execution_options(isolation_level="AUTOCOMMIT") as connexion:
            connexion.execute(text("DROP DATABASE vide WITH (FORCE)"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (["restaurer", "mal-tape"], "n'existe pas"),
        (["restaurer", "photo.jpg"], "n'est pas une sauvegarde"),
        (["creer-territoire", "Mon CCAS"], "ne convient pas pour un territoire"),
        (["--sans-tls", "--port", "0", "--territoire", "Mon CCAS"], "ne convient pas pour un territoire"),
    ],
)
def test_celle_qui_cree_ne_cree_rien_si_ce_qu_on_lui_dit_ne_va_pas(
    arguments: list[str],
    phrase: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(b"une photo")
    assert executer([*arguments, "--donnees", str(tmp_path / "neuf")]) == 2
    assert phrase in capsys.readouterr().err
    assert [un.name for un in tmp_path.iterdir()] == ["photo.jpg"]


def test_un_dossier_ferme_le_dit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "postgresql").symlink_to(tmp_path / "postgresql")
    assert executer(["postes", "--donnees", str(tmp_path)]) == 2
    assert "registre" in capsys.readouterr().err
