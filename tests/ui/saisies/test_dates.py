"""Les dates qu'on ne connaît qu'à peu près : lues, écrites, dites."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.composants import SaisieInvalide
from ui.saisies.dates import depuis_reponse, dire_ecart, ecrire_date_dite, lire_date_dite, vers_reponse

JOUR = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("tape", "lue"),
    [
        ("12/03/2026", date(2026, 3, 12)),
        ("12032026", date(2026, 3, 12)),
        ("03/2026", (date(2026, 3, 1), date(2026, 3, 31))),
        ("mars 2026", (date(2026, 3, 1), date(2026, 3, 31))),
        ("fév. 2024", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2024", (date(2024, 1, 1), date(2024, 12, 31))),
        ("00/00/1980", (date(1980, 1, 1), date(1980, 12, 31))),
        ("0/0/1980", (date(1980, 1, 1), date(1980, 12, 31))),
        ("00 00 1980", (date(1980, 1, 1), date(1980, 12, 31))),
        ("00001980", (date(1980, 1, 1), date(1980, 12, 31))),
        ("00/03/1975", (date(1975, 3, 1), date(1975, 3, 31))),
    ],
)
def test_les_ecritures_acceptees(tape: str, lue: Any) -> None:
    """Le jour, le mois ou l'année seule."""
    assert lire_date_dite(tape, JOUR) == lue


@pytest.mark.parametrize(
    "tape",
    [
        *("13/2026", "32/01/2026", "hier", "ma 2026", "20"),
        *("00/2026", "00/00/0000", "00/00/80", "00/13/1980"),
    ],
)
def test_les_ecritures_refusees_disent_quoi_ecrire(tape: str) -> None:
    """Rien d'ambigu ne devient une date ; la phrase aide."""
    with pytest.raises(SaisieInvalide, match=r"[ÉV]|vérifiez"):
        lire_date_dite(tape, JOUR)


def test_une_date_passee_ne_deborde_pas_sur_l_avenir() -> None:
    """« 2026 » en novembre, pour une naissance : jusqu'à aujourd'hui, pas jusqu'à décembre."""
    assert lire_date_dite("2026", JOUR, passee=True) == (date(2026, 1, 1), JOUR)
    assert lire_date_dite("2026", JOUR) == (date(2026, 1, 1), date(2026, 12, 31))


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_une_date_ecrite_se_relit(jour: date) -> None:
    """Aller et retour par l'écran et par le document."""
    assert lire_date_dite(ecrire_date_dite(jour), JOUR) == jour
    assert depuis_reponse(vers_reponse(jour)) == jour


@given(st.integers(1900, 2099), st.integers(1, 12))
def test_un_mois_ecrit_se_relit(annee: int, mois: int) -> None:
    """Aller et retour d'un mois."""
    dite = lire_date_dite(f"{mois:02d}/{annee}", JOUR)
    assert lire_date_dite(ecrire_date_dite(dite), JOUR) == dite
    assert depuis_reponse(vers_reponse(dite)) == dite


@pytest.mark.parametrize(
    ("dite", "phrase"),
    [
        (date(2026, 5, 14), "soit 6 mois révolus"),
        (date(2026, 10, 23), "soit 30 jours"),
        (date(2026, 10, 22), "soit 1 mois révolu"),
        (date(1984, 3, 12), "soit 42 ans"),
        (date(2027, 2, 22), "dans 3 mois"),
        ((date(2026, 3, 1), date(2026, 3, 31)), "entre le 01/03/2026 et le 31/03/2026"),
    ],
)
def test_l_ecart_se_dit(dite: Any, phrase: str) -> None:
    """Ce que l'agent lit à côté de la date."""
    assert dire_ecart(dite, JOUR) == phrase


@pytest.mark.parametrize("reponse", [None, {"refus": True}, {"ne_sait_pas": True}, "2026-13-01", {"entre": [1]}, 12])
def test_ce_qui_n_est_pas_une_date_ne_se_montre_pas(reponse: Any) -> None:
    """Un refus ou une valeur abîmée laisse le champ vide."""
    assert depuis_reponse(reponse) is None
