"""La note, cas choisis : ce que rien ne borne, ce qui dépasse l'énumération, les personnes, les paramètres."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from ecriture_toml import ecrire
from hypothesis import given
from hypothesis import strategies as st
from oracle_cotation import Cas, exact, relever
from tirages_cotation import JOUR

from modele.cotation.apports import apports_de
from modele.cotation.calcul import total
from modele.cotation.grille import Grille
from modele.cotation.lecture_grille import grille_depuis
from modele.cotation.note import Note, noter, noter_sur
from modele.cotation.resultat import Decisif, Fourchette
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Enumere, Etat, Intervalle, Situation, connu, partiel
from modele.regles.faits import ROLE, Catalogue, Fait, TypeFait
from modele.regles.lecture import lire_texte
from modele.regles.parametres import DeclarationParametre

D = Decimal
LIBRE = Fait("libre", TypeFait.ENTIER)
DEPUIS_ZERO = Fait("depuis_zero", TypeFait.DECIMAL, minimum=D(0))
GRAND = Fait("grand", TypeFait.ENTIER, minimum=0, maximum=100_000)
JOURS = Fait("jours", TypeFait.DATE)
BOOLEENS = [Fait(f"b{i}", TypeFait.BOOLEEN) for i in range(20)]
AGE = Fait("personne.age", TypeFait.ENTIER, minimum=0, maximum=120)
REVENU = Fait("personne.revenu", TypeFait.ENTIER)
PLACE = Fait(ROLE, TypeFait.CHOIX, codes=("demandeur", "codemandeur", "autre"))
CATALOGUE = Catalogue([LIBRE, DEPUIS_ZERO, GRAND, JOURS, AGE, REVENU, PLACE, *BOOLEENS])
SEUIL = {"seuil": DeclarationParametre("seuil", TypeFait.ENTIER), "jour": DeclarationParametre("jour", TypeFait.DATE)}


def grille(*criteres: dict[str, Any], cumul: str = "somme", entete: Any = None, **rubrique: Any) -> dict[str, Any]:
    tete = {"id": "g", "libelle": "g", "territoire": "t", "statut": "exemple", "population": "toutes"}
    ecrits = [{"id": f"c{rang}", "libelle": "c"} | critere for rang, critere in enumerate(criteres)]
    return {
        "format": 1,
        "grille": tete | {"en_vigueur_du": date(2026, 1, 1)} | (entete or {}),
        "rubrique": [{"id": "r", "libelle": "r", "cumul": cumul, **rubrique, "critere": ecrits}],
    }


def relire(ecrite: dict[str, Any]) -> Grille:
    return grille_depuis(lire_texte(ecrire(ecrite), "g.toml"), CATALOGUE, SEUIL)


def la_note(ecrite: dict[str, Any], **autres: Any) -> Note:
    faits = {nom: e for nom, e in autres.items() if isinstance(e, Etat)}
    reste = {"personnes_closes": True} | {nom: v for nom, v in autres.items() if not isinstance(v, Etat)}
    return noter(relire(ecrite), Situation(faits, **reste), JOUR)


def par_unite(fait: str, **table: Any) -> dict[str, Any]:
    return {"par_unite": {"fait": fait, "points": 1} | table}


# --- Ce que rien ne borne -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ecrite", "attendu"),
    [
        (grille(par_unite("libre")), (None, None)),
        (grille(par_unite("depuis_zero")), (0, None)),
        (grille(par_unite("depuis_zero", points=-1)), (None, 0)),
        (grille(par_unite("depuis_zero"), plafond=80), (0, 80)),
        (grille(par_unite("libre"), entete={"plancher": 3}), (3, None)),
        (grille(par_unite("libre"), {"points": 5}, cumul="maximum"), (5, None)),
        (grille(par_unite("libre", points=-1), {"points": 5}, cumul="maximum"), (5, None)),
        (grille(par_unite("libre"), {"points": 5}, cumul="premier"), (None, None)),
    ],
)
def test_null_quand_rien_ne_borne(ecrite: dict[str, Any], attendu: tuple[Any, Any]) -> None:
    note = la_note(ecrite)
    assert (note.total.min, note.total.max) == attendu
    assert not note.exact
    largeur = None if None in attendu else attendu[1] - attendu[0]
    assert note.decisifs == (Decisif(note.decisifs[0].fait, largeur),)


def test_un_fait_sans_borne_mais_sature_reste_exact() -> None:
    note = la_note(grille(par_unite("libre", points=2, minimum=0, maximum=7)))
    assert (note.total, note.exact) == (Fourchette(D(0), D(7)), True)


def test_zero_point_par_unite_ne_fait_pas_un_infini() -> None:
    note = la_note(grille(par_unite("libre", points=0)))
    assert (note.total, note.exact, note.decisifs) == (Fourchette(D(0), D(0)), True, ())


def test_les_decisifs_que_rien_ne_borne_viennent_d_abord() -> None:
    note = la_note(grille({"points": 50, "si": {"fait": "b1"}}, par_unite("libre")))
    assert note.decisifs == (Decisif("libre", None), Decisif("b1", D(50)))


def test_un_plafond_ne_cache_pas_un_fait_decisif_loin_des_bouts() -> None:
    """Entre le plancher et le plafond, b1 vaut 50 points ; aux deux bouts de « libre », il ne vaut rien."""
    note = la_note(
        grille(par_unite("libre"), {"points": 50, "si": {"fait": "b1"}}, entete={"plancher": 0, "plafond": 90})
    )
    assert {d.fait: d.ecart for d in note.decisifs} == {"b1": 50, "libre": 90}


# --- Au-delà de l'énumération ---------------------------------------------------------------------------------------


def _treize(cumul: str) -> dict[str, Any]:
    criteres = [{"points": 2**i, "si": {"un_de": [{"fait": f"b{i}"}, {"fait": "b19"}]}} for i in range(13)]
    return grille(*criteres, cumul=cumul)


@pytest.mark.parametrize("cumul", ["somme", "maximum", "premier"])
def test_au_dela_de_la_limite_la_note_reste_sure(cumul: str) -> None:
    ecrite, hasard = _treize(cumul), random.Random(3)
    note = la_note(ecrite)
    assert note.total.min is not None
    assert note.total.max is not None
    for _ in range(200):
        faits = {f.nom: hasard.random() < 0.5 for f in BOOLEENS}
        vrai = relever(ecrite, Cas(faits, [], {}, JOUR)).total
        assert Fraction(note.total.min) <= vrai <= Fraction(note.total.max)


def test_au_dela_de_la_limite_un_temoin_prouve_l_exactitude() -> None:
    """Une seule complétion arrange tous les blocs : les bornes sont prouvées, les écarts restent des majorants."""
    note = la_note(_treize("somme"))
    assert (note.total, note.exact) == (Fourchette(D(0), D(2**13 - 1)), True)
    assert {d.fait: d.ecart for d in note.decisifs}["b12"] == 2**12


def test_au_dela_de_la_limite_sans_temoin_exact_est_faux() -> None:
    criteres = [{"points": 1, "si": {"un_de": [{"fait": f"b{i}"}, {"fait": "b19"}]}} for i in range(13)]
    contraire = {"points": 5, "si": {"non": {"fait": "b19"}}}
    note = la_note(grille(*criteres, contraire, plafond=15))
    assert (note.total, note.exact) == (Fourchette(D(0), D(15)), False)


def test_juste_a_la_limite_tout_est_exact() -> None:
    criteres = [{"points": 2**i, "si": {"fait": f"b{i}"}} for i in range(12)]
    note = la_note(grille(*criteres, cumul="maximum"))
    assert (note.total, note.exact, len(note.decisifs)) == (Fourchette(D(0), D(2**11)), True, 12)


def test_un_fait_de_trop_de_valeurs_reste_borne() -> None:
    note = la_note(grille(par_unite("grand"), {"points": 3, "si": {"fait": "b1"}}))
    assert (note.total, note.exact) == (Fourchette(D(0), D(100_003)), False)
    assert note.decisifs == (Decisif("grand", D(100_000)), Decisif("b1", D(3)))


def test_un_fait_de_trop_de_valeurs_mais_connu_en_partie_reste_exact() -> None:
    note = la_note(grille(par_unite("grand")), grand=partiel(Enumere((7, 90_000))))
    assert (note.total, note.exact) == (Fourchette(D(7), D(90_000)), True)


def test_des_multiples_plus_fins_que_le_fait_ne_comptent_pas_double() -> None:
    note = la_note(grille(par_unite("grand", chaque=D("0.25"))), grand=partiel(Intervalle(0, 4000)))
    assert (note.total, note.exact) == (Fourchette(D(0), D(16_000)), True)


@pytest.mark.parametrize("plafond", [None, 300])
def test_quarante_inconnus_separes_restent_exacts(plafond: int | None) -> None:
    """Chaque critère fait un groupe : l'écart sous plafond regarde toutes les sommes des autres, sans les énumérer."""
    criteres = [{"points": D(f"{i}.{i:02}"), "si": {"fait": f"b{i}"}} for i in range(20)]
    note = la_note(grille(*criteres, entete={} if plafond is None else {"plafond": plafond}))
    assert note.exact
    assert {d.fait: d.ecart for d in note.decisifs}["b19"] == D("19.19")


