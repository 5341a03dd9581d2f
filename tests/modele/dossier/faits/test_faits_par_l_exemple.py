"""Les faits de la demande, du foyer et du logement, sur des dossiers écrits en clair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from exemples_faits import ADULTE, ENFANT, REFUS, VISITE, Fait, foyer
from hypothesis import given
from hypothesis import strategies as st
from outils_sources import deriver

from modele.dossier.faits import Derives
from modele.dossier.faits.logement import surface_minimale
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Enumere, Etat, Intervalle, Statut, connu, partiel
from modele.regles.parametres import LigneParametre

# --- La demande ------------------------------


def test_sans_demande_enregistree_l_anciennete_est_nulle_et_le_delai_n_est_pas_depasse(fait: Fait) -> None:
    document = {"demande": {"deja_enregistree": False}}
    assert fait("anciennete_mois", document) == connu(0)
    assert fait("anciennete_mois_entames", document) == connu(0)
    assert fait("delai_anormalement_long_depasse", document) == connu(False)


def test_une_demande_sans_date_attestee_a_une_anciennete_inconnue(fait: Fait) -> None:
    document: dict[str, Any] = {"demande": {"deja_enregistree": True}}
    assert fait("anciennete_mois", document) == INCONNU
    document["demande"]["date_reception"] = REFUS
    assert fait("anciennete_mois", document) == REFUSE


def test_sans_delai_local_le_depassement_est_inconnu_jamais_faux(fait: Fait) -> None:
    document = {"demande": {"date_reception": "2010-01-01"}}
    assert fait("delai_anormalement_long_depasse", document).statut is Statut.INCONNU


@pytest.mark.parametrize(("jour", "attendu"), [(date(2028, 11, 10), False), (date(2028, 11, 11), True)])
def test_le_delai_est_depasse_le_lendemain(fait: Fait, jour: date, attendu: bool) -> None:
    document = {"demande": {"date_reception": "2025-11-10"}}
    etat = fait("delai_anormalement_long_depasse", document, jour, delai_anormalement_long_mois=36)
    assert etat == connu(attendu)


def test_le_delai_suit_la_population_et_les_types_demandes(fait: Fait) -> None:
    lignes = (
        LigneParametre(30, dimensions={"population": ("primo",), "typologie": ("T1", "T2", "T3")}),
        LigneParametre(24, dimensions={"population": ("primo",), "typologie": ("T4", "T5", "T6P", "chambre")}),
        LigneParametre(60, dimensions={"population": ("mutation",)}),
    )
    document: dict[str, Any] = {
        "demande": {"date_reception": "2024-04-22"},
        "logement_actuel": {"statut": "locataire_prive"},
        "recherche": {"type": {"coches": ["T3"], "clos": True}},
    }
    lire = "delai_anormalement_long_depasse"
    assert fait(lire, document, delai_anormalement_long_mois=lignes) == connu(True)
    document["demande"]["date_reception"] = "2024-07-22"
    assert fait(lire, document, delai_anormalement_long_mois=lignes) == connu(False)
    document["recherche"]["type"]["coches"] = ["T3", "T4"]
    assert fait(lire, document, delai_anormalement_long_mois=lignes) == INCONNU
    document["recherche"]["type"]["coches"] = ["T4"]
    assert fait(lire, document, delai_anormalement_long_mois=lignes) == connu(True)
    document["logement_actuel"] = {"statut": "locataire_hlm", "titulaire_bail": True}
    assert fait(lire, document, delai_anormalement_long_mois=lignes) == connu(False)


def test_une_demande_se_renouvelle_dans_le_mois_qui_precede_son_anniversaire(fait: Fait) -> None:
    document: dict[str, Any] = {"demande": {"date_reception": "2025-11-10", "date_renouvellement": "2025-12-22"}}
    assert fait("fin_validite_demande", document) == connu(date(2026, 12, 22))
    assert fait("demande_a_renouveler", document, date(2026, 11, 21)) == connu(False)
    assert fait("demande_a_renouveler", document, date(2026, 11, 22)) == connu(True)
    assert fait("fin_validite_demande", {"demande": {"deja_enregistree": False}}) == SANS_OBJET
    recente = {"demande": {"date_reception": "2026-10-01"}}
    assert fait("fin_validite_demande", recente) == INCONNU


def test_une_demande_radiee_se_reactive_six_mois_apres_sa_validite(fait: Fait) -> None:
    document = {"demande": {"date_reception": "2025-01-31", "date_renouvellement": "2025-01-31", "radiee": True}}
    assert fait("demande_reactivable", document, date(2026, 7, 31)) == connu(True)
    assert fait("demande_reactivable", document, date(2026, 8, 1)) == connu(False)
    assert fait("demande_reactivable", {"demande": {"radiee": False}}) == connu(False)


def test_la_population_est_mutation_pour_un_locataire_hlm_titulaire_du_bail(fait: Fait) -> None:
    logement: dict[str, Any] = {"statut": "locataire_hlm", "titulaire_bail": True}
    assert fait("population", {"logement_actuel": logement}) == connu("mutation")
    assert fait("population", {"logement_actuel": logement | {"titulaire_bail": False}}) == connu("primo")
    assert fait("population", {"logement_actuel": {"statut": "locataire_hlm"}}) == INCONNU
    assert fait("population", {"logement_actuel": {"statut": REFUS}}) == INCONNU
    assert fait("population", {"logement_actuel": {"statut": REFUS, "titulaire_bail": REFUS}}) == REFUSE
    assert fait("population", {"logement_actuel": {"statut": {"parmi": ["sans_abri", "squat"]}}}) == connu("primo")


def test_plusieurs_types_demandes_restent_tous_possibles(fait: Fait) -> None:
    def types(reponse: Any) -> Etat:
        return fait("typologie_souhaitee", {"recherche": {"type": reponse}})

    assert types({"coches": ["T3"], "clos": True}) == connu("T3")
    assert types({"coches": ["T4", "T3"], "clos": True}) == partiel(Enumere(("T3", "T4")))
    assert types({"coches": ["T3"]}) == INCONNU
    assert types({"coches": [], "clos": True}) == INCONNU
    assert types(REFUS) == REFUSE


def test_les_types_demandes_connus_en_partie(derives: Callable[..., Derives]) -> None:
    from outils_sources import deriver

    def types(*ensembles: str, **reste: bool) -> Etat:
        etat = partiel(Enumere(tuple(frozenset(e.split()) for e in ensembles)), **reste)
        return deriver({"recherche.type": etat}, [], date(2026, 1, 1), {}, lambda d: {}).faits["typologie_souhaitee"]

    assert types("T3", "T3 T4") == partiel(Enumere(("T3", "T4")))
    assert types("T3", "") == INCONNU
    assert types("T3", peut_etre_sans_objet=True) == partiel(Enumere(("T3",)), peut_etre_sans_objet=True)


def test_les_refus_se_comptent_dans_leur_liste_ou_se_disent(fait: Fait) -> None:
    def refus(*justifies: bool, clos: bool = True) -> dict[str, Any]:
        elements = {f"r{rang}": {"justifie": j} for rang, j in enumerate(justifies)}
        return {"refus": {"elements": elements, "clos": clos}}

    assert fait("refus_non_justifies", refus(True, False, False)) == connu(2)
    assert fait("refus_non_justifies", refus(False, clos=False)) == INCONNU
    assert fait("refus_non_justifies", {"demande": {"refus_non_justifies": 1}} | refus()) == connu(1)
    assert fait("refus_non_justifies", {"refus": {"elements": {"r": {}}, "clos": True}}) == partiel(Intervalle(0, 1))


def test_le_relogement_de_droit_est_celui_que_dit_la_demande(fait: Fait) -> None:
    document = {"demande": {"relogement_operation_urbaine": True}}
    assert fait("relogement_operation_urbaine", document) == connu(True)


@pytest.mark.parametrize(
    "document",
    [
        {"demande": {"motifs": {"coches": ["violences"]}}},
        {"demande": {"agression_domicile": True}},
        {"protection": {"preuves": {"coches": ["recepisse_plainte"], "clos": True}}},
    ],
)
def test_des_violences_se_disent_de_trois_facons(fait: Fait, document: dict[str, Any]) -> None:
    assert fait("violences_declarees", document) == connu(True)


def test_une_peur_non_dite_ne_fait_pas_des_violences_fausses(fait: Fait) -> None:
    assert fait("violences_declarees", {"demande": {"motifs": {"coches": [], "clos": True}}}) == INCONNU


@pytest.mark.parametrize(
    ("statut", "attendu"), [("reconnu", True), ("caduc", False), ("reloge", False), ("depose", False)]
)
def test_le_dalo_reconnu_est_actif(fait: Fait, statut: str, attendu: bool) -> None:
    assert fait("dalo_reconnu", {"dalo": {"statut": statut}}) == connu(attendu)


# --- Le foyer ------------------------------


def test_l_age_et_la_minorite_de_chaque_personne(derives: Callable[..., Derives]) -> None:
    document = {"demandeur": {"date_naissance": "1990-02-03"}, "foyer": foyer(ENFANT, {"date_naissance": REFUS})}
    rendus = derives(document)
    assert [p["personne.age"] for p in rendus.personnes] == [connu(36), connu(11), REFUSE]
    assert [p["personne.mineur"] for p in rendus.personnes] == [connu(False), connu(True), REFUSE]
    assert rendus.faits["demandeur.age"] == connu(36)
    assert rendus.faits["codemandeur.age"] == SANS_OBJET


def test_une_annee_de_naissance_seule_suffit_souvent(fait: Fait) -> None:
    document = {"demandeur": {"date_naissance": {"entre": ["1990-01-01", "1990-12-31"]}}}
    assert fait("demandeur.age", document) == partiel(Intervalle(35, 36))


def test_les_personnes_a_loger_comptent_les_naissances_attendues(fait: Fait) -> None:
    assert fait("nombre_personnes", {"foyer": foyer(ENFANT, naissances_attendues=2)}) == connu(4)
    sans_dire = {"foyer": {"avec_codemandeur": False, "personnes": {"elements": {}, "clos": True}}}
    assert fait("nombre_personnes", sans_dire) == partiel(Intervalle(1, 7))
    assert fait("nombre_personnes", {"foyer": foyer(ENFANT, clos=False)}) == partiel(Intervalle(2, 20))
    assert fait("nombre_personnes", {"foyer": foyer(avec_codemandeur=True)}) == connu(2)


@pytest.mark.parametrize("combien", [39, 40, 41, 60])
def test_un_tres_grand_foyer_n_a_jamais_moins_que_ceux_qui_y_sont(fait: Fait, combien: int) -> None:
    """Cas public 19, et ses voisins : la borne d'une saisie n'ôte personne d'une liste close."""
    autres = foyer(*[ENFANT] * (combien - 1))
    assert fait("nombre_personnes", {"foyer": {**autres, "naissances_attendues": 0}}) == connu(combien)
    sans_dire = {cle: dit for cle, dit in autres.items() if cle != "naissances_attendues"}
    au_plus = max(combien, min(40, combien + 6))
    attendu = connu(combien) if au_plus == combien else partiel(Intervalle(combien, au_plus))
    assert fait("nombre_personnes", {"foyer": sans_dire}) == attendu


