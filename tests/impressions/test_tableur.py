"""Un tableau pour un tableur : le même en CSV et en classeur, sans formule, les mêmes octets le même jour."""

from __future__ import annotations

import io
from datetime import datetime

import fastexcel

from impressions.tableur import en_classeur, en_csv

ENTETE = ("nom", "nombre", "part")
LIGNES = [("=1+1", 3, 0.5), ("@lien", None, 12.0), ("http://exemple", 0, 1.25)]
LE = datetime(2026, 11, 30)


def test_un_classeur_n_execute_rien() -> None:
    """Ce qui commence une formule reste un texte ; un nombre reste un nombre."""
    feuille = fastexcel.read_excel(en_classeur("Bilan", ENTETE, LIGNES, LE)).load_sheet("Bilan").to_polars()
    assert feuille.columns == list(ENTETE)
    assert feuille["nom"].to_list() == ["=1+1", "@lien", "http://exemple"]
    assert feuille["nombre"].to_list() == [3, None, 0]


def test_le_meme_jour_donne_les_memes_octets() -> None:
    assert en_classeur("Bilan", ENTETE, LIGNES, LE) == en_classeur("Bilan", ENTETE, LIGNES, LE)


def test_mutant_une_formule_dans_un_classeur() -> None:
    """Le texte est écrit comme texte dans l'archive, jamais dans une balise de formule."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(en_classeur("Bilan", ENTETE, LIGNES, LE))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_un_csv_a_la_francaise() -> None:
    assert en_csv(ENTETE, LIGNES).decode("utf-8-sig").splitlines()[1] == "'=1+1;3;0,5"
