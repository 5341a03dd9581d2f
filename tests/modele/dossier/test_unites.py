"""L'unité de fusion d'un champ, et ce que des modifications changent, champ par champ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import UNSET

from modele.dossier.chemins import ABSENT, element_de, est_element, lire, poser
from modele.dossier.documents import decoder, encoder
from modele.dossier.inventaire import inventaire
from modele.dossier.operations import ChampPose, appliquer
from modele.dossier.unites import atomes, changements, est_table, feuilles, pareils, unite

PERSONNES = "foyer.personnes"
ZOE = f"{PERSONNES}.elements.zoe"
IDENTITE = ("civilite", "sexe", "nom", "nom_usage", "prenoms", "date_naissance")

# Les états gardés par le registre nomment ces unités : en changer une demande de les migrer.
PUBLIEES = {
    "demande#numero_unique": ("demande.numero_unique", "demande.numero_source"),
    "demande#depot": ("demande.date_depot", "demande.heure_depot"),
    "demandeur#identite": tuple(f"demandeur.{champ}" for champ in IDENTITE),
    "codemandeur#identite": tuple(f"codemandeur.{champ}" for champ in IDENTITE),
    "contact#telephone": ("contact.telephone", "contact.telephone_sur"),
    "contact#courriel": ("contact.courriel", "contact.courriel_sur"),
    "demande#proposition": tuple(
        f"demande.proposition_{champ}" for champ in ("recue", "recue_le", "repondre_avant", "reponse")
    ),
    "logement_actuel#conge": tuple(
        f"logement_actuel.{champ}" for champ in ("conge_recu", "conge_recu_le", "conge_motif", "fin_bail")
    ),
    "expulsion#commandement_payer": ("expulsion.commandement_payer_le", "expulsion.commandement_payer_remis_le"),
    "expulsion#assignation": ("expulsion.assignation_le", "expulsion.assignation_remise_le"),
    "expulsion#jugement": ("expulsion.jugement_le", "expulsion.jugement_signifie_le"),
    "expulsion#commandement_quitter": ("expulsion.commandement_quitter_le", "expulsion.commandement_quitter_remis_le"),
    "expulsion#concours": ("expulsion.concours_le", "expulsion.concours_notifie_le"),
    "ressources#rfr_n2": ("ressources.annee_n2", "ressources.rfr_n2", "ressources.rfr_n2_codemandeur"),
    "ressources#rfr_n1": ("ressources.annee_n1", "ressources.rfr_n1", "ressources.rfr_n1_codemandeur"),
    "logement_actuel.adresse#adresse": tuple(
        f"logement_actuel.adresse.{champ}" for champ in ("voie", "complement", "code_postal", "commune")
    ),
    f"{ZOE}#identite": tuple(f"{ZOE}.{champ}" for champ in IDENTITE),
    "foyer.colocataires.elements.a#identite": tuple(f"foyer.colocataires.elements.a.{champ}" for champ in IDENTITE),
    "ressources.revenus.elements.r#revenu": (
        "ressources.revenus.elements.r.type",
        "ressources.revenus.elements.r.montant",
    ),
    "protection#levee_confirmee": ("protection.levee_confirmee_par", "protection.levee_confirmee_le"),
    "suites.elements.x#issue": tuple(f"suites.elements.x.{champ}" for champ in ("issue", "issue_le", "issue_motif")),
}


def _chemins() -> list[str]:
    connus = inventaire()
    identifiants = {"foyer.personnes": "zoe", "foyer.colocataires": "a", "ressources.revenus": "r"}
    return [
        *connus.champs,
        *(
            f"{liste.chemin}.elements.{identifiants.get(liste.chemin, 'x')}.{champ.chemin}"
            for liste in connus.listes.values()
            for champ in liste.champs
        ),
    ]


def test_les_groupes_publies_ne_changent_pas_sans_qu_on_le_veuille() -> None:
    """Chaque champ déclaré avec d'autres est dans leur unité, et chaque unité connaît ses champs."""
    groupes = defaultdict(list)
    for chemin in _chemins():
        if unite(chemin) != chemin:
            groupes[unite(chemin)].append(chemin)
    assert {cle: tuple(champs) for cle, champs in groupes.items()} == PUBLIEES
    assert {cle: feuilles(cle) for cle in PUBLIEES} == PUBLIEES


