"""Du document aux états : chaque forme de réponse, chaque personne, et jamais d'exception."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modele.dossier.chemins import ABSENT, Document, poser
from modele.dossier.inventaire import inventaire
from modele.dossier.reponses import peut_etre_sans_objet, repondue
from modele.dossier.situation import elements, etats_bruts, liste_close, situation_brute
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Enumere, Etat, Intervalle, Parties, Statut, connu, partiel
from modele.regles.faits import Fait, TypeFait

FEUILLES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**6), max_value=10**6),
    st.floats(allow_nan=False),
    st.text(max_size=8),
    st.sampled_from(["squat", "violences", "2020-02-30", "2020-02-28", "demandeur", "vue"]),
)
CLES = st.one_of(
    st.sampled_from(["parmi", "entre", "refus", "coches", "clos", "elements", "ordre"]), st.text(max_size=6)
)
JSON = st.recursive(
    FEUILLES, lambda dessous: st.one_of(st.lists(dessous, max_size=3), st.dictionaries(CLES, dessous, max_size=3))
)
CHEMINS = st.sampled_from([*inventaire().champs, *inventaire().listes, *sorted(inventaire().groupes)])


def _etat(chemin: str, ecrit: Any) -> Etat:
    return etats_bruts(poser({}, chemin, ecrit)).faits[chemin]


@pytest.mark.parametrize(
    ("chemin", "ecrit", "attendu"),
    [
        ("logement_actuel.statut", "squat", connu("squat")),
        ("logement_actuel.statut", {"parmi": ["squat", "hotel"]}, partiel(Enumere(("squat", "hotel")))),
        ("logement_actuel.statut", {"parmi": ["squat"]}, connu("squat")),
        ("logement_actuel.statut", {"refus": True}, REFUSE),
        ("logement_actuel.statut", {"ne_sait_pas": True}, INCONNU),
        ("logement_actuel.statut", None, INCONNU),
        ("logement_actuel.loyer", Decimal("412.5"), connu(Decimal("412.50"))),
        ("logement_actuel.loyer", 412, connu(Decimal("412.00"))),
        ("ressources.rfr_n2", {"entre": [100, 200]}, partiel(Intervalle(100, 200))),
        ("triage.danger_immediat", False, connu(False)),
        ("demande.motifs", {"coches": ["violences"], "clos": True}, connu(frozenset({"violences"}))),
        ("demande.motifs", {"coches": [], "clos": True}, connu(frozenset())),
        ("demande.motifs", {"coches": []}, INCONNU),
        ("demande.motifs", {"refus": True}, REFUSE),
        ("demande.motifs", {"coches": [], "refus": True}, REFUSE),
        ("demande.motifs", {"ne_sait_pas": True}, INCONNU),
    ],
)
def test_chaque_forme_de_reponse_a_son_etat(chemin: str, ecrit: Any, attendu: Etat) -> None:
    """Inconnu, partiel, refusé et connu ne se confondent jamais."""
    assert _etat(chemin, ecrit) == attendu
    assert not etats_bruts(poser({}, chemin, ecrit)).fautes


def test_des_cases_non_closes_laissent_le_reste_possible() -> None:
    """Ce qui est coché est vrai, le reste est inconnu."""
    etat = _etat("demande.motifs", {"coches": ["sante"]})
    assert isinstance(etat.domaine, Parties)
    assert etat.domaine.certains == {"sante"}
    assert "violences" in etat.domaine.possibles


def test_une_case_hors_liste_ne_ferme_pas_la_liste() -> None:
    """Un code inconnu peut en cacher un autre : la liste n'est plus sûre d'être complète."""
    bruts = etats_bruts({"demande": {"motifs": {"coches": ["sante", "santé", 3], "clos": True}}})
    assert bruts.faits["demande.motifs"].statut is Statut.PARTIEL
    assert bruts.fautes == (("demande.motifs", "hors de la liste : santé, 3"),)


@pytest.mark.parametrize(
    ("chemin", "ecrit"),
    [
        ("logement_actuel.statut", "locatair_hlm"),
        ("logement_actuel.statut", {"parmi": []}),
        ("logement_actuel.statut", {"sans_objet": True}),
        ("logement_actuel.loyer", 412.5),
        ("logement_actuel.loyer", -1),
        ("foyer.avec_codemandeur", 1),
        ("demande.date_reception", "2025-02-30"),
        ("demande.motifs", ["sante"]),
        ("demande.motifs", {"coches": "sante"}),
    ],
)
def test_une_reponse_fautive_rend_inconnu_et_se_signale(chemin: str, ecrit: Any) -> None:
    """Un brouillon invalide est un état normal : rien ne casse, la faute est dite à son chemin."""
    bruts = etats_bruts(poser({}, chemin, ecrit))
    assert bruts.faits[chemin] == INCONNU
    assert [lieu for lieu, _ in bruts.fautes] == [chemin]


def test_le_demandeur_existe_toujours() -> None:
    """Un document vide a une personne, et pas de foyer clos."""
    situation = situation_brute({})
    assert [p["personne.role"] for p in situation.personnes] == [connu("demandeur")]
    assert not situation.personnes_closes


def test_les_faits_du_demandeur_se_lisent_des_deux_facons() -> None:
    """``demandeur.nationalite`` et ``personne.nationalite`` disent la même chose."""
    bruts = etats_bruts({"demandeur": {"nationalite": "francaise"}})
    assert bruts.faits["demandeur.nationalite"] == connu("francaise") == bruts.personnes[0]["personne.nationalite"]


def test_sans_codemandeur_ses_champs_sont_sans_objet() -> None:
    """Une valeur saisie plus tôt est gardée dans le document, mais ignorée."""
    bruts = etats_bruts({"foyer": {"avec_codemandeur": False}, "codemandeur": {"nationalite": "francaise"}})
    assert bruts.faits["codemandeur.nationalite"] == SANS_OBJET
    assert bruts.identifiants == ("demandeur",)


def test_codemandeur_incertain_ses_champs_sont_peut_etre_sans_objet() -> None:
    """Une valeur connue devient un domaine d'une valeur, qui ne compte que s'il y a un codemandeur."""
    bruts = etats_bruts({"codemandeur": {"nationalite": "francaise"}})
    etat = bruts.faits["codemandeur.nationalite"]
    assert (etat.domaine, etat.peut_etre_sans_objet) == (Enumere(("francaise",)), True)
    assert bruts.faits["codemandeur.ase"].peut_etre_sans_objet
    assert not bruts.personnes_closes


def test_le_foyer_suit_l_ordre_puis_les_oublies() -> None:
    """Un élément que ``ordre`` oublie vient après ; un identifiant inconnu est ignoré."""
    liste = {"elements": {"a": {}, "b": {"a_charge": True}}, "ordre": ["b", "z", 3], "clos": True}
    bruts = etats_bruts({"foyer": {"avec_codemandeur": True, "personnes": liste}})
    assert bruts.identifiants == ("demandeur", "codemandeur", "b", "a")
    assert bruts.personnes_closes
    assert bruts.personnes[2]["personne.a_charge"] == connu(True)


def test_un_foyer_clos_attend_de_savoir_s_il_y_a_un_codemandeur() -> None:
    """Tant qu'on ne le sait pas, quelqu'un peut encore s'ajouter."""
    assert not etats_bruts({"foyer": {"personnes": {"elements": {}, "clos": True}}}).personnes_closes


