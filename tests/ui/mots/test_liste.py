"""La liste des dossiers, en mots."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from modele.coffre.listes import Filtre, PageDossiers, Range, Resume, Tri
from ui.mots.liste import compter_les_pages, dire_combien, dire_pourquoi_la

NE = datetime(2026, 11, 29, 9, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tri", "change", "dit"),
    [
        (Tri.CHANGE, {}, "changé à 09:42"),
        (Tri.CREE, {}, "changé à 09:42"),
        (Tri.ECHEANCE, {"echeance": date(2026, 12, 3)}, "échéance : 03/12/2026"),
        (Tri.ECHEANCE, {}, "aucune échéance datée"),
        (Tri.ECHEANCE, {"lue": False}, "échéance pas encore lue"),
    ],
)
def test_ce_qui_place_la_ligne_se_dit(tri: Tri, change: dict[str, Any], dit: str) -> None:
    """Ce qui n'est pas lu n'est pas « aucune »."""
    resume = Resume("ROUX Kévin", "", "K7Q2F-9M3AB", False, NE, "Ana", NE)
    ligne = Range(**{"dossier": "x", "resume": resume, "echeance": None, "lue": True, **change})
    assert dire_pourquoi_la(ligne, tri, NE) == dit


@pytest.mark.parametrize(
    ("total", "dit", "pages"),
    [
        (0, "Aucun dossier ici (ceux de ce poste).", 1),
        (1, "1 dossier (ceux de ce poste).", 1),
        (200, "200 dossiers (ceux de ce poste).", 1),
        (412, "412 dossiers (ceux de ce poste), page 2 sur 3.", 3),
    ],
)
def test_combien(total: int, dit: str, pages: int) -> None:
    """Combien, lesquels, et où l'on en est."""
    page = PageDossiers((), 1, total)
    assert (dire_combien(page, Filtre.TOUS), compter_les_pages(page)) == (dit, pages)
