"""Quand réessayer : de plus en plus tard, jamais ensemble, jamais avant ce que le registre demande."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from modele.synchro.attente import PLAFOND, Attente

MIDI = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def _attentes(hasard: float, combien: int, demande: int = 0) -> list[float]:
    attente = Attente(lambda: MIDI, lambda: hasard)
    suite = []
    for _ in range(combien):
        attente.apres_un_echec(demande)
        assert attente.prochain is not None
        suite.append((attente.prochain - MIDI).total_seconds())
    return suite


def test_double_a_chaque_echec_jusqu_au_plafond() -> None:
    """2, 4, 8… secondes, et plus jamais au-delà du plafond, même après mille échecs."""
    suite = _attentes(1.0, 1000)
    assert suite[:4] == [2, 4, 8, 16]
    assert max(suite) == suite[-1] == PLAFOND.total_seconds()


@pytest.mark.parametrize("hasard", [0.0, 0.25, 1.0])
def test_la_gigue_prend_toute_la_place(hasard: float) -> None:
    """De zéro à la borne : deux postes coupés ensemble ne reviennent pas ensemble."""
    assert _attentes(hasard, 3) == [2 * hasard, 4 * hasard, 8 * hasard]


def test_jamais_avant_ce_que_le_registre_demande() -> None:
    """Sa demande s'ajoute à la gigue."""
    assert _attentes(0.5, 2, demande=300) == [301, 302]


def test_un_succes_efface_tout() -> None:
    """Le prochain échec repart du début."""
    attente = Attente(lambda: MIDI, lambda: 1.0)
    assert attente.prochain is None
    for _ in range(5):
        attente.apres_un_echec()
    attente.apres_un_succes()
    assert attente.prochain is None
    attente.apres_un_echec()
    assert attente.prochain == MIDI + timedelta(seconds=2)