# --- Les sommes possibles -------------------------------------------------------------------------------------------

lots = st.lists(
    st.lists(st.sampled_from([D(n) / d for n in range(-6, 7) for d in (1, 4, 10)]), min_size=1, max_size=4), max_size=4
)


@given(lots, st.sampled_from([D(n) / 8 for n in range(-200, 200, 3)]))
def test_autour_d_un_repere_les_sommes_les_plus_proches(tires: list[list[Decimal]], repere: Decimal) -> None:
    sommes = {D(0)}
    for lot in tires:
        sommes = {a + b for a in sommes for b in lot}
    apports = apports_de(tires)
    assert apports is not None
    attendues = [
        max((s for s in sommes if s <= repere), default=None),
        min((s for s in sommes if s > repere), default=None),
    ]
    assert apports.autour(repere) == [s for s in attendues if s is not None]


def test_trop_de_sommes_se_dit_et_la_note_n_est_plus_exacte() -> None:
    assert apports_de([[D(0), D(10) ** 9]]) is None
    criteres = [{"points": 10**9, "si": {"fait": "b1"}}, {"points": 3, "si": {"fait": "b2"}}]
    note = la_note(grille(*criteres, entete={"plafond": 100}))
    assert (note.total, note.exact) == (Fourchette(D(0), D(100)), False)
    assert note.decisifs == (Decisif("b1", D(100)), Decisif("b2", D(3)))


