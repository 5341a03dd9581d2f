"""Rapprocher un nom : reconnu, ressemblant, ou « peut-être » ; jamais « dans aucune »."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.residences import rapprochement
from modele.residences.ailleurs import ailleurs
from modele.residences.listes import Lieu
from modele.residences.rapprochement import Sort, mots, rapprocher

TILLEULS = Lieu("tilleuls", "Résidence Les Tilleuls", "99901", legale=True, adresse="12 avenue du Gué")
MARTIN = Lieu("martin", "Saint-Martin bâtiment B", "99901", legale=True)
AILLEURS_ = Lieu("autre", "Les Tilleuls", "99902", legale=True)
VEILLE = Lieu("veille", "La Garenne", "99901", legale=False)
QUARTIER = Lieu("quartier", "Quartier un", "99901", legale=False, code_qpv="QN99901X")
TOT = date(2026, 12, 1)
LIEUX = (TILLEULS, MARTIN, AILLEURS_, VEILLE, QUARTIER)


def ou(nom: str | None = None, commune: str | None = "99901", **dits: Any) -> rapprochement.Rapprochement:
    return rapprocher({"residence": nom, "code_insee": commune, **dits}, LIEUX)


@pytest.mark.parametrize(
    ("nom", "lieu"),
    [
        ("LES TILLEULS", TILLEULS),
        ("rés. les tilleuls", TILLEULS),
        ("Résid. Les  Tilleuls", TILLEULS),
        ("St Martin bât. B", MARTIN),
        ("st-martin, bat b", MARTIN),
        ("La Garenne", VEILLE),
    ],
)
def test_casse_accents_abreviations_ne_changent_pas_un_nom(nom: str, lieu: Lieu) -> None:
    assert ou(nom).reconnus == (lieu,)
    assert ou(nom).sort is Sort.RECONNUE
    assert ou(nom).legale == (lieu if lieu.legale else None)


def test_l_adresse_reconnait_un_nom_qui_manque() -> None:
    assert ou(None, adresse="12, av. du Gue").reconnus == (TILLEULS,)
    assert ou(None, adresse="14 avenue du Gué").reconnus == ()


def test_deux_villes_ont_chacune_leurs_tilleuls() -> None:
    assert ou("Les Tilleuls", "99902").reconnus == (AILLEURS_,)
    sans = ou("Les Tilleuls", None)
    assert sans.reconnus == ()
    assert sans.ressemblants == (TILLEULS, AILLEURS_)


@pytest.mark.parametrize("nom", ["Les Tilleuls bâtiment A", "Tilleuls", "Les Tileuls"])
def test_ce_qui_ressemble_se_propose_et_ne_se_choisit_pas(nom: str) -> None:
    assert ou(nom).reconnus == ()
    assert ou(nom).ressemblants == (TILLEULS,)
    assert ou(nom).sort is Sort.RESSEMBLANTE


@pytest.mark.parametrize("nom", ["Tour Zénith", "", None, "  ", "?"])
def test_ce_qui_n_est_pas_reconnu_est_peut_etre(nom: str | None) -> None:
    assert ou(nom).sort is Sort.PEUT_ETRE
    assert rapprocher({}, LIEUX).sort is Sort.PEUT_ETRE


def test_un_quartier_reconnu_ne_dit_rien_de_la_residence() -> None:
    dans = ou("Tour Zénith", code_qpv="qn99901x")
    assert dans.reconnus == (QUARTIER,)
    assert dans.sort is Sort.PEUT_ETRE
    assert dans.legale is None


def test_un_nom_fait_du_seul_mot_residence_reste_un_nom() -> None:
    assert mots("Résidence") == ("residence",)
    assert mots("Résidence du Parc") == ("du", "parc")


@given(st.text(max_size=40), st.sampled_from(["99901", "99902", "99903", ""]))
def test_jamais_dans_aucune(nom: str, commune: str) -> None:
    """Il n'y a pas de quatrième sort, et un nom reconnu l'est dans sa seule commune."""
    lu = ou(nom, commune)
    assert lu.sort in (Sort.RECONNUE, Sort.RESSEMBLANTE, Sort.PEUT_ETRE)
    assert all(un.commune == commune for un in lu.reconnus if not un.quartier)
    assert not set(lu.reconnus) & set(lu.ressemblants)


def test_le_mutant_qui_reconnait_ce_qui_ressemble_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        rapprochement, "_memes", lambda lieu, nom, _adresse: rapprochement._proches(nom, mots(lieu.nom))
    )
    with pytest.raises(AssertionError):
        test_ce_qui_ressemble_se_propose_et_ne_se_choisit_pas("Tilleuls")


def test_l_offre_ailleurs_le_premier_libre_d_abord() -> None:
    logements = [
        {"ref_bailleur": "sans-date", "residence": "Tour Zénith", "code_insee": "99901"},
        {"ref_bailleur": "tard", "residence": "Le Pré", "code_insee": "99902", "date_disponibilite": date(2026, 12, 9)},
        {"ref_bailleur": "liste", "residence": "rés. les tilleuls", "code_insee": "99901"},
        {"ref_bailleur": "tot", "residence": "La Garenne", "code_insee": "99901", "date_disponibilite": TOT},
        {"ref_bailleur": "presque", "residence": "Tilleuls", "code_insee": "99901"},
    ]  # fmt: skip
    gardes = ailleurs(logements, LIEUX)
    assert [un.logement["ref_bailleur"] for un in gardes] == ["tot", "tard", "sans-date", "presque"]
    assert gardes[-1].ou.sort is Sort.RESSEMBLANTE
    assert {un.ou.sort for un in gardes} == {Sort.PEUT_ETRE, Sort.RESSEMBLANTE}
