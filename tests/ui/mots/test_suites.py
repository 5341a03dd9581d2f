"""Ce qui a été transmis, ce qui en est attendu, ce qui est venu : en mots."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from modele.dossier.chemins import ABSENT
from ui.mots.suites import conclure, dire_attente, dire_issue, dire_suite, issues

JOUR = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("suite", "dite", "venu"),
    [
        ({"faite_le": "2026-11-18", "aupres_de": "SIAO", "orientation": "x"},
         "18/11/2026 · transmis à SIAO", "sans réponse depuis 12 jours"),
        ({"faite_le": "2026-11-29", "orientation": "x", "attendue_le": "2026-12-02", "expire_le": "2027-01-01"},
         "29/11/2026",
         "sans réponse depuis 1 jour · réponse attendue le 02/12/2026 · ne vaut plus après le 01/01/2027"),
        ({"faite_le": {"entre": ["2026-11-01", "2026-11-30"]}, "aupres_de": "115", "reponse": "place pour deux",
          "suivie_par": "Ana", "orientation": "x"},
         "01/11/2026 · transmis à 115 · place pour deux · suivi par Ana", ""),
        ({"orientation": "x", "issue": "refusee", "issue_le": "2026-11-30", "issue_motif": "trop loin"},
         "", "Refusée le 30/11/2026 : trop loin"),
        ({"orientation": "x", "issue": "acceptee"}, "", "Acceptée"),
        ({"orientation": "x", "issue": "inconnue"}, "", "inconnue"),
        ({"orientation": "x", "faite_le": "hier"}, "hier", "en attente de réponse"),
    ],
)  # fmt: skip
def test_une_suite(suite: dict[str, Any], dite: str, venu: str) -> None:
    assert (dire_suite(suite), dire_issue(suite, JOUR)) == (dite, venu)


def test_ce_qui_peut_venir() -> None:
    assert list(issues().values()) == ["Acceptée", "Refusée", "Sans réponse", "Retirée"]
    assert dire_attente(JOUR, JOUR) == "en attente de réponse"


def test_conclure_dit_l_issue_entiere() -> None:
    assert conclure("s", "refusee", JOUR, " trop loin ") == {
        "suites.elements.s.issue": "refusee",
        "suites.elements.s.issue_le": "2026-11-30",
        "suites.elements.s.issue_motif": "trop loin",
    }
    assert conclure("s", "acceptee", JOUR)["suites.elements.s.issue_motif"] is ABSENT
