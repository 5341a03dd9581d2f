"""Ce que demande la filière se dit avec sa source ; ce qui manque se dit manquant, et qui le sait."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from modele.chargement import charger_regles
from modele.orientation.filiere import DemandeMontree
from modele.regles.provenance import Provenance
from modele.territoire.filiere import DemandeDeFiliere
from ui.mots.filiere import dire_demande, dire_incoherence

REGLES = charger_regles("metropole-exemple").filiere
LABEL = REGLES.attendus[0]


def test_ce_qui_manque_dit_qui_le_sait() -> None:
    dite = dire_demande(DemandeMontree(LABEL, None))
    assert "n'est pas connu" in dite
    assert LABEL.a_qui in dite


def test_ce_qui_est_dit_porte_sa_source_et_sa_date() -> None:
    lue = Provenance(source="la préfecture", confiance="V", verifie_le=date(2026, 11, 30))
    une = DemandeDeFiliere("label", "Secrétariat", "Par écrit.", lue)
    assert dire_demande(DemandeMontree(LABEL, une)).endswith("Secrétariat. Par écrit. (la préfecture, 30/11/2026)")
    douteuse = replace(une, provenance=replace(lue, confiance="M"))
    assert dire_demande(DemandeMontree(LABEL, douteuse)).endswith("(à faire valider)")
    assert dire_demande(DemandeMontree(LABEL, replace(une, provenance=Provenance()))).endswith("(fictif)")


def test_une_incoherence_deduite_se_dit_a_faire_valider() -> None:
    par_nom = {une.id: une for une in REGLES.incoherences}
    assert dire_incoherence(par_nom["label-sans-priorite"]).endswith("(à faire valider)")
    assert "valider" not in dire_incoherence(par_nom["reconnue-sans-label"])
