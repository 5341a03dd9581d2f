"""Ce qu'une personne emporte de ce qui est gardé d'elle : le sien, et rien d'un autre adulte."""

from __future__ import annotations

from datetime import date
from typing import Any

from modele.dossier.inventaire import CODEMANDEUR
from modele.protection.acces import delivrable

JOUR = date(2026, 11, 29)


def _liste(**elements: dict[str, Any]) -> dict[str, Any]:
    return {"elements": elements, "ordre": list(elements), "clos": True}


def _document() -> dict[str, Any]:
    return {
        "demandeur": {"nom": "BENALI", "prenoms": "Zahra", "nationalite": "francaise"},
        "codemandeur": {"nom": "PETIT", "prenoms": "Karim", "nationalite": "francaise"},
        "foyer": {
            "avec_codemandeur": True,
            "personnes": _liste(
                a={"prenoms": "Sami", "date_naissance": "2015-01-20", "lien": "enfant"},
                b={"prenoms": "Fatima", "date_naissance": "1950-01-20", "lien": "ascendant"},
            ),
        },
        "ressources": {
            "revenus": _liste(
                r={"personne": "demandeur", "type": "salaire", "montant": 1640},
                s={"personne": "codemandeur", "type": "chomage", "montant": 870},
                t={"type": "salaire", "montant": 12},
            )
        },
    }


def test_le_demandeur_emporte_le_sien_et_ses_enfants_jamais_un_autre_adulte() -> None:
    dit = delivrable(_document(), JOUR)
    assert dit["demandeur"]["nom"] == "BENALI"
    assert "codemandeur" not in dit
    assert list(dit["foyer"]["personnes"]["elements"]) == ["a"]
    assert list(dit["ressources"]["revenus"]["elements"]) == ["r"]


def test_le_codemandeur_emporte_le_sien_et_rien_du_demandeur() -> None:
    dit = delivrable(_document(), JOUR, qui=CODEMANDEUR)
    assert dit["codemandeur"]["nom"] == "PETIT"
    assert dit.keys() == {"codemandeur", "ressources"}
    assert list(dit["ressources"]["revenus"]["elements"]) == ["s"]
    seul = delivrable({"codemandeur": {"nom": "PETIT"}}, JOUR, qui=CODEMANDEUR)
    assert seul == {"codemandeur": {"nom": "PETIT"}}


def test_d_un_dossier_discret_ni_identite_ni_enfant() -> None:
    dit = delivrable({**_document(), "protection": {"discret": True}}, JOUR)
    assert "nom" not in dit.get("demandeur", {})
    assert "foyer" not in dit or "personnes" not in dit["foyer"]
    assert list(dit["ressources"]["revenus"]["elements"]) == ["r"]