@pytest.mark.parametrize(
    "chemin",
    ["triage.enfant_avec", ZOE, f"{ZOE}.lien", f"{PERSONNES}.ordre", "inconnu.champ", "ateliers.elements.a.titre"],
)
def test_les_autres_champs_sont_leur_propre_unite(chemin: str) -> None:
    """Un champ seul, un élément, un ordre, un champ d'une version suivante."""
    assert unite(chemin) == chemin
    assert feuilles(chemin) == (chemin,)


def test_un_groupe_que_cette_version_ne_connait_pas_n_a_pas_de_champs() -> None:
    """Une unité d'une version suivante : rien à dire d'elle."""
    assert feuilles("futur#groupe") == feuilles(f"{ZOE}#futur") == feuilles("ateliers.elements.a#x") == ()


def test_aucune_liste_dans_une_liste_ni_champ_qui_passerait_pour_une_reponse() -> None:
    """Ce que la fusion suppose : un élément n'en contient pas d'autres, un champ ne s'appelle pas ``refus``."""
    for chemin in _chemins():
        assert chemin.count(".elements.") <= 1
        assert est_table({chemin.rpartition(".")[2]: 1})


@pytest.mark.parametrize(
    ("chemin", "element", "dedans"),
    [
        (ZOE, True, None),
        (f"{ZOE}.nom", False, ZOE),
        (f"{ZOE}.emploi.situation", False, ZOE),
        (f"{ZOE}#identite", False, ZOE),
        (PERSONNES, False, None),
        (f"{PERSONNES}.elements", False, None),
        (f"{PERSONNES}.ordre", False, None),
        ("elements.zoe", True, None),
        ("demandeur#identite", False, None),
        ("", False, None),
    ],
)
def test_element_et_ce_qu_il_contient(chemin: str, element: bool, dedans: str | None) -> None:
    """L'élément de liste n'est pas l'un de ses champs, ni l'un de ses groupes."""
    assert est_element(chemin) is element
    assert element_de(chemin) == dedans


def test_atomes() -> None:
    """Une réponse incertaine, des cases, une table vide : un seul champ."""
    document = {
        "a": {"b": {"c": 1, "d": {"parmi": [1, 2]}}, "e": {}},
        "f": {"coches": ["x"], "clos": True},
        "g": [{"h": 1}],
    }
    assert dict(atomes(document)) == {
        "a.b.c": 1,
        "a.b.d": {"parmi": [1, 2]},
        "a.e": {},
        "f": {"coches": ["x"], "clos": True},
        "g": [{"h": 1}],
    }


@pytest.mark.parametrize("cle", ["a.b", "a#b", "", "a\x00"])
def test_une_cle_qui_ne_fait_pas_un_chemin(cle: str) -> None:
    """La table qui la contient se garde d'un bloc : ses champs ne se liraient pas."""
    table = {cle: 1, "autre": 2}
    assert dict(atomes({"local": table})) == {"local": table}
    assert changements({}, {"local": table}) == {"local": (ABSENT, table)}


@pytest.mark.parametrize(
    ("une", "autre", "attendu"),
    [
        (1, 1, True),
        (1, True, False),
        (0, False, False),
        (True, True, True),
        (True, False, False),
        (Decimal("12.30"), Decimal("12.3"), True),
        (Decimal("12.0"), 12, True),
        (Decimal("12.1"), 12, False),
        ("1", 1, False),
        (None, False, False),
        (None, None, True),
        (ABSENT, ABSENT, True),
        (ABSENT, None, False),
        (UNSET, UNSET, True),
        ([1, [True]], [Decimal("1.0"), [True]], True),
        ([1, [True]], [1, [1]], False),
        ([1], [1, 1], False),
        ({"a": {"b": 1}}, {"a": {"b": Decimal("1.0")}}, True),
        ({"a": 1}, {"a": 1, "b": 1}, False),
        ({"a": 1}, {"a": True}, False),
        ({}, [], False),
    ],
)
def test_pareils(une: Any, autre: Any, attendu: bool) -> None:
    """La même chose pour une personne : le nombre, pas son écriture ; jamais vrai pour un."""
    assert pareils(une, autre) is pareils(autre, une) is attendu


