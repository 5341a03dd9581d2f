"""Ce que la recherche propose à une demande qui commence."""

from __future__ import annotations

import pytest

from ui.mots.depart import frappes_proposees


@pytest.mark.parametrize(
    ("saisie", "frappes"),
    [
        ("", {}),
        ("0612345678", {}),
        ("06 12 34 56 78", {}),
        ("1984", {}),
        ("EXEMPLE1125000173", {}),
        ("K7Q2F-9M3AB", {}),
        ("Moreau", {"demandeur.nom": "Moreau"}),
        ("moreau céline", {"demandeur.prenoms": "céline", "demandeur.nom": "moreau"}),
        ("El Amrani Mohamed", {"demandeur.prenoms": "Mohamed", "demandeur.nom": "El Amrani"}),
        ("de la", {"demandeur.nom": "de la"}),
        (
            "Traoré, Awa 1984",
            {"demandeur.date_naissance": "1984", "demandeur.prenoms": "Awa", "demandeur.nom": "Traoré"},
        ),
        ("Traoré 0612345678", {"demandeur.nom": "Traoré"}),
        (
            "Jean-Marc N'Diaye 12/03/1984",
            {
                "demandeur.date_naissance": "12/03/1984",
                "demandeur.prenoms": "N'Diaye",
                "demandeur.nom": "Jean-Marc",
            },
        ),
    ],
)
def test_un_nom_sans_chiffre_se_propose(saisie: str, frappes: dict[str, str]) -> None:
    """Le nom d'abord, les particules avec lui, la naissance, même l'année seule ; le nom est la dernière frappe."""
    assert list(frappes_proposees(saisie).items()) == list(frappes.items())
