"""Des commissions tenues d'un bout à l'autre : classées, proposées, décidées, répondues. Le compte égale le simple."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from commissions_engendrees import lignes, logement, simple
from hypothesis import given, settings
from hypothesis import strategies as st
from seance_exemple import RANGS, classees, ecrite, propose
from seances_engendrees import hors_ordre_simple, seance_de

from modele.attributions.classement.classer import classer
from modele.attributions.classement.tenue import en_table
from modele.seance import ordre
from modele.seance.constat import Constat, tenir
from modele.seance.controles import Classees
from modele.seance.notions import Seance
from modele.seance.suites import suivre

SUITE, CAMPAGNE = 30, 300


def _tenir(graine: int) -> Constat | None:
    hasard = random.Random(graine)
    demandes = lignes(hasard, hasard.randint(0, 40))
    offert = logement(hasard)
    classement = classer(en_table(demandes), offert)
    rangs = {un.dossier: un.rang for un in classement.dire(combien=None)}
    ecartees = {un.dossier: un.regles for un in classement.dire_ecartes()}
    assert (rangs, {nom: list(une) for nom, une in ecartees.items()}) == simple(demandes, offert)
    if (dite := seance_de(hasard, rangs, ecartees)) is None:
        return None
    constat = tenir(msgspec.convert(dite, Seance), Classees(rangs, ecartees))
    assert (constat.designations_hors_ordre, constat.decisions_hors_ordre) == hors_ordre_simple(dite, rangs)
    _verifier(constat)
    return constat


def _verifier(constat: Constat) -> None:
    references = [une.reference for une in constat.lignes]
    assert references == [f"C-{rang:02d}" for rang in range(1, len(references) + 1)]
    assert [une.rang for une in constat.lignes if une.rang] == sorted(une.rang for une in constat.lignes if une.rang)
    for une in constat.lignes:
        assert (une.decision is None) is (une.propose.retrait is not None)
    assert sum(une.en_cours for une in suivre(constat)) <= 1


@pytest.mark.parametrize("graine", range(SUITE))
def test_une_seance_se_tient(graine: int) -> None:
    _tenir(graine)


@pytest.mark.campagne
def test_trois_cents_seances_et_leurs_papiers() -> None:
    from impressions.seance import SeanceDite, composer_membres, composer_proces_verbal

    tenues = [constat for graine in range(CAMPAGNE) if (constat := _tenir(graine)) is not None]
    assert len(tenues) > CAMPAGNE / 2
    for constat in tenues:
        dite = SeanceDite(constat, {"ref_bailleur": "ESSAI"}, "Grille d'essai.", {})
        for composer in (composer_membres, composer_proces_verbal):
            assert composer(dite, date(2026, 12, 3)).startswith(b"%PDF-1.7")


def test_mutant_l_egalite_compterait_hors_ordre(monkeypatch: pytest.MonkeyPatch) -> None:
    juste = ordre._passees

    def fausse(une: object, seance: Seance, rangs: dict[str, int], droit: object) -> Iterator[bool]:
        yield from juste(une, seance, {nom: -rang for nom, rang in rangs.items()}, droit)  # type: ignore[arg-type]

    monkeypatch.setattr(ordre, "_passees", fausse)
    with pytest.raises(AssertionError):
        _toutes()


def _toutes() -> None:
    for graine in range(SUITE):
        _tenir(graine)


# Ce qui ne compte pas : l'ordre du fichier, qui désigne, ce qui s'écrit.


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.permutations(["d1", "d2", "d3"]), st.permutations(["A", "B", "C"]), st.booleans())
def test_ni_l_ordre_du_fichier_ni_qui_designe_ne_change_une_reference(
    dossiers: list[str], noms: list[str], prioritaire: bool
) -> None:
    priorite = {"priorite": {"par": "CCAS", "le": "2026-11-20"}} if prioritaire else {}
    candidats = [propose(nom, **priorite) | {"designe_par": qui} for nom, qui in zip(dossiers, noms, strict=True)]
    constat = tenir(msgspec.convert(ecrite(candidats=candidats), Seance), classees())
    assert {une.propose.dossier: (une.reference, une.rang) for une in constat.lignes} == {
        nom: (f"C-{RANGS[nom]:02d}", RANGS[nom]) for nom in dossiers
    }
