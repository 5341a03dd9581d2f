"""« La maison » (documentation/maison.md) dit vrai : aucune pièce oubliée, aucun fichier nommé qui n'existe plus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
TEXTE = (RACINE / "documentation" / "maison.md").read_text(encoding="utf-8")
NOMS = re.compile(r"`([^`]+)`")


def _partie(titre: str) -> str:
    return TEXTE.split(f"\n## {titre}", 1)[1].split("\n## ", 1)[0]


def _pieces(dossier: str) -> set[str]:
    """Les paquets et les fichiers d'une maison, tels que la page les écrit."""
    connus = {un for un in (RACINE / dossier).iterdir() if not un.name.startswith("__")}
    return {f"{un.name}/" if un.is_dir() else un.name for un in connus}


@pytest.mark.parametrize("dossier", ["modele", "ui"])
def test_chaque_piece_y_est_et_rien_de_plus(dossier: str) -> None:
    """La première colonne du tableau est la liste du disque."""
    lignes = _partie(f"`{dossier}/`").splitlines()
    dites = {NOMS.findall(ligne)[0] for ligne in lignes if ligne.startswith("| `")}
    assert dites == _pieces(dossier)


def test_chaque_chemin_nomme_existe() -> None:
    """Dans une ligne, un nom seul (« mur.py ») est dans le dossier du dernier chemin dit."""
    manquent = []
    for ligne in TEXTE.splitlines():
        ou = Path()
        for nom in NOMS.findall(ligne):
            if "<" in nom or not re.fullmatch(r"[\w*./-]+(\.py|\.md|\.toml|/)|tests/[\w/]+", nom):
                continue
            chemin = Path(nom) if "/" in nom else ou / nom
            if nom.endswith(".py") and "/" in nom:
                ou = Path(nom).parent
            lieux = [RACINE, RACINE / "modele", RACINE / "ui"]
            if not any(list(lieu.glob(chemin.as_posix().rstrip("/"))) for lieu in lieux):
                manquent.append(nom)
    assert manquent == []


def test_le_chemin_d_une_reponse_tient_en_dix_lignes() -> None:
    """Dix, chacune avec un fichier."""
    lignes = [ligne for ligne in _partie("Le chemin d'une réponse").splitlines() if ligne]
    assert [ligne.split(".")[0] for ligne in lignes] == [str(rang) for rang in range(1, 11)]
    assert all(".py`" in ligne for ligne in lignes)
