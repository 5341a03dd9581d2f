"""Les questions de protection livrées : ce qu'elles disent, ce qui les ouvre, et seulement seul à seul."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from modele.bilan import Bilan, etablir
from modele.chargement import Regles, charger_regles
from modele.dossier.entretien import Visibilite

JOUR = date(2026, 11, 29)
SUITES = ("protection.preuves", "protection.plainte_souhaitee", "protection.fiche_souhaitee")
EXPLOITATION = [{"victime_traite": True}, {"sortie_prostitution": True}]


@cache
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def bilan(**document: Any) -> Bilan:
    return etablir(regles(), {"id": "x", "territoire": "metropole-exemple", **document}, JOUR)


def vues(un: Bilan) -> dict[str, Visibilite]:
    return {vue.chemin: vue.visibilite for vue in un.entretien.questions()}


def test_l_exploitation_se_demande_par_ce_qu_elle_fait_faire() -> None:
    """Travailler, mendier, des rapports sexuels, les papiers gardés : jamais « vous prend-il votre argent », qui dit
    une violence économique du couple et non une traite (CP 225-4-1)."""
    question = next(v.question for v in bilan().entretien.questions() if v.chemin == "demande.victime_traite")
    assert question.seul_a_seul
    assert all(mot in question.dire for mot in ("travailler", "mendier", "rapports sexuels", "papiers"))
    assert "argent" not in question.dire


@pytest.mark.parametrize("demande", EXPLOITATION)
def test_l_exploitation_dite_ouvre_les_preuves_la_plainte_et_la_fiche(demande: dict[str, Any]) -> None:
    """Une carte de séjour dépend de la plainte (CESEDA L425-1) : elle se propose aussi à qui est exploité."""
    seul = vues(bilan(demande=demande, protection={"seul_a_seul": True}))
    assert {seul[chemin] for chemin in SUITES} == {Visibilite.VISIBLE}


@pytest.mark.parametrize("demande", EXPLOITATION)
def test_devant_quelqu_un_rien_de_protege_ne_se_montre(demande: dict[str, Any]) -> None:
    """Ni la question, ni celles qu'elle ouvre : l'exploiteur peut être l'accompagnant ou l'interprète."""
    devant = vues(bilan(demande=demande))
    assert {devant[chemin] for chemin in (*SUITES, *(f"demande.{nom}" for nom in demande))} == {Visibilite.SEUL_A_SEUL}
    montrees = {chemin for chemin, v in devant.items() if v in (Visibilite.VISIBLE, Visibilite.PEUT_ETRE)}
    assert montrees == {c for c, v in vues(bilan()).items() if v in (Visibilite.VISIBLE, Visibilite.PEUT_ETRE)}


def test_la_plainte_ne_promet_que_ce_qu_on_tient() -> None:
    """« On vous accompagne » promet ce que l'accueil ne tient pas : il prend le rendez-vous, avec elle."""
    question = next(v.question for v in bilan().entretien.questions() if v.chemin == "protection.plainte_souhaitee")
    assert "accompagne" not in question.pourquoi
    assert "rendez-vous" in question.pourquoi