DOCUMENT = {
    "demandeur": {"nom": "Fatihi", "prenoms": "Nadia", "emploi": {"situation": "x"}},
    "foyer": {"personnes": {"elements": {"zoe": {"nom": "Zoé", "prenoms": "Z", "lien": "enfant"}, "ali": {}}}},
    "demande": {"motifs": {"coches": ["a"]}},
}
CAS: dict[str, tuple[dict[str, Any], dict[str, tuple[Any, Any]]]] = {
    "rien": ({"demandeur.nom": "Fatihi", "absent.x": ABSENT, "demandeur": DOCUMENT["demandeur"]}, {}),
    "un champ seul": ({"demandeur.emploi.situation": "y"}, {"demandeur.emploi.situation": ("x", "y")}),
    "un champ d'un groupe emmène les autres": (
        {"demandeur.nom": "Roux"},
        {"demandeur.nom": ("Fatihi", "Roux"), "demandeur.prenoms": ("Nadia", "Nadia")},
    ),
    "un champ effacé": (
        {"demandeur.prenoms": ABSENT},
        {"demandeur.prenoms": ("Nadia", ABSENT), "demandeur.nom": ("Fatihi", "Fatihi")},
    ),
    "une table entière": (
        {"demandeur": {"nom": "Fatihi", "prenoms": "N"}},
        {
            "demandeur.prenoms": ("Nadia", "N"),
            "demandeur.emploi.situation": ("x", ABSENT),
            "demandeur.nom": ("Fatihi", "Fatihi"),
        },
    ),
    "une table retirée": (
        {"demandeur": ABSENT},
        {
            "demandeur.nom": ("Fatihi", ABSENT),
            "demandeur.prenoms": ("Nadia", ABSENT),
            "demandeur.emploi.situation": ("x", ABSENT),
        },
    ),
    "un groupe dans un élément": (
        {f"{ZOE}.nom": "Roux"},
        {f"{ZOE}.nom": ("Zoé", "Roux"), f"{ZOE}.prenoms": ("Z", "Z")},
    ),
    "un élément ajouté": (
        {f"{PERSONNES}.elements.tom": {"nom": "Tom"}},
        {f"{PERSONNES}.elements.tom.nom": (ABSENT, "Tom")},
    ),
    "un élément ajouté vide": ({f"{PERSONNES}.elements.tom": {}}, {f"{PERSONNES}.elements.tom": (ABSENT, {})}),
    "un élément retiré": (
        {ZOE: ABSENT},
        {ZOE: ({"nom": "Zoé", "prenoms": "Z", "lien": "enfant"}, ABSENT)},
    ),
    "un élément vide retiré": ({f"{PERSONNES}.elements.ali": ABSENT}, {f"{PERSONNES}.elements.ali": ({}, ABSENT)}),
    "une liste remplacée": (
        {f"{PERSONNES}.elements": {"ali": {"nom": "Ali"}}},
        {
            ZOE: ({"nom": "Zoé", "prenoms": "Z", "lien": "enfant"}, ABSENT),
            f"{PERSONNES}.elements.ali.nom": (ABSENT, "Ali"),
        },
    ),
    "des cases": ({"demande.motifs": {"coches": []}}, {"demande.motifs": ({"coches": ["a"]}, {"coches": []})}),
    "une réponse à la place d'une table": (
        {"demandeur.emploi": {"refus": True}},
        {"demandeur.emploi": (ABSENT, {"refus": True}), "demandeur.emploi.situation": ("x", ABSENT)},
    ),
    "une table à la place d'une réponse": (
        {"demande.motifs": {"x": 1}},
        {"demande.motifs": ({"coches": ["a"]}, ABSENT), "demande.motifs.x": (ABSENT, 1)},
    ),
}


@pytest.mark.parametrize("nom", CAS)
def test_changements(nom: str) -> None:
    """Ce qui change, et rien d'autre."""
    modifications, attendus = CAS[nom]
    assert changements(DOCUMENT, modifications) == attendus


# La propriété : appliquer les champs d'une opération fait ce que poser les modifications aurait fait.

