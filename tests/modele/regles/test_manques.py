"""Ce qui manque pour trancher : rien de trop, et de quoi trancher."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from test_kleene import lire
from tirages_cotation import DOMAINES, PERSONNELS, conditions, noms_lus, situations

from modele.regles.etats import INCONNU, REFUSE, Etat, Situation, connu
from modele.regles.kleene import evaluer
from modele.regles.manques import manques


@st.composite
def epreuves(draw: Any) -> Any:
    condition = draw(conditions())
    situation, _ = draw(situations({"rubrique": [{"si": condition}]}, 2000))
    return condition, situation


@given(epreuves())
def test_une_condition_tranchee_ne_demande_rien(epreuve: Any) -> None:
    condition, situation = epreuve
    lue = lire(condition)
    if evaluer(lue, situation) is not None:
        assert manques(lue, situation) == ()


@given(epreuves())
def test_on_ne_demande_ni_ce_qu_on_sait_ni_ce_qui_est_refuse(epreuve: Any) -> None:
    condition, situation = epreuve
    for nom in manques(lire(condition), situation):
        tables = [situation.faits] if nom in DOMAINES else situation.personnes
        posables = [t[nom].ouvert and t[nom].statut is not REFUSE.statut for t in tables]
        assert any(posables) or (nom in PERSONNELS and not situation.personnes_closes)


@given(epreuves(), st.data())
def test_tout_dire_de_ce_qui_manque_tranche(epreuve: Any, data: Any) -> None:
    """Liste close, paramètres connus, personne ne refuse : répondre à ce qui manque suffit, quoi qu'on réponde."""
    condition, situation = epreuve
    lue = lire(condition)
    if noms_lus([condition], "parametre"):
        return
    situation = replace(
        situation,
        faits=_sans_refus(situation.faits),
        personnes=tuple(_sans_refus(p) for p in situation.personnes),
        personnes_closes=True,
    )
    demandes = set(manques(lue, situation))
    dite = Situation(
        _dire(situation.faits, demandes, data),
        tuple(_dire(p, demandes, data) for p in situation.personnes),
        personnes_closes=True,
    )
    assert evaluer(lue, dite) is not None


def _sans_refus(etats: Any) -> dict[str, Etat]:
    return {nom: INCONNU if etat.statut is REFUSE.statut else etat for nom, etat in etats.items()}


def _dire(etats: Any, demandes: set[str], data: Any) -> dict[str, Etat]:
    domaines = {**DOMAINES, **PERSONNELS}
    return {
        nom: connu(data.draw(st.sampled_from(domaines[nom].valeurs))) if nom in demandes and etat.ouvert else etat
        for nom, etat in etats.items()
    }
