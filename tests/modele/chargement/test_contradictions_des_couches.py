"""Les contradictions selon la couche d'où elles viennent ; celles qui diraient une violence, seul à seul seulement."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outils_paquets import livre, modifie, national, sources

from modele.bilan import Regles, charger_regles, etablir
from modele.dossier.chemins import poser
from modele.dossier.contradictions import FICHIER

JOUR = date(2026, 11, 29)


def leves(regles: Regles, ecrit: dict[str, Any]) -> list[str]:
    return [une.regle.id for une in etablir(regles, ecrit, JOUR, exacte=False).contradictions]


def publiee(entrees: str) -> str:
    """Le fichier livré et ces entrées, vérifiés depuis."""
    return (livre(FICHIER) + entrees).replace("verifie_le = 2026-11-29", "verifie_le = 2026-12-01")


PROTEGEE = """
[[contradiction]]
id = "essai-protege"
phrase = "Essai."
champs = ["triage.peur_au_domicile", "triage.enfant_avec"]
si = { tous = [{ fait = "triage.peur_au_domicile" }, { fait = "triage.enfant_avec", egal = false }] }
"""


def test_une_contradiction_protegee_ne_se_montre_que_seul_a_seul(racine: Path) -> None:
    regles = charger_regles(
        "metropole-exemple", sources(racine, [national({"contradictions.toml": publiee(PROTEGEE)})])
    )
    ecrit = {"triage": {"peur_au_domicile": True, "enfant_avec": False}}
    assert leves(regles, ecrit) == []
    assert leves(regles, poser(ecrit, "protection.seul_a_seul", True)) == ["essai-protege"]
    assert leves(regles, poser(ecrit, "protection.seul_a_seul", False)) == []
    assert regles.contradictions_protegees == {"essai-protege"}


def test_une_structure_n_y_touche_pas_une_publication_nationale_signee_si(racine: Path) -> None:
    une = """
[[contradiction]]
id = "essai"
phrase = "Essai."
champs = ["demande.type", "triage.enfant_avec"]
si = { fait = "triage.enfant_avec" }
"""
    recues = charger_regles("metropole-exemple", sources(racine, [national({"contradictions.toml": publiee(une)})]))
    assert recues.contradictions[-1].id == "essai"
    assert not recues.ecarts
    ici = [modifie("contradictions", "national", "contradictions.toml", publiee(une))]
    gardees = charger_regles("metropole-exemple", sources(surcharges=ici))
    assert "essai" not in {une.id for une in gardees.contradictions}
    assert any("publication nationale signée" in str(ecart) for ecart in gardees.ecarts)


def test_mutant_une_contradiction_protegee_montree_a_tous_se_verrait(
    racine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Regles, "contradictions_protegees", frozenset())
    with pytest.raises(AssertionError):
        test_une_contradiction_protegee_ne_se_montre_que_seul_a_seul(racine)
