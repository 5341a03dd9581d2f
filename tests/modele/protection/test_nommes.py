"""Un motif ne nomme personne : ni « Mme Petit », ni « Alix Petit », ni son numéro ; « petit » reste un mot."""

from __future__ import annotations

import pytest

from modele.protection import nommes
from modele.protection.nommes import nomment

DOSSIERS = [
    {"demandeur": {"nom": "Petit", "prenoms": "Aïcha Zoé"}, "demande": {"numero_unique": "099X01000000000001"}},
    {"demandeur": {"nom": "DE LA TOUR"}, "codemandeur": {"nom": "Ndiaye", "prenoms": "Mor"}},
    {"demandeur": {"nom": None, "prenoms": "Zoé"}},
    {"demandeur": {"nom": "Essai", "nom_usage": "Durand", "prenoms": "Marie-Claire"}},
    {"foyer": {"personnes": {"elements": {"e": {"nom": "Sow", "prenoms": "Ibrahima"}}, "ordre": ["e"]}}},
    {},
]


@pytest.mark.parametrize(
    "dit",
    ["Mme Durand a trois enfants.", "Marie-Claire Essai", "Claire Essai", "Durand Marie Claire", "Ibrahima Sow",
     "zoe petit",
     "Mme Petit est prioritaire.", "Vu : PETIT Aicha", "aïcha petit", "M. de la Tour", "Famille Ndiaye", "Mor NDIAYE",
     "Le dossier 099X01000000000001 est complet."],
)  # fmt: skip
def test_ce_qui_nomme(dit: str) -> None:
    assert nomment([dit, "Vu les ressources."], DOSSIERS) == (dit,)


@pytest.mark.parametrize("dit", ["Logement trop petit.", "Vue sur la tour.", "Zoé", "", "Monsieur le maire a lu."])
def test_ce_qui_ne_nomme_personne(dit: str) -> None:
    assert nomment([dit], DOSSIERS) == ()


def test_mutant_sans_la_civilite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nommes, "_CIVILITES", ())
    with pytest.raises(AssertionError):
        test_ce_qui_nomme("Mme Petit est prioritaire.")