def test_les_enfants_les_charges_et_les_droits_de_visite_se_comptent_a_part(derives: Callable[..., Derives]) -> None:
    faits = derives({"foyer": foyer(ENFANT, ENFANT, VISITE, ADULTE)}).faits
    assert faits["nombre_enfants_mineurs"] == connu(3)
    assert faits["nombre_a_charge"] == connu(2)
    assert faits["nombre_enfants_droit_visite"] == connu(1)
    assert faits["mineur_a_charge"] == connu(True)


def test_un_foyer_non_clos_laisse_d_autres_charges_possibles(fait: Fait) -> None:
    document = {"foyer": foyer(ENFANT, clos=False)}
    assert fait("nombre_a_charge", document) == partiel(Intervalle(1, 19))
    assert fait("nombre_enfants_mineurs", document) == partiel(Intervalle(1, 19))


def test_un_foyer_non_clos_laisse_un_mineur_possible(fait: Fait) -> None:
    assert fait("mineur_a_charge", {"foyer": foyer(clos=False)}) == INCONNU
    assert fait("mineur_a_charge", {"foyer": foyer()}) == connu(False)
    assert fait("mineur_a_charge", {"foyer": foyer(ENFANT, clos=False)}) == connu(True)


@pytest.mark.parametrize(
    ("change", "attendu"),
    [
        ({"a_charge": False, "sur_avis": False}, connu(True)),
        ({"a_charge": False, "sur_avis": False, "garde": "alternee"}, connu(True)),
        ({"a_charge": True, "sur_avis": False, "garde": REFUS}, connu(True)),
        ({"sur_avis": False}, connu(True)),
        ({"a_charge": False, "sur_avis": False, "garde": "droit_visite"}, INCONNU),
        ({"a_charge": True, "garde": "droit_visite"}, connu(True)),
        ({"a_charge": True, "date_naissance": "2004-01-01"}, connu(False)),
        ({"garde": "droit_visite", "a_charge": False, "date_naissance": "2004-01-01"}, connu(False)),
    ],
)
def test_un_enfant_eleve_au_foyer_compte_sans_avis_d_imposition(
    fait: Fait, change: dict[str, Any], attendu: Etat
) -> None:
    """L441-1 j, L441-2-3 II, R441-14-1 : « s'il a au moins un enfant mineur ». Le droit de visite seul s'apprécie."""
    enfant = {"lien": "enfant", "garde": "permanente", "date_naissance": "2024-10-01"} | change
    assert fait("mineur_a_charge", {"foyer": foyer(enfant)}) == attendu


