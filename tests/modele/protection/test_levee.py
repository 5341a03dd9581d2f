"""Lever la discrétion : sa demande notée, un second agent, quarante-huit heures ; rien de moins, par personne."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.protection import levee
from modele.protection.discretion import lever
from modele.protection.levee import ATTENTE, SANS_DEMANDE, SANS_SECOND, TROP_TOT, ecriture_juste, lire_la_levee, manque

QUAND = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def document(demande: str = "Relogée.", par: str = "Léa", second: str = "Paul", le: Any = QUAND) -> dict[str, Any]:
    dits = {
        "levee_demande": demande,
        "levee_demandee_par": par,
        "levee_confirmee_par": second,
        "levee_confirmee_le": le.isoformat() if isinstance(le, datetime) else le,
    }
    return {"protection": {"discret": True, **{nom: dit for nom, dit in dits.items() if dit}}}


@pytest.mark.parametrize(
    ("dits", "apres", "attendu"),
    [
        (document(), ATTENTE, ""),
        (document(), ATTENTE - timedelta(seconds=1), TROP_TOT),
        (document(demande=""), ATTENTE, SANS_DEMANDE),
        (document(par=""), ATTENTE, SANS_DEMANDE),
        ({}, ATTENTE, SANS_DEMANDE),
        (document(second=""), ATTENTE, SANS_SECOND),
        (document(second=" LÉA "), ATTENTE, SANS_SECOND),
        (document(le=""), ATTENTE, SANS_SECOND),
        (document(le="hier"), ATTENTE, SANS_SECOND),
        (document(le="2020-01-01T00:00:00"), ATTENTE, SANS_SECOND),
    ],
)
def test_ce_qui_manque(dits: dict[str, Any], apres: timedelta, attendu: str) -> None:
    assert manque(dits, QUAND + apres) == attendu


def test_ou_elle_en_est() -> None:
    lue = lire_la_levee(document())
    assert (lue.demande, lue.demandee_par, lue.confirmee_par, lue.des) == ("Relogée.", "Léa", "Paul", QUAND + ATTENTE)
    assert lire_la_levee(document(second="Léa")).confirmee_par == ""
    assert lever("Relogée.") == {"protection.discret": False, "protection.levee_motif": "Relogée."}


@pytest.mark.parametrize(
    ("avant", "apres", "qui", "juste"),
    [
        ({}, document(second="", le=""), "Léa", True),
        ({}, document(second="", le=""), "Paul", False),
        (document(second="", le=""), document(), "Paul", True),
        (document(second="", le=""), document(), "Léa", False),
        (document(second="", le=""), document(le=QUAND - timedelta(days=3)), "Paul", False),
        (document(second="", le=""), document(le="hier"), "Paul", False),
        ({}, document(par="", second="Paul"), "Paul", False),
        (document(), {}, "Zoé", True),
        (document(), document(), "Zoé", True),
    ],
)
def test_nul_n_ecrit_pour_un_autre_ni_a_une_autre_heure(
    avant: dict[str, Any], apres: dict[str, Any], qui: str, juste: bool
) -> None:
    assert ecriture_juste(avant, apres, qui, QUAND) is juste


@given(heures=st.integers(0, 200), par=st.sampled_from(["Léa", "Paul"]), second=st.sampled_from(["", "Léa", "Paul"]))
def test_jamais_avant_deux_jours_ni_a_un_seul(heures: int, par: str, second: str) -> None:
    permise = manque(document(par=par, second=second), QUAND + timedelta(hours=heures)) == ""
    assert permise is (heures >= 48 and second not in ("", par))


def test_mutant_sans_attente(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levee, "ATTENTE", timedelta(0))
    assert manque(document(), QUAND) == ""
