"""Une valeur, une écriture : ce qu'un collage apporte de trop s'ôte, ce qu'une langue demande reste."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.ecriture import ecrire, ecrire_un_texte
from modele.dossier.types import Champ

# Cas public 12, et ses voisins.
COLLES = [
    ("Dup\0ont", "Dupont"),
    ("Dupont\r\nLéa", "Dupont Léa"),
    ("Dup\u200bont", "Dupont"),
    ("\u202eDupont", "Dupont"),
    ("Dupont\u2028Léa", "Dupont Léa"),
    ("Dupont\u0085Léa", "Dupont Léa"),
    ("D\u00adupont", "Dupont"),
    ("\ufeffDupont", "Dupont"),
    ("Dupont\u00a0", "Dupont"),
    ("Dupont\t\u202f Léa", "Dupont Léa"),
    ("\u2066Dupont\u2069", "Dupont"),
    ("Du\u200cpont", "Dupont"),
    ("Du\u200dpont", "Dupont"),
    ("Dupont\ufe0f\u034f\u3164", "Dupont"),
    ("Dup\ud800ont", "Dupont"),
    ("N\u2019Diaye", "N'Diaye"),
    ("O\u02bcBrien d`Arc", "O'Brien d'Arc"),
    ("Le\u0301a", "Léa"),
    ("L\u200be\u00ad\u0301a", "Léa"),
]
GARDES = [
    "می\u200cخواهم",
    "क्\u200dष",
    "محمد عبد الله",
    "Nguyễn Ngọc",
    "Þórðarson-Œuvrard",
    "ʿAlī",
    "王小明",
    "\u0661\u0600",
]


@pytest.mark.parametrize(("colle", "garde"), COLLES)
def test_ce_qu_un_collage_apporte_s_ote(colle: str, garde: str) -> None:
    """Ni saut de ligne, ni signe invisible, ni apostrophe d'un autre clavier."""
    assert ecrire_un_texte(colle) == garde


@pytest.mark.parametrize("texte", GARDES)
def test_ce_qu_une_langue_demande_se_garde(texte: str) -> None:
    """Le persan et le hindi ont besoin de leurs liants ; aucune lettre ne change."""
    assert ecrire_un_texte(texte) == texte


@pytest.mark.parametrize(
    ("forme", "tape", "garde"),
    [
        ("telephone", "+33 6 12 34 56 78", "0612345678"),
        ("telephone", "", ""),
        ("courriel", " Ines.ROUX@Exemple.FR ", "ines.roux@exemple.fr"),
        ("numero_unique", "031 0523 123456 abcde", "0310523123456ABCDE"),
        ("numero_unique", "031 0523 123456", "0310523123456"),
        ("numero_unique", " ABC 12", "ABC 12"),
        ("siret", "732 829 320 00074", "73282932000074"),
        ("insee", "2a004", "2A004"),
        ("", "  Dupont ", "Dupont"),
        ("heure", "14:30", "14:30"),
    ],
)
def test_chaque_forme_a_son_ecriture(forme: str, tape: str, garde: str) -> None:
    """Le téléphone, le numéro, le courriel."""
    assert ecrire(Champ("essai", forme=forme), tape) == garde


@pytest.mark.parametrize("valeur", [None, 3, True, {"refus": True}, {"parmi": ["a "]}])
def test_ce_qui_n_est_pas_un_texte_reste(valeur: Any) -> None:
    """Un refus, un nombre."""
    assert ecrire(Champ("essai"), valeur) is valeur
    assert ecrire(Champ("essai"), [valeur, " a "]) == [valeur, "a"]


@given(st.text(max_size=40))
def test_l_ecrire_de_nouveau_ne_change_rien(texte: str) -> None:
    """Une fois pour toutes, sur une ligne, composé."""
    ecrit = ecrire_un_texte(texte)
    assert ecrire_un_texte(ecrit) == ecrit == unicodedata.normalize("NFC", ecrit)
    assert len(ecrit.splitlines()) <= 1


@given(st.text("abcdéèçñ -'ABC", max_size=40))
def test_un_texte_ordinaire_ne_perd_que_ses_blancs(texte: str) -> None:
    """Aucune lettre n'en part."""
    assert ecrire_un_texte(texte).replace(" ", "") == texte.replace(" ", "")