def test_la_charge_fiscale_se_lit_a_part(fait: Fait) -> None:
    hors_avis = ENFANT | {"sur_avis": False}
    assert fait("nombre_a_charge", {"foyer": foyer(hors_avis)}) == connu(0)
    assert fait("personne_seule_avec_charge", {"foyer": foyer(hors_avis)}) == connu(False)
    ancien = {"lien": "enfant", "a_charge": True, "garde": "permanente", "date_naissance": "2015-05-05"}
    assert fait("nombre_a_charge", {"foyer": foyer(ancien)}) == partiel(Intervalle(0, 1))


def test_le_handicap_de_quelqu_un_est_celui_du_foyer(fait: Fait) -> None:
    enfant = ENFANT | {"handicap": {"reconnu": True, "cmi_invalidite": False}}
    document = {"demandeur": {"handicap": {"reconnu": False, "cmi_invalidite": False}}, "foyer": foyer(enfant)}
    assert fait("handicap_foyer", document) == connu(True)
    assert fait("cmi_invalidite_foyer", document) == connu(False)


def test_un_parent_isole_n_a_pas_de_conjoint_au_foyer(fait: Fait) -> None:
    assert fait("parent_isole", {"foyer": foyer(ENFANT)}) == connu(True)
    assert fait("parent_isole", {"foyer": foyer(ENFANT | {"garde": "alternee", "a_charge": False})}) == connu(True)
    assert fait("parent_isole", {"foyer": foyer(VISITE)}) == connu(False)
    assert fait(
        "parent_isole", {"foyer": foyer(ENFANT, avec_codemandeur=True), "codemandeur": {"lien": "ascendant"}}
    ) == connu(True)
    assert fait(
        "parent_isole", {"foyer": foyer(ENFANT, avec_codemandeur=True), "codemandeur": {"lien": "conjoint"}}
    ) == connu(False)


