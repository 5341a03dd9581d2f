"""Le disque : un fichier s'écrit entier ou pas du tout, et chaque refus se dit en français."""

from __future__ import annotations

import os
import stat
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


def test_plusieurs_fichiers_s_ecrivent_tous_ou_aucun(tmp_path: Path) -> None:
    """Un dossier porte le nom du second : le premier ne reste pas, et l'ancien premier n'a pas bougé."""
    (tmp_path / "occupe").mkdir()
    ancien, neuf = tmp_path / "ancien", tmp_path / "neuf"
    ancien.write_bytes(b"ancien")
    with pytest.raises(ErreurUtilisateur, match=r"occupe : .*c'est un dossier"):
        disque.ecrire_ensemble({ancien: b"a", neuf: b"n", tmp_path / "occupe": b"o"})
    assert {un.name for un in tmp_path.iterdir()} == {"ancien", "occupe"}
    assert ancien.read_bytes() == b"ancien"
    disque.ecrire_ensemble({ancien: b"a", neuf: b"n"}, prive=True)
    assert (ancien.read_bytes(), neuf.read_bytes()) == (b"a", b"n")


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


def test_un_fichier_prive_n_est_lisible_que_de_nous_des_le_premier_octet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vus: list[int] = []
    sur_le_disque = os.fsync

    def regarder(descripteur: int) -> None:
        vus.append(stat.S_IMODE(os.fstat(descripteur).st_mode))
        sur_le_disque(descripteur)

    monkeypatch.setattr(os, "fsync", regarder)
    disque.ecrire(tmp_path / "a.pdf", b"%PDF", prive=True)
    assert [*vus, stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode)] == [0o600, 0o600]


def test_un_fichier_demesure_est_refuse_sans_etre_lu_en_entier(tmp_path: Path) -> None:
    """Un fichier creux de deux gibioctets ne prend ni la mémoire, ni le temps."""
    with (tmp_path / "creux.json").open("wb") as creux:
        creux.truncate(2 << 30)
    for lecture in (disque.lire, disque.lire_octets):
        with pytest.raises(ErreurUtilisateur, match="fichier refusé, il pèse plus de"):
            lecture(tmp_path / "creux.json")
    (tmp_path / "juste").write_bytes(b"x" * 10)
    assert disque.lire_octets(tmp_path / "juste", 10) == b"x" * 10
    with pytest.raises(ErreurUtilisateur):
        disque.lire_octets(tmp_path / "juste", 9)


def test_les_fins_de_ligne_de_windows_et_de_mac_se_lisent_comme_les_autres(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"un\r\ndeux\rtrois\n")
    assert disque.lire(tmp_path / "a") == "un\ndeux\ntrois\n"
