"""Une naissance connue à moitié : elle se lit, se compare, se cherche, et ne contredit pas ce qu'elle ne sait pas."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.ressemblance.naissances import (
    comparer,
    compatibles,
    dire,
    est_une_naissance,
    jour_et_mois_inverses,
    naissance_ecrite,
    prendre_partielle,
)

JOURS = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(str)


@pytest.mark.parametrize(
    ("ecrite", "connue"),
    [
        ("1984-03-12", "1984-03-12"),
        ({"entre": ["1980-01-01", "1980-12-31"]}, "1980"),
        ({"entre": ["1975-03-01", "1975-03-31"]}, "1975-03"),
        ({"entre": ["1975-03-02", "1975-03-02"]}, "1975-03-02"),
        ({"entre": ["2026-01-01", "2026-11-29"]}, "2026"),
        ({"entre": ["1980-05-01", "1981-05-31"]}, ""),
        ({"entre": ["1980-01-01"]}, ""),
        ({"entre": ["1980", "1980"]}, ""),
        ({"entre": [1980, 1981]}, ""),
        ({"entre": "1980"}, ""),
        ({"refus": True}, ""),
        (None, ""),
    ],
)
def test_ce_que_le_document_sait_de_la_naissance(ecrite: Any, connue: str) -> None:
    assert naissance_ecrite(ecrite) == connue


@pytest.mark.parametrize(
    ("cherchee", "connue", "accord", "raison"),
    [
        ("1984-03-12", "1984-03-12", 1.0, "même date de naissance"),
        ("1980", "1980", 1.0, "même année de naissance"),
        ("1975-03", "1975-03", 1.0, "même mois de naissance"),
        ("1980", "1980-06-15", 0.95, "même année de naissance"),
        ("1980-01-01", "1980", 0.95, "même année de naissance"),
        ("1975-03-09", "1975-03", 0.95, "même mois de naissance"),
        ("1975", "1975-03", 0.95, "même année de naissance"),
        ("1984-12-03", "1984-03-12", 0.9, "jour et mois inversés ?"),
        ("1984-12-03", "1984-03", 0.9, "jour et mois inversés ?"),
        ("1984-03-13", "1984-03-12", 0.7, "date de naissance proche"),
        ("1984-03-12", "1984-03-21", 0.7, "date de naissance proche"),
        ("1984-03-12", "1984-03-30", 0.5, ""),
        ("1984-09-12", "1984-10-12", 0.7, "date de naissance proche"),
        ("1984-03-12", "1994-03-12", 0.7, "date de naissance proche"),
        ("1984-03-12", "1948-03-12", 0.7, "date de naissance proche"),
        ("1989-01-01", "1977-01-01", 0.5, ""),
        ("1984-01-15", "1984-01-01", 0.7, "même année de naissance"),
        ("1980-01-01", "1980-06-15", 0.7, "même année de naissance"),
        ("1980-06-15", "1980-01-01", 0.7, "même année de naissance"),
        ("1980-07-16", "1980-06-15", 0.3, ""),
        ("1980-04", "1980-03-12", 0.3, ""),
        ("1980", "1962-06-15", 0.0, ""),
        ("1980-01-01", "1962-06-15", 0.0, ""),
    ],
)
def test_on_compare_a_la_precision_du_moins_precis(cherchee: str, connue: str, accord: float, raison: str) -> None:
    lu = comparer(cherchee, connue)
    assert (lu.accord, lu.raison) == (accord, raison)
    assert comparer(connue, cherchee).accord == accord


@given(JOURS, st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_savoir_moins_n_est_pas_contredire(jour: str, une: int, autre: int) -> None:
    """Toutes les précisions d'une même naissance vont ensemble."""
    assert comparer(jour[:une], jour[:autre]).accord >= 0.95
    assert comparer(jour[:une], jour[:autre]).raison


@given(JOURS, st.sampled_from([4, 7, 10]))
def test_ce_qui_va_avec_une_naissance_se_compare_bien_avec_elle(jour: str, precision: int) -> None:
    ecrites = list(compatibles(jour[:precision]))
    assert all(est_une_naissance(une) and comparer(jour[:precision], une).accord >= 0.7 for une in ecrites)
    assert (jour[:4] in ecrites) is (precision > 4)


def test_une_naissance_gardee_s_ecrit_d_une_facon() -> None:
    assert [est_une_naissance(un) for un in ("1980", "1975-03", "1975-03-02")] == [True] * 3
    assert not any(est_une_naissance(un) for un in ("", "on ne sait pas", "1975-13", "75", "1980-", "1775"))


def test_elle_se_dit_comme_on_l_ecrit() -> None:
    assert [dire(un) for un in ("1980", "1975-03", "1975-03-02")] == ["1980", "03/1975", "02/03/1975"]


@pytest.mark.parametrize(
    "texte",
    ["", "diallo", "12/1", "00/00/80", "06/12/1980", "06 12 19 80 00", "06 00 00 1980", "03/1975/2", "A0/00/1980"],
)
def test_ce_qui_n_est_pas_une_naissance_a_moitie_reste_tel_quel(texte: str) -> None:
    assert prendre_partielle(texte) == ("", texte)


@pytest.mark.parametrize(
    ("naissance", "inverse"),
    [("1984-03-12", "1984-12-03"), ("1984-05-05", ""), ("1984-03-25", ""), ("1984", ""), ("", "")],
)
def test_jour_et_mois_inverses(naissance: str, inverse: str) -> None:
    """La date lue à l'américaine, seulement si elle existe et diffère."""
    assert jour_et_mois_inverses(naissance) == inverse
