"""Compter des mois : contre un calcul indépendant, et aux bords du calendrier."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.faits.calendrier import ajouter_mois, annees_revolues, depasse, mois_entames, mois_revolus

jours = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def anniversaire(depart: date, mois: int) -> date:
    """Le même jour, ``mois`` mois plus tard, en reculant jusqu'à un jour qui existe : calcul indépendant, naïf."""
    annee, rang = depart.year, depart.month
    for _ in range(mois):
        rang += 1
        if rang == 13:
            annee, rang = annee + 1, 1
    for jour in range(depart.day, 0, -1):
        try:
            return date(annee, rang, jour)
        except ValueError:
            continue
    raise AssertionError


def compter(depuis: date, jusqua: date) -> int:
    mois = 0
    while anniversaire(depuis, mois + 1) <= jusqua:
        mois += 1
    return mois


@given(jours, jours)
def test_mois_revolus_contre_un_comptage_anniversaire_par_anniversaire(un: date, deux: date) -> None:
    depuis, jusqua = sorted((un, deux))
    assert mois_revolus(depuis, jusqua) == compter(depuis, jusqua)


@given(jours, jours)
def test_un_mois_est_entame_des_le_lendemain_de_l_anniversaire(un: date, deux: date) -> None:
    depuis, jusqua = sorted((un, deux))
    revolus = compter(depuis, jusqua)
    assert mois_entames(depuis, jusqua) == revolus + (jusqua != anniversaire(depuis, revolus))


@given(jours, st.integers(0, 240), jours)
def test_plus_de_n_mois_est_le_lendemain_de_l_anniversaire(depuis: date, mois: int, jour: date) -> None:
    assert depasse(depuis, mois, jour) == (jour >= anniversaire(depuis, mois) + timedelta(days=1))


@given(jours, jours, jours)
def test_une_demande_plus_ancienne_n_a_jamais_moins_de_mois(un: date, deux: date, jour: date) -> None:
    ancienne, recente = sorted((un, deux))
    assert mois_revolus(ancienne, jour) >= mois_revolus(recente, jour)
    assert mois_entames(ancienne, jour) >= mois_entames(recente, jour)


def test_du_31_janvier_un_mois_est_revolu_le_dernier_jour_de_fevrier() -> None:
    assert mois_revolus(date(2026, 1, 31), date(2026, 2, 27)) == 0
    assert mois_revolus(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert mois_revolus(date(2028, 1, 31), date(2028, 2, 28)) == 0
    assert mois_revolus(date(2028, 1, 31), date(2028, 2, 29)) == 1


def test_le_jour_meme_et_avant_comptent_zero() -> None:
    jour = date(2026, 11, 22)
    assert (mois_revolus(jour, jour), mois_entames(jour, jour)) == (0, 0)
    assert (mois_revolus(date(2027, 1, 1), jour), mois_entames(date(2027, 1, 1), jour)) == (0, 0)


def test_l_exemple_de_la_norme_trente_six_mois() -> None:
    assert not depasse(date(2025, 11, 10), 36, date(2028, 11, 10))
    assert depasse(date(2025, 11, 10), 36, date(2028, 11, 11))


@pytest.mark.parametrize(("mois", "attendu"), [(-(10**9), date.min), (10**9, date.max)])
def test_hors_du_calendrier_on_s_arrete_a_son_bord(mois: int, attendu: date) -> None:
    assert ajouter_mois(date(2026, 11, 22), mois) == attendu


def test_l_age_change_le_jour_de_l_anniversaire() -> None:
    assert annees_revolues(date(2008, 11, 23), date(2026, 11, 22)) == 17
    assert annees_revolues(date(2008, 11, 22), date(2026, 11, 22)) == 18
    assert annees_revolues(date(2008, 2, 29), date(2026, 2, 28)) == 18