def test_un_identifiant_trompeur_ne_prend_la_place_de_personne() -> None:
    """Un élément nommé « demandeur » reste une autre personne."""
    liste = {"elements": {"demandeur": {"nationalite": "union_europeenne"}}}
    bruts = etats_bruts({"demandeur": {"nationalite": "francaise"}, "foyer": {"personnes": liste}})
    assert bruts.faits["demandeur.nationalite"] == connu("francaise")
    assert [p["personne.role"].valeur for p in bruts.personnes] == ["demandeur", "autre"]


def test_les_listes_rendent_les_etats_de_leurs_elements() -> None:
    """Un revenu se lit par identifiant et champ relatif ; sa faute porte son chemin complet."""
    revenus = {"elements": {"r.1": {"type": "rsa", "montant": "beaucoup"}}, "clos": True}
    bruts = etats_bruts({"ressources": {"revenus": revenus}})
    liste = bruts.listes["ressources.revenus"]
    assert liste.close
    assert liste.elements["r.1"]["type"] == connu("rsa")
    assert [lieu for lieu, _ in bruts.fautes] == ["ressources.revenus.elements.r.1.montant"]


@pytest.mark.parametrize("liste", [3, {"elements": 3, "clos": True}, {"elements": {"a": 3}, "clos": True}])
def test_une_liste_illisible_est_vide_et_ouverte(liste: Any) -> None:
    """Ce qu'on ne lit pas pourrait être quelqu'un : la liste n'est pas close."""
    document = {"foyer": {"personnes": liste}}
    assert elements(document, "foyer.personnes") == {}
    assert not liste_close(document, "foyer.personnes")


