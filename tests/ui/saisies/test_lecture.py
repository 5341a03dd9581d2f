"""Dates, nombres et moments, à la française."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.mots.ecriture import dire_date, dire_nombre
from ui.composants import SaisieInvalide
from ui.saisies.lecture import lire_date, lire_nombre

JOUR = date(2026, 11, 23)


@pytest.mark.parametrize(
    "saisie", ["14/05/2026", "14 5 2026", "14052026", "14.05.26", " 14-5-26 ", "2026-05-14", "14 mai 2026", "14 MAI 26"]
)
def test_une_date_se_tape_de_plusieurs_facons(saisie: str) -> None:
    """Toutes disent le 14 mai 2026."""
    assert lire_date(saisie, JOUR) == date(2026, 5, 14)


@pytest.mark.parametrize(("annee", "attendue"), [("84", 1984), ("27", 2027), ("28", 1928), ("00", 2000)])
def test_annee_a_deux_chiffres(annee: str, attendue: int) -> None:
    """L'an prochain au plus : une naissance n'est pas dans le futur."""
    assert lire_date(f"01/02/{annee}", JOUR).year == attendue


@pytest.mark.parametrize("saisie", ["", "demain", "31/02/2026", "05/2026", "14/05", "1/1/1/1"])
def test_date_illisible_dit_quoi_ecrire(saisie: str) -> None:
    """Jamais de trace, une phrase."""
    with pytest.raises(SaisieInvalide, match=r"Écrivez|n'existe pas"):
        lire_date(saisie, JOUR)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_date_ecrite_puis_lue(jour: date) -> None:
    """Ce qui s'affiche se relit pareil."""
    assert lire_date(dire_date(jour), JOUR) == jour


@given(st.decimals(min_value=0, max_value=99_999_999, places=2))
def test_nombre_ecrit_puis_lu(nombre: Decimal) -> None:
    """L'espace fine et la virgule se relisent."""
    assert lire_nombre(dire_nombre(nombre), 2) == nombre


@pytest.mark.parametrize(("saisie", "decimales"), [("12,345", 2), ("2,5", 0), ("deux", 0), ("NaN", 2), ("Infinity", 2)])
def test_nombre_illisible(saisie: str, decimales: int) -> None:
    """Trop de décimales, un mot : une phrase."""
    with pytest.raises(SaisieInvalide, match="Écrivez"):
        lire_nombre(saisie, decimales)
