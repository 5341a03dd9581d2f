"""Les faits des ressources et des plafonds, sur des dossiers écrits en clair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from exemples_faits import ADULTE, ENFANT, REFUS, VISITE, Fait, foyer
from outils_sources import deriver

from modele.dossier.faits import Derives
from modele.dossier.faits.plafonds import plafond_pls
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Etat, Intervalle, connu, partiel

# --- Les ressources ------------------------------


def ressources(*montants: Any, clos: bool = True, **reste: Any) -> dict[str, Any]:
    elements = {f"r{rang}": {"montant": m} for rang, m in enumerate(montants)}
    return {"revenus": {"elements": elements, "clos": clos}} | reste


def test_les_ressources_s_additionnent_quand_la_liste_est_close(fait: Fait) -> None:
    assert fait("ressources_mensuelles", {"ressources": ressources("1200.50", "300")}) == connu(Decimal("1500.50"))
    assert fait("ressources_mensuelles", {"ressources": ressources()}) == connu(Decimal(0))
    assert fait("ressources_mensuelles", {}) == INCONNU
    assert fait("ressources_mensuelles", {"ressources": ressources("100", REFUS)}) == REFUSE
    ouverte = fait("ressources_mensuelles", {"ressources": ressources("1200", clos=False)})
    assert ouverte.domaine == Intervalle(Decimal(1200), Decimal(9_999_999))
    environ = fait("ressources_mensuelles", {"ressources": ressources({"entre": ["900", "1100"]}, "100")})
    assert environ == partiel(Intervalle(Decimal(1000), Decimal(1200)))


LOYER = {"loyer": "600", "charges": "50", "aide_logement": "200"}


def test_le_taux_d_effort_deduit_l_aide_au_logement(fait: Fait) -> None:
    document = {"logement_actuel": LOYER, "ressources": ressources("1500")}
    assert fait("charge_logement", document) == connu(Decimal("450.00"))
    assert fait("taux_effort", document) == connu(Decimal("0.3000"))


def test_sans_ressources_le_taux_d_effort_est_a_son_maximum(fait: Fait) -> None:
    assert fait("taux_effort", {"logement_actuel": LOYER, "ressources": ressources()}) == connu(Decimal("10.0000"))
    aide = LOYER | {"aide_logement": "900"}
    assert fait("taux_effort", {"logement_actuel": aide, "ressources": ressources()}) == connu(Decimal("0.0000"))


def test_le_reste_a_vivre_par_unite_de_consommation(fait: Fait) -> None:
    document = {
        "logement_actuel": LOYER,
        "ressources": ressources("1500", pension_versee="150"),
        "foyer": foyer(ADULTE),
    }
    assert fait("revenu_par_uc", document) == connu(Decimal("1000.00"))
    assert fait("reste_a_vivre", document) == connu(Decimal("600.00"))


def test_le_premier_quartile_est_inconnu_sans_seuil_local(fait: Fait) -> None:
    document = {"ressources": ressources("800"), "foyer": foyer()}
    assert fait("premier_quartile", document) == INCONNU
    assert fait("premier_quartile", document, premier_quartile_annuel=Decimal(9600)) == connu(True)
    assert fait("premier_quartile", document, premier_quartile_annuel=Decimal("9599.99")) == connu(False)


SEUL: dict[str, Any] = {"avis_hors_foyer": False}


@pytest.mark.parametrize(
    ("reponses", "attendu"),
    [
        ({"rfr_n2": 20_000, "rfr_n1": 18_000}, connu(18_000)),
        ({"rfr_n2": 20_000, "rfr_n1": 18_001}, connu(20_000)),
        ({"rfr_n2": 20_000, "rfr_n1": 18_000, "annee_n2": 2024}, connu(18_000)),
        ({"rfr_n2": 20_000, "annee_n2": 2023}, INCONNU),
        ({"rfr_n2": 20_000}, partiel(Intervalle(0, 20_000))),
        ({"rfr_n2": 20_000, "rfr_n1": {"entre": [15_000, 17_000]}}, partiel(Intervalle(15_000, 17_000))),
        ({"rfr_n2": 20_000, "rfr_n1": {"entre": [15_000, 19_000]}}, partiel(Intervalle(15_000, 20_000))),
        ({"rfr_n2": REFUS}, REFUSE),
        ({}, INCONNU),
        (
            {"rfr_n2": 20_000, "rfr_n1": 20_000, "avis_hors_foyer": True, "part_propre_n2": 8_000},
            partiel(Intervalle(0, 8_000)),
        ),
    ],
)
def test_le_revenu_fiscal_retenu(fait: Fait, reponses: dict[str, Any], attendu: Etat) -> None:
    document = {"ressources": SEUL | reponses, "foyer": foyer()}
    assert fait("revenu_fiscal_retenu", document) == attendu


def test_la_part_propre_d_un_avis_commun_avec_quelqu_un_qui_n_est_plus_la(fait: Fait) -> None:
    """L441-1, 2e alinéa : « les seules ressources à prendre en compte sont celles du requérant »."""
    avis = {"rfr_n2": 30_000, "rfr_n1": 30_000, "part_propre_n2": 8_000, "part_propre_n1": 8_100}

    def retenu(**reste: Any) -> Etat:
        return fait("revenu_fiscal_retenu", {"ressources": avis | reste, "foyer": foyer()})

    assert retenu(avis_hors_foyer=True) == connu(8_000)
    assert retenu(avis_hors_foyer=False) == connu(30_000)
    assert retenu() == partiel(Intervalle(0, 30_000))


COUPLE_FISCAL = {"rfr_n2": 20_000, "rfr_n1": 20_000, "avis_hors_foyer": False}


@pytest.mark.parametrize(
    ("reponses", "attendu"),
    [
        ({"avis_codemandeur": "propre", "rfr_n2_codemandeur": 15_000, "rfr_n1_codemandeur": 15_000}, connu(35_000)),
        ({"rfr_n2_codemandeur": 15_000, "rfr_n1_codemandeur": 15_000}, connu(35_000)),
        ({"avis_codemandeur": "propre", "rfr_n2_codemandeur": 15_000, "rfr_n1_codemandeur": 11_500}, connu(31_500)),
        ({"avis_codemandeur": "propre", "rfr_n2_codemandeur": 15_000, "rfr_n1_codemandeur": 11_501}, connu(35_000)),
        ({"avis_codemandeur": "commun"}, connu(20_000)),
        ({"avis_codemandeur": "aucun"}, partiel(Intervalle(20_000, 1_019_999))),
        ({}, partiel(Intervalle(20_000, 1_019_999))),
    ],
)
def test_les_avis_du_couple_s_ajoutent(fait: Fait, reponses: dict[str, Any], attendu: Etat) -> None:
    """R441-1, L442-12 : la somme de toutes les personnes du foyer ; N-1 se compare à la somme de N-2."""
    document = {"ressources": COUPLE_FISCAL | reponses, "foyer": foyer(avec_codemandeur=True)}
    assert fait("revenu_fiscal_retenu", document) == attendu


def test_l_avis_d_un_autre_adulte_s_ajoute_aussi(fait: Fait) -> None:
    def retenu(*autres: dict[str, Any], **reste: Any) -> Etat:
        return fait("revenu_fiscal_retenu", {"ressources": COUPLE_FISCAL | reste, "foyer": foyer(*autres)})

    assert retenu(ENFANT) == connu(20_000)
    assert retenu(ENFANT, ADULTE, rfr_n2_autres=9_000, rfr_n1_autres=9_000) == connu(29_000)
    assert retenu(ADULTE) == partiel(Intervalle(20_000, 1_019_999))


def test_un_revenu_ecrit_ne_compte_pas_avant_de_savoir_si_la_personne_est_la(fait: Fait) -> None:
    """Le codemandeur, ou l'autre adulte, n'est pas encore dit : le total est une plage, pas une somme."""
    autres = {"rfr_n2_codemandeur": 9_000, "rfr_n1_codemandeur": 9_000, "rfr_n2_autres": 0, "rfr_n1_autres": 0}
    document: dict[str, Any] = {"ressources": COUPLE_FISCAL | autres, "foyer": {"personnes": foyer()["personnes"]}}
    assert fait("revenu_fiscal_retenu", document) == partiel(Intervalle(20_000, 29_000))
    tu = {
        "ressources": COUPLE_FISCAL | {"rfr_n2_autres": 9_000, "rfr_n1_autres": 9_000},
        "foyer": {"avec_codemandeur": False},
    }
    assert fait("revenu_fiscal_retenu", tu) == partiel(Intervalle(20_000, 29_000))


def test_sans_n_moins_1_a_demander_le_revenu_n_moins_2_suffit() -> None:

    droit = {"baisse_revenus_part": connu(Decimal("0.1")), "revenus_annees_en_arriere": connu(2)}
    bruts = {"ressources.rfr_n2": connu(20_000), "ressources.rfr_n1": SANS_OBJET}
    bruts |= {"foyer.avec_codemandeur": connu(False), "ressources.avis_hors_foyer": SANS_OBJET}
    faits = deriver(bruts, [], date(2026, 11, 22), {}, lambda d: droit, personnes_closes=True).faits
    assert faits["revenu_fiscal_retenu"] == connu(20_000)


# --- Les plafonds ------------------------------

COUPLE = {"avec_codemandeur": True}
SANS_CMI = {"handicap": {"cmi_invalidite": False}}


def menage(*autres: dict[str, Any], naissances: tuple[str, ...] = ("1990-01-01",), **reste: Any) -> dict[str, Any]:
    """Un ménage sans CMI ; deux dates de naissance : un couple marié."""
    document: dict[str, Any] = {
        "demandeur": {"date_naissance": naissances[0]} | SANS_CMI,
        "foyer": foyer(*(SANS_CMI | autre for autre in autres), avec_codemandeur=len(naissances) == 2),
    }
    if len(naissances) == 2:
        document["codemandeur"] = {"date_naissance": naissances[1], "lien": "conjoint"} | SANS_CMI
    return document | reste


@pytest.mark.parametrize(
    ("document", "attendu"),
    [
        (menage(), 1),
        (menage(ENFANT), 3),
        (menage(*[ENFANT] * 4), 6),
        (menage(*[ENFANT] * 5), 6),
        (menage(ADULTE), 2),
        (menage(naissances=("1980-01-01", "1980-01-01")), 2),
        (menage(naissances=("1998-12-31", "1999-12-31")), 3),
        (menage(ENFANT, naissances=("1998-12-31", "1999-12-31")), 3),
        (menage(ADULTE, naissances=("1998-12-31", "1999-12-31")), 3),
        (menage(demandeur={"handicap": {"cmi_invalidite": True}, "date_naissance": "1990-01-01"}), 2),
    ],
)
def test_la_categorie_de_menage(fait: Fait, document: dict[str, Any], attendu: int) -> None:
    assert fait("categorie_menage", document) == connu(attendu)


@pytest.mark.parametrize(
    ("naissance", "attendu"), [("1999-11-22", True), ("1998-11-22", True), ("1998-11-21", True), ("1997-11-22", False)]
)
def test_un_jeune_menage_ne_depasse_pas_cinquante_cinq_ans_a_deux(fait: Fait, naissance: str, attendu: bool) -> None:
    assert fait("jeune_menage", menage(naissances=("1999-06-01", naissance))) == connu(attendu)


def test_les_enfants_en_droit_de_visite_comptent_pour_les_plafonds_sans_surclasser(fait: Fait) -> None:
    """R441-1 1° renvoie à L442-12, qui les met dans le foyer ; la notice du formulaire dit l'inverse."""
    assert fait("nombre_personnes_plafonds", menage(VISITE)) == connu(2)
    assert fait("categorie_menage", menage(VISITE)) == connu(2)
    assert fait("nombre_personnes_plafonds", menage(VISITE), plafonds_comptent_droit_visite=0) == connu(1)


