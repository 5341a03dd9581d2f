"""Ce que l'écran tait."""

from __future__ import annotations

from modele.bilan import charger_regles
from ui.discretion import reponse_protegee


def test_ce_qui_dit_une_violence_est_protege() -> None:
    """Par le champ, par la question, ou par la seule valeur."""
    regles = charger_regles("metropole-exemple")
    assert reponse_protegee(regles, "triage.peur_au_domicile")
    assert reponse_protegee(regles, "demande.motifs", [{"coches": ["violences"]}])
    assert not reponse_protegee(regles, "demande.motifs", [{"coches": []}])
    assert not reponse_protegee(regles, "contact.telephone")
