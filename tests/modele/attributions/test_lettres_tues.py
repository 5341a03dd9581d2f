"""La lettre d'une priorité ne se garde pas : g et i disent une violence (norme « La sûreté des personnes », 2 et 9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from fichiers_bailleurs import ATTRIBUTIONS, UNE_ATTRIBUTION, en_csv

from modele.attributions import import_bailleur
from modele.attributions.colonnes import FichierDe
from modele.attributions.droit import droit
from modele.attributions.import_bailleur import EssaiBailleur, essayer

JOUR = date(2026, 11, 27)
COLONNE = "priorite_l441_1"


def essaye(lettre: str) -> EssaiBailleur:
    ecrite = f'"{lettre}"' if ";" in lettre else lettre
    octets = en_csv([{**UNE_ATTRIBUTION, COLONNE: ecrite}]).encode()
    return essayer(octets, FichierDe.ATTRIBUTIONS, None, JOUR)


def gardee(lettre: str) -> object:
    return essaye(lettre).table[COLONNE][0]


def aucune_ne_se_lit() -> None:
    assert {gardee(lettre) for lettre in droit().quart.lettres} == {"OUI"}
    entier = essayer(ATTRIBUTIONS.read_bytes(), FichierDe.ATTRIBUTIONS, None, JOUR).table
    assert set(entier[COLONNE].drop_nulls()) == {"OUI"}


def test_chaque_lettre_devient_la_meme_reponse() -> None:
    """Ni le coffre, ni le registre, ni un calcul ne savent laquelle c'était."""
    aucune_ne_se_lit()


@pytest.mark.parametrize(
    "ecrite", ["G", "gbis", "G BIS", "g-bis", "g  bis", "c, k", "c,k", "c;k", "c/k", "a)", "k.", "z, c", "(m)"]
)
def test_une_lettre_ecrite_autrement_reste_une_priorite(ecrite: str) -> None:
    """Elle compte au quart, se tait comme les autres, et ne se relève pas."""
    essai = essaye(ecrite)
    assert essai.table[COLONNE].to_list() == ["OUI"]
    assert [une for une in essai.avertissements if une.colonne == COLONNE] == []


@pytest.mark.parametrize("ecrite", ["z", "gb", "violence", "ck", "-", "/"])
def test_ce_qui_n_est_pas_une_lettre_se_releve_sans_se_redire(ecrite: str) -> None:
    essai = essaye(ecrite)
    assert essai.table[COLONNE].to_list() == [None]
    (relevee,) = [une for une in essai.avertissements if une.colonne == COLONNE]
    assert f"« {ecrite} »" not in relevee.message


def test_sans_lettre_ou_une_lettre_inconnue_rien_ne_se_dit() -> None:
    """Une lettre qui n'est pas de la loi ne fait pas une priorité ; elle se relève."""
    assert gardee("") is None
    assert gardee("z") is None


def test_une_lettre_gardee_se_verrait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Le mutant : la table telle que le fichier la dit."""
    telle_quelle: Callable[..., object] = lambda table, _fichier: table  # noqa: E731
    monkeypatch.setattr(import_bailleur, "_taire", telle_quelle)
    with pytest.raises(AssertionError):
        aucune_ne_se_lit()
