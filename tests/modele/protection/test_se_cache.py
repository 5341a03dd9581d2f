"""Qui se cache : la seule règle, suivie par tout ce qui pourrait écrire où vit la personne (norme, § 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from modele.protection import remise
from modele.protection.remise import a_remettre, remettables
from modele.protection.report import ADRESSE_SURE
from modele.protection.violences import affirmes

SURE = {"contact": {"adresse_courrier_sure": "Association Le Pont, BP 12"}}
CHEZ_ELLE: dict[str, Any] = {
    "logement_actuel": {"adresse": {"voie": "12 rue des Lilas", "commune": "31555"}},
    "contact": {"telephone": "0600000001"},
}


@pytest.mark.parametrize(
    "document",
    [
        {"protection": {"discret": True}},
        {"demande": {"motif_principal": "violences"}},
        {"demande": {"motifs": {"coches": ["violences"], "clos": True}}},
        {"protection": {"ordonnance_fin": "2027-01-01"}},
        SURE,
        {"recherche": {"zones_a_eviter": ["31069"]}},
    ],
    ids=["discret", "motif principal", "motif coché", "ordonnance", "adresse sûre", "lieu à éviter"],
)
def test_qui_se_cache(document: Mapping[str, Any]) -> None:
    assert affirmes(document)


@pytest.mark.parametrize(
    "document",
    [
        {},
        CHEZ_ELLE,
        {"demande": {"motif_principal": "trop_petit"}},
        {"protection": {"ordonnance_fin": {"refus": True}}},
        {"contact": {"adresse_courrier_sure": {"refus": True}}},
    ],
    ids=["rien", "chez elle", "trop petit", "dit non", "refus"],
)
def test_qui_ne_se_cache_pas(document: Mapping[str, Any]) -> None:
    assert not affirmes(document)


def une_remise_tait_le_telephone_de_qui_a_une_adresse_sure() -> None:
    document = {**CHEZ_ELLE, "contact": {**CHEZ_ELLE["contact"], **SURE["contact"]}}
    assert "contact.telephone" in remettables()
    assert "0600000001" not in str(a_remettre(document, remettables()))
    assert "0600000001" in str(a_remettre(CHEZ_ELLE, remettables()))
    assert ADRESSE_SURE not in remettables()


def test_une_remise_tait_le_telephone_de_qui_a_une_adresse_sure() -> None:
    une_remise_tait_le_telephone_de_qui_a_une_adresse_sure()


def test_mutant_la_discretion_seule(monkeypatch: pytest.MonkeyPatch) -> None:
    from modele.protection.discretion import est_discret

    monkeypatch.setattr(remise, "affirmes", est_discret)
    with pytest.raises(AssertionError):
        une_remise_tait_le_telephone_de_qui_a_une_adresse_sure()