def test_etre_en_couple_ne_se_devine_pas(fait: Fait) -> None:
    assert fait("en_couple", {}) == INCONNU
    assert fait("en_couple", {"foyer": {"avec_codemandeur": REFUS}}) == REFUSE
    assert fait("en_couple", {"foyer": {"avec_codemandeur": True}}) == INCONNU


ASE = {"ase": True, "ase_fin": "2024-11-22", "date_naissance": "2006-11-22", "mineur_emancipe": False}


@pytest.mark.parametrize(
    ("change", "jour", "attendu"),
    [
        ({}, date(2026, 11, 22), True),
        ({}, date(2027, 11, 21), True),
        ({}, date(2027, 11, 22), None),
        ({"date_naissance": "2002-11-22"}, date(2026, 11, 22), None),
        ({"date_naissance": "2002-11-22", "ase_fin": "2023-11-21"}, date(2026, 11, 22), False),
        ({"date_naissance": "2008-11-23"}, date(2026, 11, 22), False),
        ({"date_naissance": "2008-11-23", "mineur_emancipe": True}, date(2026, 11, 22), True),
        ({"ase_fin": "2023-11-21"}, date(2026, 11, 22), False),
        ({"ase_fin": "2023-11-22"}, date(2026, 11, 22), True),
        ({"ase": False}, date(2026, 11, 22), False),
    ],
)
def test_la_sortie_de_l_aide_sociale_a_l_enfance(
    fait: Fait, change: dict[str, Any], jour: date, attendu: bool | None
) -> None:
    """À 21 ans ou plus, dans les trois ans de la fin : à établir, jamais « non » ; pour l'un comme pour l'autre."""
    etat = INCONNU if attendu is None else connu(attendu)
    seul = {"demandeur": ASE | change, "foyer": foyer()}
    assert fait("ase_moins_21_ans", seul, jour) == etat
    a_deux = {"demandeur": {"ase": False}, "codemandeur": ASE | change, "foyer": foyer(avec_codemandeur=True)}
    assert fait("ase_moins_21_ans", a_deux, jour) == etat


