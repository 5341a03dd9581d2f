"""Un écart nomme un agent ou un lieu : qui il écarte, et quand il ne vaut plus."""

from __future__ import annotations

from typing import Any

import pytest

from modele.protection.ecarts import ecarte

ICI = ("Accueil 2", "CCAS du Centre")


@pytest.mark.parametrize(
    ("ecart", "oui"),
    [
        ({"agent": "Léo Blanc"}, True),
        ({"agent": "  léo   BLANC "}, True),
        ({"agent": "Léo"}, False),
        ({"agent": ""}, False),
        ({"agent": True}, False),
        ({"lieu": "ccas du centre"}, True),
        ({"lieu": "Mairie"}, False),
        ({}, False),
        ({"agent": "Léo Blanc", "leve_le": "2026-11-30"}, False),
        ({"lieu": "Accueil 2", "leve_le": ""}, True),
    ],
)
def test_qui_est_ecarte(ecart: dict[str, Any], oui: bool) -> None:
    assert ecarte(ecart, "Léo Blanc", ICI) is oui


def test_un_nom_vide_n_est_celui_de_personne() -> None:
    assert not ecarte({"agent": " ", "lieu": ""}, "", ["", " "])
