"""Les listes d'un territoire : ce qui est dit a sa source, ce qui manque dit qui l'a ; rien n'y est inventé."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from modele.chargement import charger_regles
from modele.regles.fautes import FichierFautif
from modele.regles.lecture import lire_texte
from modele.residences.droit import droit, lire_droit
from modele.residences.listes import LEGALE, SURVEILLEE, Liste, Residences, lire_residences
from ressources import RESSOURCES

TEXTE = (RESSOURCES / "national" / "residences.toml").read_text(encoding="utf-8")
DATEE = 'format = 1\nfictif = true\n[[liste]]\nsorte = "legale"\ndu = 2025-01-15\n'
SURVEILLE = '[[liste]]\nsorte = "surveillee"\ndu = 2025-01-15\n'


def lues(tmp_path: Path, texte: str) -> Residences:
    fichier = tmp_path / "residences.toml"
    fichier.write_text(texte, encoding="utf-8")
    return lire_residences(fichier)


@pytest.mark.parametrize("territoire", ["toulouse-metropole", "clermont-auvergne-metropole"])
def test_rien_n_est_invente_d_un_territoire_reel(territoire: str) -> None:
    dites = charger_regles(territoire).territoire.residences
    assert (dites.lieux, dites.fictif) == ((), False)
    assert {une.sorte for une in dites.listes} == {LEGALE, SURVEILLEE}
    for une in dites.listes:
        assert not une.connue
        assert une.a_remplir_par


def test_le_territoire_d_essais_a_ses_deux_listes() -> None:
    dites = charger_regles("metropole-essai").territoire.residences
    assert dites.fictif
    par_id = {un.id: un for un in dites.lieux}
    assert par_id["verger-long"].legale
    assert not par_id["verger-long"].quartier
    assert par_id["quartier-un"].quartier
    assert not par_id["quartier-un"].legale
    assert dites.de(par_id["quartier-un"]).sorte == SURVEILLEE
    assert dites.de(par_id["verger-long"]).du == date(2026, 1, 15)


def test_une_liste_que_le_territoire_ne_dit_pas_est_vide() -> None:
    assert Residences().liste(LEGALE) == Liste(LEGALE)


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("format = 1\n[[liste]]\nsorte = 'legale'\n", "a_remplir_par"),
        ("format = 1\n[[liste]]\nsorte = 'legale'\ndu = 2025-01-15\n", "source"),
        ("format = 1\n[[liste]]\nsorte = 'legale'\ndit = 'x'\na_remplir_par = 'y'\n", "source"),
        ("format = 1\n[[liste]]\nsorte = 'autre'\na_remplir_par = 'y'\n", "sorte"),
        (DATEE + "[[liste]]\nsorte = 'legale'\na_remplir_par = 'x'\n", "déjà dite"),
        (DATEE + "[[lieu]]\nid = 'a'\nsorte = 'surveillee'\nnom = 'A'\ncommune = '1'\n", "n'est datée"),
        (
            DATEE + "[[lieu]]\nid = 'a'\nsorte = 'legale'\nnom = 'A'\ncommune = '1'\ncode_qpv = 'QN1'\n",
            "quartier entier",
        ),
        (DATEE + "[[lieu]]\nid = 'a'\nsorte = 'legale'\nnom = 'A'\n", "commune"),
        (DATEE.replace("fictif = true\n", ""), "source"),
    ],
)
def test_une_liste_fautive_se_refuse(tmp_path: Path, texte: str, message: str) -> None:
    with pytest.raises(FichierFautif, match=message):
        lues(tmp_path, texte)


def test_une_liste_ne_se_depasse_que_datee() -> None:
    assert droit().liste.annees == 3
    liste = Liste(LEGALE, du=date(2024, 2, 29))
    assert not liste.depassee(date(2027, 2, 28))
    assert not liste.depassee(date(2027, 2, 27))
    assert liste.depassee(date(2027, 3, 1))
    assert not Liste(LEGALE).depassee(date(2099, 1, 1))


def test_un_quartier_surveille_peut_se_dire(tmp_path: Path) -> None:
    lieu = "[[lieu]]\nid = 'a'\nsorte = 'surveillee'\nnom = 'A'\ncommune = '1'\ncode_qpv = 'QN1'\n"
    (un,) = lues(tmp_path, DATEE + SURVEILLE + lieu).lieux
    assert (un.legale, un.quartier, un.du) == (False, True, date(2025, 1, 15))


@pytest.mark.parametrize(
    ("avant", "apres", "message"),
    [
        ("annees = 3\n", "", "annees"),
        ('fondement = "CCH L441-2-2"\n', "", "fondement"),
        ('bat = "batiment"', 'bat = ""', "bat"),
        ('sans_portee = ["residence", "resid", "res", "rsd"]\n', "", "sans_portee"),
        ("[part]", "[partie]", "part"),
    ],
)
def test_le_droit_fautif_se_refuse(avant: str, apres: str, message: str) -> None:
    assert avant in TEXTE
    with pytest.raises(FichierFautif, match=message):
        lire_droit(lire_texte(TEXTE.replace(avant, apres, 1), "residences.toml"))


def test_ce_que_perron_deduit_se_dit() -> None:
    assert "à faire valider" in droit().part.sourcee
    assert "à faire valider" not in droit().offre.sourcee
    assert "CCH L441-2-2" in droit().offre.sourcee