def test_un_age_entre_quinze_et_vingt_cinq_ans_ne_tranche_pas_l_ase(fait: Fait) -> None:
    demandeur = ASE | {"date_naissance": {"entre": ["2001-01-01", "2011-01-01"]}}
    assert fait("ase_moins_21_ans", {"demandeur": demandeur}) == INCONNU


def test_la_reprise_d_emploi_est_celle_du_demandeur_ou_du_codemandeur(fait: Fait) -> None:
    oui, non = {"emploi": {"chomage_plus_un_an": True}}, {"emploi": {"chomage_plus_un_an": False}}
    couple = {"foyer": foyer(avec_codemandeur=True, clos=False), "demandeur": non}
    assert fait("reprise_apres_chomage", couple | {"codemandeur": oui}) == connu(True)
    assert fait("reprise_apres_chomage", couple | {"codemandeur": non}) == connu(False)
    assert fait("reprise_apres_chomage", {"demandeur": non}) == INCONNU


def test_les_unites_de_consommation_de_l_insee(fait: Fait) -> None:
    document: dict[str, Any] = {"foyer": foyer(ENFANT, ADULTE, VISITE)}
    assert fait("unites_consommation", document) == connu(Decimal("1.8"))
    sans_age = {"foyer": foyer({"a_charge": True, "sur_avis": True, "lien": "enfant"})}
    assert fait("unites_consommation", sans_age) == partiel(Intervalle(Decimal("1.3"), Decimal("1.5")))
    assert fait("unites_consommation", {"foyer": foyer({"date_naissance": "2015-01-01"})}) == partiel(
        Intervalle(Decimal("1"), Decimal("1.3"))
    )


def test_sans_le_poids_du_premier_adulte_les_unites_sont_inconnues() -> None:
    from outils_sources import deriver

    assert deriver({}, [], date(2026, 1, 1), {}, lambda d: {}).faits["unites_consommation"] == INCONNU


# --- Le logement ------------------------------


@pytest.mark.parametrize(
    ("statut", "vrais"),
    [
        ("sans_abri", {"sans_logement"}),
        ("hotel", {"sans_logement"}),
        ("chez_particulier", {"sans_logement", "heberge_tiers"}),
        ("structure_hebergement", {"heberge_structure"}),
        ("residence_sociale", {"logement_transition"}),
        ("locataire_prive", set()),
    ],
)
def test_la_situation_de_logement(derives: Callable[..., Derives], statut: str, vrais: set[str]) -> None:
    faits = derives({"logement_actuel": {"statut": statut}}).faits
    noms = ("sans_logement", "heberge_tiers", "heberge_structure", "logement_transition")
    assert {nom for nom in noms if faits[nom].valeur} == vrais