def test_une_liste_sans_element_peut_etre_close() -> None:
    """« Personne d'autre » se dit en fermant la liste."""
    assert liste_close({"foyer": {"personnes": {"clos": True}}}, "foyer.personnes")


def test_les_faits_locaux_se_lisent_sous_local() -> None:
    """Un fait déclaré par une grille a sa réponse dans ``local``."""
    fait = Fait("local.metier_en_tension", TypeFait.BOOLEEN)
    assert etats_bruts({"local": {"metier_en_tension": True}}, [fait]).faits[fait.nom] == connu(True)


@pytest.mark.parametrize("etat", [SANS_OBJET, INCONNU, REFUSE, connu(False), partiel(Intervalle(1, 2))])
def test_peut_etre_sans_objet_n_affirme_plus_rien(etat: Etat) -> None:
    """Sans objet le reste ; tout le reste devient douteux, et une valeur cesse d'être connue."""
    douteux = peut_etre_sans_objet(etat)
    assert not douteux.connu
    assert douteux.peut_etre_sans_objet is (etat is not SANS_OBJET)


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        (ABSENT, False),
        (None, False),
        ("", False),
        ("x", True),
        (0, True),
        (False, True),
        ({"refus": True}, True),
        ({"ne_sait_pas": True}, True),
        ({}, False),
        ([], False),
        ({"coches": ["a"]}, False),
        ({"coches": ["a"], "clos": True}, True),
        ({"coches": [], "refus": True}, True),
        ({"elements": {}, "clos": True}, True),
    ],
)
def test_une_question_est_repondue_quand_il_n_y_a_plus_rien_a_demander(ecrit: Any, attendu: bool) -> None:
    """Des cases cochées ne suffisent pas : il faut avoir dit qu'il n'y en a pas d'autres."""
    assert repondue(ecrit) is attendu


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(CHEMINS, JSON), max_size=6))
def test_aucun_document_ne_fait_lever_la_situation(ecrits: list[tuple[str, Any]]) -> None:
    """Quel que soit le JSON aux chemins du dossier, chaque fait a un état et aucune valeur fautive n'est connue."""
    document: Document = {}
    for chemin, ecrit in ecrits:
        document = poser(document, chemin, ecrit)
    bruts = etats_bruts(document)
    fautifs = {chemin for chemin, _ in bruts.fautes}
    assert all(not bruts.faits[chemin].connu for chemin in fautifs & bruts.faits.keys())
    assert len(bruts.personnes) == len(bruts.identifiants) >= 1


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(max_size=5), JSON, max_size=4))
def test_un_document_quelconque_reste_lisible(document: Document) -> None:
    """Un JSON qui n'est pas un dossier ne dit rien, sans erreur."""
    assert etats_bruts(document).faits["logement_actuel.statut"] == INCONNU