# --- Les personnes et les paramètres --------------------------------------------------------------------------------


def test_un_parametre_sans_valeur_se_compare_aux_ages_connus() -> None:
    si = {"une_personne": {"fait": "personne.age", "plus_de": {"parametre": "seuil"}}}
    personnes = ({"personne.age": connu(17)}, {"personne.age": connu(40)})
    note = la_note(grille({"points": 4, "si": si}), personnes=personnes)
    assert (note.total, note.exact, note.decisifs) == (Fourchette(D(0), D(4)), True, ())


def test_un_parametre_partiel_garde_ses_valeurs_du_milieu() -> None:
    si = {"fait": "grand", "egal": {"parametre": "seuil"}}
    seuil = {"seuil": partiel(Enumere((1, 20, 50)))}
    assert la_note(grille({"points": 4, "si": si}), grand=connu(20), parametres=seuil).total == Fourchette(D(0), D(4))


def test_un_parametre_date_se_compare_a_une_date_inconnue() -> None:
    si = {"fait": "jours", "plus_de": {"parametre": "jour"}}
    note = la_note(grille({"points": 4, "si": si}))
    assert (note.total, note.exact, note.decisifs) == (Fourchette(D(0), D(4)), True, (Decisif("jours", D(4)),))


def test_une_personne_encore_inconnue_peut_remplir_la_condition() -> None:
    si = {"nombre_de_personnes": {"fait": "personne.age", "moins_de": 18}, "au_moins": 3}
    ecrite = grille({"points": 4, "si": si})
    ouverte = la_note(ecrite, personnes=(), personnes_closes=False)
    assert (ouverte.total, ouverte.decisifs) == (Fourchette(D(0), D(4)), (Decisif("foyer.personnes", D(4)),))
    pleine = la_note(ecrite, personnes=(), personnes_closes=False, personnes_max=2)
    assert (pleine.total, pleine.exact) == (Fourchette(D(0), D(0)), True)