def test_dehors_suffit_a_etre_sans_logement(fait: Fait) -> None:
    dehors = {"logement_actuel": {"statut": {"parmi": ["sans_abri", "habitat_mobile", "squat"]}}}
    assert fait("sans_logement", dehors) == connu(True)
    assert fait("sans_logement", {"logement_actuel": {"statut": REFUS}}) == REFUSE


def test_la_menace_d_expulsion_commence_au_premier_acte_et_cesse_avec_un_relogement(fait: Fait) -> None:
    def menace(etape: str, **reste: Any) -> Etat:
        return fait("menace_expulsion", {"expulsion": {"etape": etape, "relogement_propose": False} | reste})

    assert menace("impaye") == connu(False)
    assert menace("commandement_payer") == connu(True)
    assert menace("jugement", relogement_propose=True) == connu(False)


def test_le_papier_dit_au_triage_vaut_tant_que_l_entretien_n_en_dit_rien(fait: Fait) -> None:
    assert fait("expulsion_jugee", {"triage": {"papier_huissier": "jugement"}}) == connu(True)
    corrige = {"triage": {"papier_huissier": "jugement"}, "expulsion": {"etape": "assignation"}}
    assert fait("expulsion_jugee", corrige) == connu(False)
    assert fait("expulsion_jugee", {}) == INCONNU


def test_les_durees_du_logement_actuel(fait: Fait) -> None:
    logement = {"statut": "structure_hebergement", "depuis": "2026-05-22"}
    assert fait("duree_logement_actuel_mois", {"logement_actuel": logement}) == connu(6)
    assert fait("hebergement_prolonge", {"logement_actuel": logement}) == connu(False)
    assert fait("hebergement_prolonge", {"logement_actuel": logement}, date(2026, 11, 23)) == connu(True)
    chez_un_ami = {"statut": "chez_particulier", "depuis": "2020-01-01"}
    assert fait("hebergement_prolonge", {"logement_actuel": chez_un_ami}) == connu(False)
    foyer_logement = {"statut": "residence_sociale", "depuis": "2025-05-21"}
    assert fait("transition_prolongee", {"logement_actuel": foyer_logement}) == connu(True)


def test_les_faits_d_un_logement_sans_objet_n_ont_pas_d_objet() -> None:
    from outils_sources import deriver

    champs = ("surface", "occupants", "pieces", "loyer", "depuis")
    bruts = {f"logement_actuel.{champ}": SANS_OBJET for champ in champs}
    faits = deriver(bruts, [], date(2026, 11, 22), {}, lambda d: {"sous_occupation_pieces_en_plus": connu(1)}).faits
    for nom in ("surface_par_personne", "personnes_par_piece", "charge_logement", "duree_logement_actuel_mois"):
        assert faits[nom] == SANS_OBJET, nom
    for nom in ("sous_occupation", "taux_effort"):
        assert faits[nom].valeur is None, nom


@given(st.integers(1, 30), st.decimals(1, 200, places=2))
def test_le_seuil_de_suroccupation_contre_la_lettre_de_l_article(personnes: int, surface: Decimal) -> None:
    lettre = {1: 9, 2: 16, 3: 25, 4: 34, 5: 43, 6: 52, 7: 61}.get(personnes, 70)
    calcule = surface_minimale(personnes, Decimal(9), Decimal(16), Decimal(9), Decimal(70))
    assert calcule == lettre


@given(st.integers(0, 29))
def test_un_occupant_de_plus_n_abaisse_jamais_le_seuil(occupants: int) -> None:
    droit = (Decimal(9), Decimal(16), Decimal(9), Decimal(70))
    assert surface_minimale(occupants, *droit) <= surface_minimale(occupants + 1, *droit)  # type: ignore[operator]


@pytest.mark.parametrize(("surface", "attendu"), [("42.99", True), ("43", False)])
def test_cinq_personnes_dans_moins_de_43_metres_carres(fait: Fait, surface: str, attendu: bool) -> None:
    document = {"logement_actuel": {"surface": surface, "occupants": 5}}
    assert fait("suroccupation", document) == connu(attendu)


