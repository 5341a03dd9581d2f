"""Les nombres de la conférence sur les deux fichiers d'exemple, écrits à la main."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "attributions"))

from fichiers_bailleurs import attributions, logements

from modele.conference.indicateurs import Annee, indicateurs
from modele.conference.lignes import Indicateur


@pytest.fixture(scope="module")
def annee() -> Annee:
    return indicateurs(attributions(), logements(), 2026)


def lus(annee: Annee, ident: str) -> dict[str, Indicateur]:
    return {un.perimetre: un for un in annee.indicateurs if un.definition.id == ident}


@pytest.mark.parametrize(
    ("ident", "valeur"),
    [
        ("attributions", 120), ("acceptees", 104), ("baux", 100), ("refusees", 9), ("sans_reponse", 1),
        ("en_cours", 6), ("hors_flux", 15), ("hors_flux_mutations", 11), ("hors_flux_renouvellement", 4),
        ("flux_attributions", 105), ("flux_baux", 86), ("delai_median", 454), ("delai_moyen", 528.4),
        ("delai_median_mutations", 543),
    ],
)  # fmt: skip
def test_les_nombres(annee: Annee, ident: str, valeur: float) -> None:
    vu = lus(annee, ident)["territoire"].valeur
    assert vu is not None
    assert round(vu, 1) == valeur


@pytest.mark.parametrize(
    ("ident", "attendus"),
    [
        (
            "q1_hors_qpv",
            {
                "territoire": (18, 73),
                "Habitat Vallebrume": (5, 31),
                "Toits de l'Orme": (6, 15),
                "Logis Pontclair": (3, 15),
                "Foyer des Trois Lunes": (4, 12),
            },
        ),
        (
            "q1_hors_qpv_semestre1",
            {
                "Habitat Vallebrume": (2, 13),
                "Toits de l'Orme": (5, 6),
                "Logis Pontclair": (2, 11),
                "Foyer des Trois Lunes": (3, 7),
            },
        ),
        ("hors_q1_qpv_attributions", {"territoire": (24, 35)}),
        ("hors_q1_qpv_baux", {"territoire": (19, 27)}),
        (
            "quart_prioritaire",
            {
                "metropole": (2, 16),
                "communes": (1, 7),
                "action_logement": (2, 21),
                "bailleur": (5, 28),
                "prefet_prioritaires": (26, 26),
            },
        ),
        (
            "part_flux",
            {
                "prefet_prioritaires": (26, 105),
                "prefet_agents": (7, 105),
                "action_logement": (21, 105),
                "metropole": (16, 105),
                "communes": (7, 105),
                "collectivites": (23, 105),
                "bailleur": (28, 105),
            },
        ),
        ("travailleurs_essentiels", {"territoire": (11, 86)}),
    ],
)
def test_les_parts(annee: Annee, ident: str, attendus: dict[str, tuple[int, int]]) -> None:
    vus = {qui: (un.numerateur, un.denominateur) for qui, un in lus(annee, ident).items()}
    assert vus == attendus


def test_le_quart_dit_son_minimum_et_ce_qui_manque(annee: Annee) -> None:
    vus = {qui: (un.minimum, un.manque) for qui, un in lus(annee, "quart_prioritaire").items()}
    assert vus == {
        "metropole": (4, 2),
        "communes": (2, 1),
        "action_logement": (6, 4),
        "bailleur": (7, 2),
        "prefet_prioritaires": (26, 0),
    }


def test_les_situations(annee: Annee) -> None:
    vus = {code: un.valeur for code, un in lus(annee, "situation_anterieure").items()}
    assert vus == {
        "LP": 29, "HLM": 29, "CP": 15, "CPE": 7, "SH": 6, "SLHT": 5, "SD": 3, "RS": 3, "LTG": 2, "HOT": 1,
    }  # fmt: skip


def test_ce_qui_n_est_pas_renseigne(annee: Annee) -> None:
    assert lus(annee, "travailleurs_essentiels")["territoire"].non_renseignes == 14
    assert lus(annee, "q1_hors_qpv")["territoire"].non_renseignes == 2
