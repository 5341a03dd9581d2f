"""Après la séance : l'offre passe au suivant, le silence vaut refus, un refus dit ce qu'il change, rien de plus."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from seance_exemple import classees, decide, propose, seance

from modele.regles.fautes import ErreurUtilisateur
from modele.seance.constat import compter, tenir
from modele.seance.droit import droit
from modele.seance.suites import Suite, exiger_passees, suivre

RANGS = [
    decide("d2", "attribution_rang", rang=2),
    decide("d1", "attribution_rang", rang=1),
    decide("d3", "non_attribution"),
]


def suites(*reponses: dict[str, Any], **dits: Any) -> tuple[Suite, ...]:
    return suivre(tenir(seance(decisions=RANGS, reponses=list(reponses), **dits), classees()))


def repond(dossier: str, reponse: str, **dits: Any) -> dict[str, Any]:
    return {"dossier": dossier, "reponse": reponse, "le": "2026-12-16", "remise_le": "2026-12-03", **dits}


def test_l_offre_va_au_premier() -> None:
    assert [(une.ligne.reference, une.en_cours) for une in suites()] == [("C-01", True), ("C-02", False)]


@pytest.mark.parametrize("reponse", ["refusee", "sans_reponse"])
def test_elle_passe_au_suivant(reponse: str) -> None:
    premier, second = suites(repond("d1", reponse))
    assert (premier.en_cours, second.en_cours) == (False, True)
    assert (premier.effet, second.effet) == (droit().refus, "")


def test_elle_s_arrete_a_qui_accepte() -> None:
    assert [(une.en_cours, une.effet) for une in suites(repond("d1", "acceptee"))] == [(False, ""), (False, "")]


@pytest.mark.parametrize(("adapte", "perte"), [(True, True), (False, False), (None, False)])
def test_le_refus_d_une_offre_du_droit_opposable(adapte: bool | None, perte: bool) -> None:
    """Inconnu n'est pas « adapté » : sans constat, rien n'indique une perte."""
    candidats = [propose("d1", prefet_le="2026-11-02"), propose("d2"), propose("d3")]
    (premier, _) = suites(repond("d1", "refusee", adapte=adapte), candidats=candidats)
    assert premier.effet == (droit().dalo.refus if perte else droit().dalo.refus_sans_perte)


@pytest.mark.parametrize(
    ("reponses", "message"),
    [
        ([repond("d1", "oui")], "« oui » n'est pas une réponse"),
        ([repond("d3", "refusee")], "n'a reçu aucune offre"),
        ([repond("d2", "refusee")], "l'offre n'était pas encore à lui"),
        ([repond("d1", "refusee") | {"le": "2026-12-01"}], "répond avant la séance"),
        ([repond("d1", "refusee"), repond("d1", "acceptee")], "répond deux fois"),
        ([repond("d1", "sans_reponse", remise_le=None)], "le jour où l'offre lui a été remise"),
        ([repond("d1", "sans_reponse", le="2026-12-15")], "laisse 12 jours pour répondre"),
        ([repond("d1", "sans_reponse", le="2026-12-03")], "laisse 12 jours pour répondre"),
        ([repond("d1", "refusee", remise_le="2026-12-02")], "Corrigez « remise_le »"),
        ([repond("d1", "refusee", remise_le="2026-12-17")], "Corrigez « remise_le »"),
        ([repond("d1", "refusee"), repond("d2", "refusee", le="2026-12-15", remise_le=None)], "avant que l'offre"),
        ([repond("d1", "refusee"), repond("d2", "refusee", le="2026-12-20")], "Corrigez « remise_le »"),
    ],
)
def test_une_reponse_fautive(reponses: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=message):
        suites(*reponses)


def test_un_silence_sans_delai_ecrit_n_est_pas_un_refus() -> None:
    with pytest.raises(ErreurUtilisateur, match="« reponse_jours »"):
        suites(repond("d1", "sans_reponse"), reglement={"nom": "Règlement"})


def test_mutant_sans_le_temps_le_silence_du_jour_passerait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modele.seance.suites._exiger_le_temps", lambda *_: None)
    with pytest.raises(pytest.fail.Exception):
        test_un_silence_sans_delai_ecrit_n_est_pas_un_refus()


def test_ni_seance_ni_reponse_a_venir() -> None:
    dite = seance(decisions=RANGS, reponses=[repond("d1", "refusee", le="9999-12-31")])
    with pytest.raises(ErreurUtilisateur, match=r"d1 répond le 31/12/9999, après le 20/12/2026"):
        exiger_passees(dite, date(2026, 12, 20))
    with pytest.raises(ErreurUtilisateur, match="elle ne peut avoir décidé"):
        exiger_passees(dite, date(2026, 12, 2))
    exiger_passees(dite, date.max)
    exiger_passees(seance(decisions=[]), date(2026, 11, 30))


def test_mutant_un_silence_qui_n_est_pas_un_refus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modele.seance.suites.ACCEPTEE", "sans_reponse")
    with pytest.raises(AssertionError):
        test_elle_passe_au_suivant("sans_reponse")


def test_compter_par_commission() -> None:
    hors = [decide("d1", "non_attribution"), decide("d2", "attribution", hors_ordre="Vu."), RANGS[2]]
    tenues = [
        tenir(seance(), classees()),
        tenir(seance(decisions=hors), classees()),
        tenir(seance(commission="Autre"), classees()),
    ]
    comptes = compter(tenues)
    essai = comptes["Commission d'attribution d'essai"]
    assert (essai.seances, essai.designations, essai.designations_hors_ordre) == (2, 6, 0)
    assert (essai.decisions, essai.decisions_hors_ordre) == (6, 1)
    assert comptes["Autre"].decisions_hors_ordre == 0
