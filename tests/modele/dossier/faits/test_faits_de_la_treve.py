"""La trêve hivernale (CPCE L412-6) : ses deux bornes, et ce qui seul la fait tomber."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.bilan import charger_regles, etablir
from modele.regles.etats import INCONNU, SANS_OBJET, Etat, connu

Fait = Callable[..., Etat]


@pytest.mark.parametrize(
    ("jour", "fin"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), date(2027, 3, 31)),
        (date(2026, 12, 31), date(2027, 3, 31)),
        (date(2027, 1, 15), date(2027, 3, 31)),
        (date(2028, 2, 29), date(2028, 3, 31)),
        (date(2027, 3, 31), date(2027, 3, 31)),
        (date(2027, 4, 1), None),
    ],
)
def test_du_premier_novembre_au_trente_et_un_mars(fait: Fait, jour: date, fin: date | None) -> None:
    """Les deux jours y sont ; hors de la trêve, il n'y a pas de fin à dire."""
    assert fait("en_treve", {}, jour) == connu(fin is not None)
    assert fait("fin_de_treve", {}, jour) == (SANS_OBJET if fin is None else connu(fin))


def test_au_bout_du_calendrier_elle_reste_inconnue(fait: Fait) -> None:
    """Une date absurde ne plante pas."""
    assert fait("fin_de_treve", {}, date(9999, 12, 1)) == fait("en_treve", {}, date(9999, 12, 1)) == INCONNU


@given(jour=st.dates(date(1990, 1, 1), date(2190, 1, 1)))
def test_la_fin_est_le_dernier_jour_de_suite(jour: date) -> None:
    """Compté jour par jour : la trêve dure jusqu'à sa fin, et pas un jour de plus."""
    bilan = etablir(charger_regles("metropole-exemple"), {}, jour, exacte=False)
    fin = bilan.situation.etat("fin_de_treve").valeur
    un = jour
    while un.month in (11, 12, 1, 2, 3):
        un += timedelta(days=1)
    assert fin == (None if un == jour else un - timedelta(days=1))


NON = {
    "relogement_assure": False,
    "entree_forcee": "non",
    "treve_ecartee": False,
    "logement_etudiant_perdu": False,
}


@pytest.mark.parametrize(
    ("dit", "exclue"),
    [
        ({}, False),
        ({"mauvaise_foi": True}, False),
        ({"delai_deux_mois": "supprime"}, False),
        ({"treve_ecartee": True}, False),
        ({"entree_forcee": "autre_lieu"}, False),
        ({"entree_forcee": "autre_lieu", "treve_ecartee": True}, True),
        ({"entree_forcee": "domicile_autrui"}, True),
        ({"relogement_assure": True}, True),
        ({"logement_etudiant_perdu": True}, True),
    ],
)
def test_ce_qui_seul_la_fait_tomber(fait: Fait, dit: dict[str, Any], exclue: bool) -> None:
    """L412-6 et L412-7 ; la mauvaise foi n'y est pas."""
    assert fait("treve_exclue", {"expulsion": NON | dit}) == connu(exclue)


def test_une_exception_jamais_demandee_laisse_un_doute(fait: Fait) -> None:
    assert fait("treve_exclue", {"expulsion": {"mauvaise_foi": True}}) == INCONNU


@pytest.mark.parametrize(
    "dit",
    [
        {"mauvaise_foi": True},
        {"entree_forcee": "domicile_autrui"},
        {"entree_forcee": "autre_lieu"},
        {"delai_deux_mois": "reduit"},
        {"delai_deux_mois": "supprime"},
    ],
)
def test_la_mauvaise_foi_et_la_force_otent_les_deux_mois(fait: Fait, dit: dict[str, Any]) -> None:
    """L412-1, second alinéa ; et le juge qui les supprime."""
    assert fait("delai_quitter_exclu", {"expulsion": dit}) == connu(True)