VALEURS = st.one_of(
    st.sampled_from([None, True, False, 0, 1, "", "x", Decimal("1.0"), Decimal("1.5")]),
    st.sampled_from([{"refus": True}, {"coches": ["a"]}, {"parmi": [1, 2]}, ["a"], []]),
)
TABLES = st.recursive(VALEURS, lambda v: st.dictionaries(st.sampled_from("abc"), v, max_size=3), max_leaves=5)
PERSONNE = st.dictionaries(st.sampled_from(["nom", "prenoms", "lien"]), VALEURS, max_size=3)
LISTE = st.fixed_dictionaries(
    {},
    optional={"elements": st.dictionaries(st.sampled_from(["zoe", "ali", "tom"]), PERSONNE), "ordre": st.just(["zoe"])},
)
IDENTITES = st.dictionaries(st.sampled_from(["nom", "prenoms", "autre"]), VALEURS, max_size=3)
PARTIES: dict[str, st.SearchStrategy[Any]] = {
    "demandeur": IDENTITES,
    "foyer.personnes": LISTE,
    "foyer.personnes.elements": st.dictionaries(st.sampled_from(["zoe", "tom"]), PERSONNE),
    ZOE: PERSONNE,
    f"{ZOE}.nom": VALEURS,
    f"{ZOE}.lien": VALEURS,
    "demandeur.nom": VALEURS,
    "libre": TABLES,
    "libre.a": TABLES,
    "libre.a.b": VALEURS,
}
DOCUMENTS = st.fixed_dictionaries(
    {}, optional={"demandeur": IDENTITES, "foyer": st.fixed_dictionaries({"personnes": LISTE}), "libre": TABLES}
)
MODIFICATIONS = st.dictionaries(st.sampled_from(sorted(PARTIES)), st.booleans(), max_size=3).flatmap(
    lambda tirees: st.fixed_dictionaries(
        {chemin: PARTIES[chemin] if pose else st.just(ABSENT) for chemin, pose in tirees.items()}
    )
)


def _sans_tables_vides(document: Mapping[str, Any]) -> dict[str, Any]:
    return {chemin: valeur for chemin, valeur in atomes(dict(document)) if valeur != {} or est_element(chemin)}


def _pose(valeur: Any) -> Any:
    return UNSET if valeur is ABSENT else valeur


def _chemins_disjoints(modifications: Mapping[str, Any]) -> bool:
    return not any(f"{autre}.".startswith(f"{une}.") for une, autre in combinations(sorted(modifications), 2))


@given(avant=DOCUMENTS, modifications=MODIFICATIONS)
def test_appliquer_les_changements_fait_ce_que_poser_ferait(
    avant: dict[str, Any], modifications: dict[str, Any]
) -> None:
    """Aux tables vidées près ; dans l'ordre où ils sont trouvés comme dans celui où ils voyagent."""
    assume(_chemins_disjoints(modifications))
    # Poser un champ sous une réponse les mêlerait : aucun écran ne le fait.
    assume(not any(_sous_une_reponse(avant, chemin) for chemin in modifications))
    pose = avant
    for chemin, valeur in modifications.items():
        if valeur is not ABSENT or lire(pose, chemin) is not ABSENT:
            pose = poser(pose, chemin, valeur)
    changes = changements(avant, modifications)
    champs = {chemin: ChampPose(None, _pose(vue), _pose(voulue)) for chemin, (vue, voulue) in changes.items()}
    voyages = {chemin: champs[chemin] for chemin in sorted(champs)}
    assert pareils(_sans_tables_vides(appliquer(avant, champs)), _sans_tables_vides(pose))
    assert pareils(_sans_tables_vides(appliquer(avant, voyages)), _sans_tables_vides(pose))
    for chemin, (vue, _) in changes.items():
        assert vue is ABSENT or pareils(vue, lire(avant, chemin))
        assert all(voisin in changes or lire(avant, voisin) is ABSENT for voisin in feuilles(unite(chemin)))


def _sous_une_reponse(document: dict[str, Any], chemin: str) -> bool:
    cles = chemin.split(".")
    dessus = [lire(document, ".".join(cles[:fin])) for fin in range(1, len(cles))]
    return any(valeur is not ABSENT and not est_table(valeur) for valeur in dessus)


@given(TABLES)
def test_pareil_a_ce_qui_a_voyage(valeur: Any) -> None:
    """Une valeur est pareille à elle-même une fois écrite et relue."""
    assert pareils(valeur, decoder(encoder(valeur)))