def test_un_nombre_d_occupants_approche_peut_suffire(fait: Fait) -> None:
    assert fait("suroccupation", {"logement_actuel": {"surface": "20", "occupants": {"entre": [3, 5]}}}) == connu(True)
    assert fait("suroccupation", {"logement_actuel": {"surface": "30", "occupants": {"entre": [3, 5]}}}) == INCONNU
    assert fait("suroccupation", {"logement_actuel": {"surface": "30"}}) == INCONNU


def test_les_rapports_de_taille(fait: Fait) -> None:
    logement = {"logement_actuel": {"surface": "50", "occupants": 3, "pieces": 4}}
    assert fait("surface_par_personne", logement) == connu(Decimal("16.67"))
    assert fait("personnes_par_piece", logement) == connu(Decimal("0.75"))
    assert fait("sous_occupation", logement) == connu(False)
    assert fait("sous_occupation", {"logement_actuel": {"occupants": 2, "pieces": 4}}) == connu(True)


# --- Demande radiée, jamais renouvelée ; hébergement demandé en vain ---------------------------------


def test_une_demande_radiee_n_a_ni_anciennete_ni_delai(fait: Fait) -> None:
    """R441-2-8. Une radiation ne compte que dite : sans elle, l'attestation vaut."""
    document: dict[str, Any] = {"demande": {"deja_enregistree": True, "date_reception": "2020-01-10"}}
    for radiee in ({}, {"radiee": False}, {"radiee": REFUS}):
        document["demande"] |= radiee
        assert fait("demande_active", document) == connu(True)
        assert fait("anciennete_mois", document, date(2026, 1, 10)) == connu(72)
    document["demande"]["radiee"] = True
    assert fait("demande_active", document) == connu(False)
    assert fait("anciennete_mois", document) == connu(0)
    assert fait("anciennete_mois_entames", document) == connu(0)
    for nom in ("delai_anormalement_long_depasse", "delai_anormalement_long_depasse_le"):
        attendu = connu(False) if nom.endswith("depasse") else SANS_OBJET
        assert fait(nom, document, delai_anormalement_long_mois=36) == attendu
    assert fait("demande_connue", document) == connu(True)
    assert fait("demande_connue", {}) == connu(False)


def test_l_attestation_s_attend_tant_qu_elle_n_est_pas_dite_recue(fait: Fait) -> None:
    """L441-2-1 : un mois ; reçue, ou la demande radiée, plus rien n'en est attendu."""
    document: dict[str, Any] = {"demande": {"deja_enregistree": True}}
    assert fait("attestation_attendue", document) == connu(True)
    for dit in ({"attestation_recue": True}, {"radiee": True}):
        assert fait("attestation_attendue", {"demande": {**document["demande"], **dit}}) == connu(False)


@pytest.mark.parametrize(
    ("recue", "le"),
    [("2025-11-10", date(2028, 11, 11)), ("2024-02-29", date(2027, 3, 1)), ("2023-11-30", date(2026, 12, 1))],
)
def test_le_delai_est_depasse_le_lendemain_de_son_terme(fait: Fait, recue: str, le: date) -> None:
    document = {"demande": {"deja_enregistree": True, "date_reception": recue}}
    etat = fait("delai_anormalement_long_depasse_le", document, delai_anormalement_long_mois=36)
    assert etat == connu(le)
    assert not fait("delai_anormalement_long_depasse_le", document).connu


def test_une_date_sans_fin_de_calendrier_reste_dans_le_calendrier(fait: Fait) -> None:
    document = {"demande": {"deja_enregistree": True, "date_reception": "2200-12-31"}}
    etat = fait("delai_anormalement_long_depasse_le", document, delai_anormalement_long_mois=120_000)
    assert etat == connu(date.max)