def test_un_age_refuse_se_dit_une_seule_fois() -> None:
    si = {"nombre_de_personnes": {"fait": "personne.age", "moins_de": 18}, "au_moins": 1}
    personnes = ({"personne.age": INCONNU}, {"personne.age": REFUSE})
    note = la_note(grille({"points": 4, "si": si}), personnes=personnes)
    assert note.decisifs == (Decisif("personne.age", D(4)),)


def test_trop_de_genres_de_personnes_reste_sur() -> None:
    compter = [
        {"points": 1, "si": {"nombre_de_personnes": {"fait": "personne.age", "egal": n}, "au_moins": 3}}
        for n in range(8)
    ]
    note = la_note(grille(*compter, cumul="maximum"), personnes=(), personnes_closes=False)
    assert (note.total, note.exact) == (Fourchette(D(0), D(1)), False)


def test_trop_de_personnes_differentes_reste_sur() -> None:
    """Deux faits par personne, croisés : plus de genres qu'on n'en énumère."""
    ages = [{"fait": "personne.age", "egal": 3 * n} for n in range(20)]
    revenus = [{"fait": "personne.revenu", "egal": n} for n in range(120)]
    si = {"une_personne": {"tous": [{"un_de": ages}, {"un_de": revenus}]}}
    note = la_note(grille({"points": 1, "si": si}), personnes=(), personnes_closes=False)
    assert (note.total, note.exact, note.compte) == (Fourchette(D(0), D(1)), False, {"c0": None})


def test_un_role_clos_n_attend_personne() -> None:
    """La liste est ouverte, mais on sait qu'il n'y a pas de codemandeur : ni sûr ni exact ne l'imagine."""
    du_codemandeur = {"une_personne": {"role": "codemandeur", "fait": "personne.age", "au_moins": 60}}
    d_un_autre = {"une_personne": {"role": "autre", "fait": "personne.age", "au_moins": 60}}
    ecrite = grille({"points": 4, "si": du_codemandeur}, {"points": 1, "si": d_un_autre})
    ouverte = {"personnes": ({"personne.role": connu("demandeur")},), "personnes_closes": False}
    sans = la_note(ecrite, **ouverte, roles_clos=frozenset({"demandeur", "codemandeur"}))
    assert (sans.total, sans.exact) == (Fourchette(D(0), D(1)), True)
    peut_etre = la_note(ecrite, **ouverte, roles_clos=frozenset({"demandeur"}))
    assert (peut_etre.total, peut_etre.exact) == (Fourchette(D(0), D(5)), True)


# --- Ce qui n'est pas en vigueur ------------------------------------------------------------------------------------


def test_une_rubrique_hors_periode_vaut_zero_et_ne_demande_rien() -> None:
    demain = JOUR + timedelta(days=1)
    ecrite = grille({"points": 4, "si": {"fait": "b1"}}, en_vigueur_du=demain, plancher=2)
    for calculer in (noter, noter_sur):
        note = calculer(relire(ecrite), Situation({}), JOUR)
        assert note.rubriques == {"r": Fourchette(D(0), D(0))}
        assert (note.criteres, note.decisifs, note.exact) == ({}, (), True)
    assert total(relire(ecrite), Situation({"b1": connu(True)}), JOUR) == 0


def test_une_rubrique_vide_vaut_son_plancher() -> None:
    ecrite = grille(plancher=2)
    assert la_note(ecrite).total == Fourchette(D(2), D(2)) == noter_sur(relire(ecrite), Situation({}), JOUR).total


def test_l_intervalle_immediat_sait_ce_qui_ne_compte_pas() -> None:
    ecrite = grille({"points": 4, "si": {"fait": "b1"}}, {"points": 1}, {"points": 2, "si": {"fait": "b2"}})
    sure = noter_sur(relire(ecrite), Situation({"b1": connu(False)}), JOUR)
    assert sure.compte == {"c0": False, "c1": True, "c2": None}
    fermee = noter_sur(relire(grille({"points": 4}, si={"fait": "b1"})), Situation({"b1": SANS_OBJET}), JOUR)
    assert fermee.compte == {"c0": False}


def test_les_grands_nombres_restent_exacts() -> None:
    gros = D("123456789012345678901234567890")
    ecrite = grille({"points": gros}, {"points": D("0.000000000000000000000000000001")})
    attendu = relever(ecrite, Cas({}, [], {}, JOUR)).total
    assert exact(la_note(ecrite).total.min) == attendu == exact(total(relire(ecrite), Situation({}), JOUR))