def test_un_autre_adulte_non_a_charge_empeche_d_etre_seul_avec_charge(fait: Fait) -> None:
    assert fait("personne_seule_avec_charge", menage(ENFANT, ADULTE)) == connu(False)
    assert fait("personne_seule_avec_charge", menage(ENFANT, VISITE)) == connu(True)
    assert (
        fait("personne_seule_avec_charge", {"foyer": {"personnes": {"elements": {"p": ENFANT}, "clos": True}}})
        == INCONNU
    )


TABLE = {
    f"territoire.plafond_{f}_{r}": connu(montant)
    for f, montants in {
        "plai": (12_870, 18_753, 22_551, 25_092, 29_359, 33_086, 3_689),
        "plus": (23_403, 31_254, 37_584, 45_374, 53_376, 60_156, 6_710),
    }.items()
    for r, montant in zip([*range(1, 7), "supplementaire"], montants, strict=True)
}


def test_le_revenu_se_compare_aux_plafonds_borne_comprise(derives: Callable[..., Derives]) -> None:
    def respecte(rfr: int) -> list[Any]:
        document = menage(ENFANT, ressources=SEUL | {"rfr_n2": rfr, "rfr_n1": rfr})
        faits = derives(document, territoire=TABLE).faits
        return [faits[f"sous_plafond_{f}"].valeur for f in ("plai", "plus", "pls")]

    assert respecte(22_551) == [True, True, True]
    assert respecte(37_584) == [False, True, True]
    assert respecte(48_859) == [False, False, True]
    assert respecte(48_860) == [False, False, False]