def test_jamais_renouvelee_la_validite_part_de_la_reception(fait: Fait) -> None:
    """R441-2-7 ; une date de renouvellement dite l'emporte."""
    document: dict[str, Any] = {"demande": {"date_reception": "2025-01-31", "jamais_renouvelee": True}}
    assert fait("dernier_renouvellement", document) == SANS_OBJET
    assert fait("fin_validite_demande", document) == connu(date(2026, 1, 31))
    document["demande"]["date_renouvellement"] = "2026-01-10"
    assert fait("fin_validite_demande", document) == connu(date(2027, 1, 10))


@pytest.mark.parametrize(("jour", "refaire"), [(date(2026, 7, 31), False), (date(2026, 8, 1), True)])
@pytest.mark.parametrize("dit", ["radiee", "jamais_renouvelee"])
def test_au_dela_de_dix_huit_mois_on_enregistre_de_nouveau(fait: Fait, dit: str, jour: date, refaire: bool) -> None:
    """Arrêté du 23/03/2015 (D) : douze mois de validité, six pour réactiver."""
    demande = {"date_reception": "2025-01-31", "date_renouvellement": "2025-01-31", dit: True}
    if dit == "jamais_renouvelee":
        del demande["date_renouvellement"]
    assert fait("demande_a_refaire", {"demande": demande}, jour) == connu(refaire)


def test_ce_qu_on_dit_a_jour_ne_se_refait_pas(fait: Fait) -> None:
    """Ni radiée ni jamais renouvelée, ou sans validité : rien à refaire ; radiée sans date : à demander."""
    vieille = {"date_reception": "2015-01-31", "date_renouvellement": "2015-01-31"}
    assert fait("demande_a_refaire", {"demande": vieille}) == connu(False)
    assert fait("demande_a_refaire", {"demande": {"deja_enregistree": False, "radiee": True}}) == connu(False)
    sans_date = {"deja_enregistree": True, "radiee": True}
    assert fait("demande_a_refaire", {"demande": sans_date}) == INCONNU


@pytest.mark.parametrize(
    ("dalo", "attendu"),
    [
        ({}, INCONNU),
        ({"hebergement_demande_le": "2026-11-20"}, INCONNU),
        ({"hebergement_demande_le": "2026-11-20", "hebergement_demande_a": REFUS}, REFUSE),
        (
            {"hebergement_demande_le": {"entre": ["2026-11-01", "2026-11-20"]}, "hebergement_demande_a": "115"},
            connu(True),
        ),
    ],
)
def test_l_hebergement_demande_en_vain_se_dit_quand_et_a_qui(fait: Fait, dalo: dict[str, Any], attendu: Etat) -> None:
    """R441-14 : le recours mentionne les demandes d'hébergement déjà faites."""
    assert fait("hebergement_demande_precis", {"dalo": dalo}) == attendu


JOUR = date(2026, 11, 22)


@pytest.mark.parametrize("prefixe", ["dalo", "daho"])
@pytest.mark.parametrize(
    ("dite", "saisi"),
    [
        (None, False),
        (REFUS, False),
        (JOUR.isoformat(), True),
        ((JOUR + timedelta(1)).isoformat(), False),
        ({"entre": ["2020-01-01", JOUR.isoformat()]}, True),
        ({"entre": ["2020-01-01", "2040-01-01"]}, False),
    ],
)
def test_le_tribunal_n_est_saisi_que_d_un_jour_note_et_venu(fait: Fait, prefixe: str, dite: Any, saisi: bool) -> None:
    """Sans date, refusée, de demain ou trop vague, le recours reste à faire."""
    champ = "tribunal_saisi_le" if prefixe == "dalo" else "daho_tribunal_saisi_le"
    statut = {"statut" if prefixe == "dalo" else "daho_statut": "reconnu"}
    dalo = statut | ({} if dite is None else {champ: dite})
    assert fait(f"{prefixe}_tribunal_saisi", {"dalo": dalo}) == connu(saisi)


def test_sans_demande_d_hebergement_il_n_y_a_rien_a_preciser() -> None:
    faits = {"dalo.hebergement_demande_le": SANS_OBJET, "dalo.hebergement_demande_a": SANS_OBJET}
    rendus = deriver(faits, [], date(2026, 11, 29), {}, lambda _: {})
    assert rendus.faits["hebergement_demande_precis"] == connu(False)
