"""Le ramasse-miettes se tait pendant qu'on lit, et reprend toujours."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack

import msgspec
import pytest

from modele.protocole.messages import Effet, lire
from modele.protocole.ramasseur import rendre, sans_ramasser, tenir


@pytest.fixture(autouse=True)
def _en_marche() -> Iterator[None]:
    assert gc.isenabled()
    yield
    gc.enable()


def test_il_se_tait_le_temps_du_bloc() -> None:
    with sans_ramasser():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_une_lecture_qui_echoue_le_remet_en_marche() -> None:
    with pytest.raises(msgspec.DecodeError):
        lire(b"{", Effet)
    assert gc.isenabled()


def test_arrete_par_un_autre_il_le_reste() -> None:
    """Le lancement l'arrête jusqu'à la première fenêtre : une lecture ne le remet pas en marche avant."""
    gc.disable()
    with sans_ramasser():
        pass
    assert not gc.isenabled()


def test_deux_lectures_qui_se_croisent_le_rendent_a_la_derniere() -> None:
    """Le premier sort avant l'autre : il ne le remet pas en marche sous lui."""
    premier, second = ExitStack(), ExitStack()
    premier.enter_context(sans_ramasser())
    second.enter_context(sans_ramasser())
    premier.close()
    assert not gc.isenabled()
    second.close()
    assert gc.isenabled()


def test_qui_le_rend_peut_le_faire_reprendre() -> None:
    """Arrêté avant le premier, il reprend au dernier si l'un d'eux l'a demandé."""
    gc.disable()
    tenir()
    with sans_ramasser():
        rendre(reprendre=True)
        assert not gc.isenabled()
    assert gc.isenabled()
