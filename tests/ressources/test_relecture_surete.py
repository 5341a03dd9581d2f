"""La relecture du droit, D1 à D11 : ce qui ne se ferme pas, ce qui ne se promet pas, ce qui ne se dit plus."""

from __future__ import annotations

import pytest
from outils_relecture import SEIZE_ANS, Situation, bilan, dehors, peur, question, questions, regles, retenues, textes

from impressions.offres import offres
from modele.orientation.resultat import Urgence

MINEUR = dehors(mineur_seul=True) | {"demandeur": SEIZE_ANS}


@pytest.mark.parametrize("nom", ["mineur-seul", "victime-traite", "peur", "peur-d-un-proche", "risque-suicidaire"])
def test_ce_qui_met_en_danger_passe_maintenant(nom: str) -> None:
    """D1 à D4 : ni « aujourd'hui », ni « cette semaine »."""
    assert next(une for une in regles().orientations if une.id == nom).urgence is Urgence.IMMEDIATE


@pytest.mark.parametrize(
    ("triage", "demandeur", "ouvertes"),
    [
        ({"dit_majeur": True}, {}, {"sans-abri", "dit-majeur"}),
        ({"enceinte_ou_parent": True}, {}, {"sans-abri", "mineur-seul"}),
        ({}, {"mineur_emancipe": True}, {"sans-abri"}),
        ({"mineur_seul": {"ne_sait_pas": True}}, {}, {"sans-abri"}),
        ({"mineur_seul": False}, {}, {"sans-abri"}),
        ({}, {"date_naissance": {"ne_sait_pas": True}}, {"sans-abri"}),
    ],
)
def test_d1_le_115_ne_se_ferme_qu_aux_trois_dits(triage: Situation, demandeur: Situation, ouvertes: set[str]) -> None:
    """Moins de 18 ans, seul, non émancipé ; jamais à qui est enceinte, parent, ou dit majeur."""
    situation = dehors(**{"mineur_seul": True, **triage}) | {"demandeur": SEIZE_ANS | demandeur}
    assert ouvertes <= set(retenues(situation))
    assert "115" in {offre.id for offre in offres(bilan(situation))}


def test_d1_aux_trois_dits_rien_du_115_ne_reste() -> None:
    """``reprend = false`` : ni numéro, ni fiche, ni échéance de la voie remplacée."""
    voies = retenues(MINEUR)
    assert not {"sans-abri", "sans-abri-enfant", "demandeur-mineur"} & set(voies)
    assert "115" not in {*voies["mineur-seul"].contacts, *(offre.id for offre in offres(bilan(MINEUR)))}
    assert voies["mineur-seul"].echeances == ()


ACCORD = (
    "« Sans votre accord, je n'appelle personne, sauf si votre vie ou un enfant est en danger tout de suite."
    " Je vous le dis avant. »"
)


def test_d2_la_phrase_du_secret_est_la_meme_partout() -> None:
    """Ni plus, ni moins : une promesse intenable trahit."""
    dites = {voie.id: dit for voie in regles().orientations for dit in voie.a_dire if "accord, je" in dit}
    assert dites == dict.fromkeys(["peur", "victime-traite", "sortie-prostitution"], ACCORD)
    assert not [voie.id for voie in regles().orientations if "Sans votre" in textes(voie) and ACCORD not in voie.a_dire]


@pytest.mark.parametrize("de", ["enfant_adulte", "aidant", "tuteur", "parent", "voisin", "bailleur", "reseau", "autre"])
def test_d3_l_ordonnance_de_protection_ne_se_promet_pas_hors_du_couple(de: str) -> None:
    """CC 515-9 : le couple et l'ex-couple."""
    assert "violences-couple" not in retenues(peur(de))


def test_d10_la_question_ne_confond_plus_toute_agression_avec_un_viol() -> None:
    assert "une agression sexuelle" in question("demande.agression_domicile").dire
    assert question("triage.agression_recente").ephemere


def test_d11_une_voiture_n_est_jamais_un_habitat_mobile() -> None:
    """Dehors partout : la liste des codes le dit comme l'entretien."""
    voitures = [option.codes for une in questions() for option in une.options if "voiture" in option.dire]
    assert voitures == [("sans_abri",)]
    codes = regles().national.nomenclatures["statut_logement"].codes.values()
    assert [code.code for code in codes if "voiture" in code.a_dire] == []


DEMENTIS = (
    "ne sort pas d'ici sans votre accord",  # D2
    "Le secret n'interdit pas",  # D6
    "même sans la dette : le juge peut alors",  # D7
    "deux mois au moins",  # D14
    "ne veut pas dire partir demain",  # D14
    "peut porter la priorité",  # § 4
)


@pytest.mark.parametrize("dementi", DEMENTIS)
def test_ce_qui_etait_faux_ne_se_dit_plus(dementi: str) -> None:
    assert [voie.id for voie in regles().orientations if dementi in textes(voie)] == []