def test_au_dela_de_six_personnes_le_supplement_s_ajoute(fait: Fait) -> None:
    document = menage(*[ENFANT] * 6, naissances=("1980-01-01", "1980-01-01"))
    assert fait("plafond_plus", document, territoire=TABLE) == connu(Decimal(60_156 + 2 * 6_710))


def test_a_six_personnes_une_personne_seule_avec_charges_a_deux_plafonds_possibles(
    derives: Callable[..., Derives],
) -> None:
    """« Six personnes ou une personne seule avec quatre à charge » : au-delà, le texte se lit de deux façons."""

    def faits(rfr: int) -> Any:
        document = menage(*[ENFANT] * 5, ressources=SEUL | {"rfr_n2": rfr, "rfr_n1": rfr})
        return derives(document, territoire=TABLE).faits

    assert faits(0)["plafond_plus"] == partiel(Intervalle(Decimal(60_156), Decimal(66_866)))
    assert [faits(rfr)["sous_plafond_plus"].valeur for rfr in (60_156, 60_157, 66_866, 66_867)] == [
        True,
        None,
        None,
        False,
    ]


@pytest.mark.parametrize(("plus", "pls"), [(23_201, 30_161), (23_205, 30_167), (23_403, 30_424)])
def test_le_plafond_pls_se_publie_a_l_euro(plus: int, pls: int) -> None:
    assert plafond_pls(Decimal(plus), Decimal("1.3")) == pls


def test_un_revenu_deja_sous_le_plafond_le_reste_quoi_que_dise_n_moins_1(fait: Fait) -> None:
    document = menage(ENFANT, ressources={"rfr_n2": 20_000})
    assert fait("sous_plafond_plai", document, territoire=TABLE) == connu(True)


def test_sans_plafonds_du_territoire_on_ne_sait_pas(fait: Fait) -> None:
    document = menage(ENFANT, ressources={"rfr_n2": 20_000})
    assert fait("sous_plafond_plai", document) == INCONNU


def test_le_territoire_dit_s_il_est_outre_mer(fait: Fait) -> None:
    assert fait("territoire.outre_mer", {}, territoire={"territoire.outre_mer": connu(True)}) == connu(True)
    assert fait("territoire.agglomeration_plus_300000", {}) == INCONNU
