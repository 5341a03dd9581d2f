"""Les plafonds de ressources : valeurs relevées, règle d'indexation recalculée, bornes et refus."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from outils_sources import national

from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.regles.lecture import lire_toml
from modele.territoire.bareme import lire_bareme, montants_de_zone
from modele.territoire.plafonds import plafonds
from modele.territoire.zones import AUTRES, ILE_DE_FRANCE, PARIS

JOUR = date(2026, 11, 22)
PAYS = national().pays
COMMUNES = {PARIS: "92012", ILE_DE_FRANCE: "77288", AUTRES: "31555"}
# Relevé du dossier de données, § 1 : catégories 1 à 6, puis par personne supplémentaire.
RELEVE = {
    ("plus", PARIS): (26920, 40233, 52740, 62968, 74919, 84304, 9394),
    ("plus", ILE_DE_FRANCE): (26920, 40233, 48362, 57930, 68577, 77171, 8598),
    ("plus", AUTRES): (23403, 31254, 37584, 45374, 53376, 60156, 6710),
    ("plai", PARIS): (14811, 24140, 31643, 34637, 41203, 46369, 5166),
    ("plai", ILE_DE_FRANCE): (14811, 24140, 29018, 31860, 37719, 42444, 4727),
    ("plai", AUTRES): (12870, 18753, 22551, 25092, 29359, 33086, 3689),
    ("pls", PARIS): (34996, 52303, 68562, 81858, 97395, 109595, 12212),
    ("pls", ILE_DE_FRANCE): (34996, 52303, 62871, 75309, 89150, 100322, 11177),
    ("pls", AUTRES): (30424, 40630, 48859, 58986, 69389, 78203, 8723),
}


@pytest.mark.parametrize(("financement", "lieu"), list(RELEVE))
def test_les_valeurs_2026_sont_celles_du_releve(financement: str, lieu: str) -> None:
    *categories, supplement = RELEVE[financement, lieu]
    rendus = [getattr(plafonds(PAYS, JOUR, COMMUNES[lieu], n), financement) for n in range(1, 10)]
    assert rendus[:6] == categories
    assert rendus[6:] == [categories[5] + n * supplement for n in (1, 2, 3)]


def test_le_plai_2026_sort_de_la_regle_d_indexation_refaite_a_part() -> None:
    regles = lire_toml(Path(__file__).parents[3] / "ressources" / "national" / "regles_categorie_menage.toml")
    irl = regles.table("indexation").table("irl_t3")  # type: ignore[union-attr]
    rapport = irl.nombre("2025") / irl.nombre("2024")  # type: ignore[union-attr, operator]
    table = PAYS.bareme
    cellules = [cle for cle in table if cle[0] == 2026 and cle[1] in ("plai", "plus")]
    assert len(cellules) == 42
    for annee, *reste in cellules:
        ancien = table[annee - 1, *reste].euros  # type: ignore[index]
        attendu = (ancien * rapport).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        assert table[annee, *reste].euros == attendu, reste  # type: ignore[index]


@pytest.mark.parametrize(
    ("personnes", "options", "attendue"),
    [
        (1, {}, 1),
        (1, {"handicap": True}, 2),
        (2, {}, 2),
        (2, {"jeune_menage": True}, 3),
        (2, {"personne_seule_avec_charge": True}, 3),
        (2, {"personne_seule_avec_charge": True, "handicap": True}, 3),
        (5, {"handicap": True}, 6),
        (6, {"handicap": True}, 6),
        (9, {}, 6),
    ],
)
def test_un_seul_surclassement_et_aucun_a_partir_de_six(
    personnes: int, options: dict[str, bool], attendue: int
) -> None:
    assert plafonds(PAYS, JOUR, "31555", personnes, **options).categorie == attendue


def test_ce_qui_est_calcule_ou_a_trancher_le_dit() -> None:
    rendu = plafonds(PAYS, JOUR, "93066", 6, personne_seule_avec_charge=True)
    assert rendu.statuts == {"plai": "calcule_irl", "plus": "publie", "pls": "calcule_130pct_plus"}
    assert rendu.confiances == {"plai": "D", "plus": "V2", "pls": "D"}
    dits = " ".join(rendu.remarques)
    assert "PLAI" in dits
    assert "deux lectures" in dits
    assert "le plus bas" in dits
    assert "Pierrefitte" in dits
    assert "lectures" not in " ".join(plafonds(PAYS, JOUR, "93066", 6).remarques)
    assert plafonds(PAYS, date(2024, 6, 1), "31555", 1).confiances["plai"] == "V2"


@pytest.mark.parametrize(
    ("personnes", "options", "favorable"),
    [
        (6, {"personne_seule_avec_charge": True}, {"plai": 36_775, "plus": 66_866, "pls": 86_926}),
        (8, {"personne_seule_avec_charge": True}, {"plai": 44_153, "plus": 80_286, "pls": 104_372}),
        (6, {"handicap": True}, {"plai": 36_775, "plus": 66_866, "pls": 86_926}),
        (6, {}, None),
        (5, {"personne_seule_avec_charge": True}, None),
        (5, {"handicap": True}, None),
    ],
)
def test_a_six_les_deux_lectures_se_disent(
    personnes: int, options: dict[str, bool], favorable: dict[str, int] | None
) -> None:
    """« Six personnes ou une personne seule avec quatre à charge » : avec cinq, l'arrêté ne dit pas si l'on monte.

    Catégorie 6 (service-public.fr), ou catégorie 6 et un supplément : 2026, autres régions, faits à la main.
    """
    assert plafonds(PAYS, JOUR, "31555", personnes, **options).lecture_favorable == favorable


def test_une_lecture_tranchee_ne_change_qu_une_donnee() -> None:
    """Le juriste a tranché : une valeur change, et une seule lecture se dit."""
    au_moins = PAYS.parametres["surclassement_six_au_moins"]
    tranche = replace(au_moins, valeurs=(replace(au_moins.valeurs[0], valeur=1),))
    autre = replace(PAYS, parametres={**PAYS.parametres, au_moins.id: tranche})
    rendu = plafonds(autre, JOUR, "31555", 6, personne_seule_avec_charge=True)
    assert (rendu.plus, rendu.lecture_favorable) == (66_866, None)


def test_le_pls_se_compare_a_l_euro() -> None:
    rendu = plafonds(PAYS, JOUR, "31555", 3)
    assert rendu.pls_exact == Decimal("48859.2")
    assert rendu.en_json()["pls_exact"] == "48859.2"
    assert rendu.en_json()["zone"] == "autres_regions"


@pytest.mark.parametrize("annee", [2019, 2026])
def test_la_table_est_celle_de_l_annee(annee: int) -> None:
    assert plafonds(PAYS, date(annee, 1, 1), "31555", 1).annee == annee
    assert plafonds(PAYS, date(annee, 12, 31), "31555", 1).annee == annee


@pytest.mark.parametrize(
    ("jour", "code", "personnes", "options", "dit"),
    [
        (date(2027, 1, 1), "31555", 1, {}, "2027"),
        (date(2018, 12, 31), "31555", 1, {}, "2018"),
        (JOUR, "97411", 1, {}, "outre-mer"),
        (JOUR, "98735", 1, {}, "outre-mer"),
        (JOUR, "31000", 1, {}, "31555"),
        (JOUR, "Toulouse", 1, {}, "31555"),
        (JOUR, "3155", 1, {}, "Vouliez-vous"),
        (JOUR, "?", 1, {}, "cinq caractères"),
        (JOUR, "31555", 0, {}, "au moins une"),
        (JOUR, "31555", 3, {"jeune_menage": True}, "deux personnes exactement"),
        (JOUR, "31555", 1, {"personne_seule_avec_charge": True}, "au moins deux"),
        (JOUR, "31555", 2, {"personne_seule_avec_charge": True, "jeune_menage": True}, "jamais un jeune ménage"),
    ],
)
def test_un_cas_impossible_se_dit_en_une_phrase(
    jour: date, code: str, personnes: int, options: dict[str, bool], dit: str
) -> None:
    with pytest.raises(ErreurUtilisateur, match=dit):
        plafonds(PAYS, jour, code, personnes, **options)


def test_un_arrondissement_vaut_sa_commune() -> None:
    assert PAYS.zone("75118") == PARIS
    assert PAYS.zone("69383") == AUTRES
    assert PAYS.zones.sans_arrondissement("13216") == "13055"
    assert PAYS.zones.sans_arrondissement("75056") == "75056"


def test_une_zone_hors_des_tables_n_a_pas_de_montants() -> None:
    assert montants_de_zone(PAYS.bareme, JOUR, AUTRES)["plus", "1"] == 23403
    assert montants_de_zone(PAYS.bareme, date(2031, 1, 1), AUTRES) == {}
    assert montants_de_zone(PAYS.bareme, JOUR, "") == {}


def test_une_annee_ajoutee_a_la_table_sert_sans_changer_le_programme(tmp_path: Path) -> None:
    lignes = ["# source", "annee,financement,zone,categorie,plafond_eur,statut"]
    rangs = [*map(str, range(1, 7)), "supplementaire"]
    lignes += [
        f"2027,{f},autres_regions,{r},{1000 + n},publie" for f in ("PLAI", "PLUS", "PLS") for n, r in enumerate(rangs)
    ]
    fichier = tmp_path / "plafonds.csv"
    fichier.write_text("\n".join(lignes), encoding="utf-8")
    autre = replace(PAYS, bareme=lire_bareme(fichier))
    assert plafonds(autre, date(2027, 5, 1), "31555", 2).plus == 1001


@pytest.mark.parametrize(
    ("ligne", "dit"),
    [
        ("2027,PLUS,autres_regions,1,mille,publie", "nombres entiers"),
        ("2027,PLUS,lune,1,1000,publie", "zone attendue"),
        ("2027,PLUS,autres_regions,1,1000,devine", "statut attendu"),
        ("2027,PLUS", "incomplète"),
    ],
)
def test_une_table_fautive_dit_sa_ligne(tmp_path: Path, ligne: str, dit: str) -> None:
    fichier = tmp_path / "plafonds.csv"
    fichier.write_text(f"annee,financement,zone,categorie,plafond_eur,statut\n{ligne}\n", encoding="utf-8")
    with pytest.raises(FichierFautif, match=dit):
        lire_bareme(fichier)


def test_une_colonne_manquante_se_nomme(tmp_path: Path) -> None:
    fichier = tmp_path / "plafonds.csv"
    fichier.write_text("annee,zone\n2027,autres_regions\n", encoding="utf-8")
    with pytest.raises(FichierFautif, match="plafond_eur"):
        lire_bareme(fichier)
