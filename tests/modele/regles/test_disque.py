"""Le disque : un fichier s'écrit entier ou pas du tout, et chaque refus se dit en français."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from modele.regles import disque
from modele.regles.fautes import ErreurUtilisateur


def test_un_fichier_ecrit_se_relit_marque_d_ordre_comprise(tmp_path: Path) -> None:
    """Le bloc-notes de Windows écrit une marque en tête : elle n'est pas du texte."""
    disque.ecrire(tmp_path / "a.toml", b"\xef\xbb\xbfformat = 1")
    assert disque.lire(tmp_path / "a.toml") == "format = 1"


@pytest.mark.parametrize(
    ("nom", "octets", "phrase"),
    [
        ("absent", None, "ce fichier n'existe pas"),
        ("latin", b"\xe9", "n'est pas du texte UTF-8"),
        (".", None, "c'est un dossier, pas un fichier"),
    ],
)
def test_une_lecture_impossible_se_dit(tmp_path: Path, nom: str, octets: bytes | None, phrase: str) -> None:
    """Le chemin et le remède sont dans la phrase."""
    if octets is not None:
        (tmp_path / nom).write_bytes(octets)
    with pytest.raises(ErreurUtilisateur, match=phrase):
        disque.lire(tmp_path / nom)


@pytest.mark.parametrize(("nom", "phrase"), [("absent/a.pdf", "n'existe pas"), ("occupe", "c'est un dossier")])
def test_une_ecriture_impossible_se_dit_et_ne_laisse_rien(tmp_path: Path, nom: str, phrase: str) -> None:
    """Rien ne reste à côté."""
    (tmp_path / "occupe").mkdir()
    with pytest.raises(ErreurUtilisateur, match=phrase):
        disque.ecrire(tmp_path / nom, b"%PDF")
    assert [chemin.name for chemin in tmp_path.iterdir()] == ["occupe"]


def test_un_disque_plein_garde_l_ancien_fichier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """La panne arrive au dernier moment, quand tout semble écrit."""
    cible = tmp_path / "a.pdf"
    disque.ecrire(cible, b"ancien")

    def plein(_descripteur: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", plein)
    with pytest.raises(ErreurUtilisateur, match="le disque est plein"):
        disque.ecrire(cible, b"nouveau")
    assert cible.read_bytes() == b"ancien"
    assert list(tmp_path.iterdir()) == [cible]


def test_un_refus_inconnu_se_dit_quand_meme() -> None:
    """Jamais le message du système, qui serait en anglais."""
    assert disque.raison(OSError(9999, "Weird")) == "le système a refusé"
