"""Essayer une grille sur des lignes JSON : un objet par ligne, jamais une exception."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tirages_cotation import CATALOGUE, DECLARES, DOMAINES, JOUR, PERSONNELS, grilles, lire

from modele.cotation.essai import coter_cas, coter_lignes, situation_de
from modele.cotation.lecture_grille import grille_depuis
from modele.cotation.rendu import decisif, nombre
from modele.cotation.resultat import Decisif
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Enumere, Intervalle, Parties, connu, partiel
from modele.regles.faits import Fait, TypeFait
from modele.regles.lecture import lire_texte
from modele.regles.parametres import DeclarationParametre, LigneParametre

GRILLE = lire(
    {
        "format": 1,
        "grille": {
            "id": "g",
            "libelle": "g",
            "territoire": "t",
            "statut": "exemple",
            "population": "toutes",
            "en_vigueur_du": JOUR,
        },
        "fait": [{"id": "local.b3", "type": "booleen"}],
        "rubrique": [
            {
                "id": "r",
                "libelle": "r",
                "cumul": "somme",
                "critere": [
                    {"id": "mois", "libelle": "c", "par_unite": {"fait": "n1", "points": Decimal("2.5")}},
                    {"id": "statut", "libelle": "c", "points": 22, "si": {"fait": "c1", "egal": "a"}},
                    {"id": "foyer", "libelle": "c", "points": 1, "si": {"une_personne": {"fait": "personne.ok"}}},
                ],
            }
        ],
        "hors_cotation": [{"id": "h", "libelle": "h", "si": {"fait": "b1"}}],
    }
)


def coter(*lignes: str) -> list[dict[str, Any]]:
    return list(coter_lignes(GRILLE, lignes, JOUR, [DECLARES]))


def test_un_cas_rend_la_forme_publiee() -> None:
    [rendu] = coter('{"n1": 3, "c1": {"parmi": ["a", "b"]}, "personnes": [{"ok": false}], "b1": null}')
    assert rendu == {
        "grille": "g",
        "statut": "exemple",
        "total": {"min": Decimal("7.5"), "max": Decimal("29.5")},
        "exact": True,
        "rubriques": [
            {
                "id": "r",
                "min": Decimal("7.5"),
                "max": Decimal("29.5"),
                "criteres": [
                    {"id": "mois", "min": Decimal("7.5"), "max": Decimal("7.5"), "compte": True},
                    {"id": "statut", "min": 0, "max": 22, "compte": None},
                    {"id": "foyer", "min": 0, "max": 0, "compte": False},
                ],
            }
        ],
        "decisifs": [{"fait": "c1", "ecart": 22}],
        "hors_cotation": {"certains": [], "possibles": ["h"]},
    }


def test_un_refus_reste_decisif_et_se_dit() -> None:
    [rendu] = coter('{"n1": 0, "c1": {"refus": true}, "personnes": []}')
    assert rendu["decisifs"] == [{"fait": "c1", "ecart": 22, "refuse": True}]


def test_les_decisifs_sortent_par_ecart_puis_par_nom() -> None:
    [rendu] = coter("{}")
    assert [d["fait"] for d in rendu["decisifs"]] == ["c1", "n1", "foyer.personnes"]


def test_les_lignes_vides_ne_sont_pas_des_cas_et_une_faute_n_arrete_rien() -> None:
    rendus = coter("", '{"n1": 1}', "{", "  ", '{"n1": 2}')
    assert [set(r) == {"erreur"} for r in rendus] == [False, True, False]


FAUTIFS = [
    ("[]", "un objet"),
    ("{", "illisible au caractère"),
    ("[" * 100_000, "imbriqué"),
    ('{"n1": 1, "n1": 2}', "donné deux fois"),
    ('{"n1": NaN}', "« NaN » n'est pas un nombre"),
    ('{"n1": ' + "1" * 5000 + "}", "trop long"),
    ('{"n1": 1e999999999}', "un nombre entier"),
    ('{"n1": 1e99999999999999999999}', "un nombre entier"),
    ('{"n1": 1.5}', "un nombre entier"),
    ('{"n1": true}', "un nombre entier"),
    ('{"n1": 6}', "au plus 5"),
    ('{"n1": -1}', "au moins 0"),
    ('{"nn1": 1}', "vouliez-vous « n1 »"),
    ('{"b1": 1}', "true ou false"),
    ('{"c1": "aa"}', "vouliez-vous « a »"),
    ('{"c1": 3}', "un code de la liste"),
    ('{"e1": "x"}', "une liste de codes"),
    ('{"j1": "2026-W03-1"}', "AAAA-MM-JJ"),
    ('{"j1": "2026-02-30"}', "AAAA-MM-JJ"),
    ('{"d1": "zéro"}', "un nombre"),
    ('{"c1": {"refus": 1}}', "attendu"),
    ('{"c1": {"parmi": []}}', "au moins une valeur"),
    ('{"c1": {"entre": ["a", "b"]}}', "attendu"),
    ('{"n1": {"entre": [1]}}', "deux valeurs"),
    ('{"n1": {"entre": [2, 1]}}', "la plus petite valeur d'abord"),
    ('{"personne.ok": true}', "par personne"),
    ('{"personnes": {}}', "une liste d'objets"),
    ('{"personnes": [1]}', "une liste d'objets"),
    ('{"personnes": [{"okk": true}]}', "vouliez-vous « personne.ok »"),
    ('{"personnes": [{"age": "x"}]}', "« personne.age »"),
]


@pytest.mark.parametrize(("ligne", "message"), FAUTIFS)
def test_un_cas_fautif_dit_pourquoi(ligne: str, message: str) -> None:
    [rendu] = coter(ligne)
    assert list(rendu) == ["erreur"]
    assert message in rendu["erreur"]


ETATS = [
    ({"n1": None}, "n1", INCONNU),
    ({"n1": 2.0}, "n1", connu(2)),
    ({"d1": "0.25"}, "d1", connu(Decimal("0.2"))),
    ({"d1": {"entre": ["0.1", "0.4"]}}, "d1", partiel(Intervalle(Decimal("0.1"), Decimal("0.4")))),
    ({"d1": {"entre": ["0.1", "0.1"]}}, "d1", connu(Decimal("0.1"))),
    ({"c1": {"refus": True}}, "c1", REFUSE),
    ({"c1": {"sans_objet": True}}, "c1", SANS_OBJET),
    ({"c1": {"parmi": ["a", "b", "a"]}}, "c1", partiel(Enumere(("a", "b")))),
    ({"c1": {"parmi": ["a", "a"]}}, "c1", connu("a")),
    ({"e1": ["x", "y"]}, "e1", connu(frozenset({"x", "y"}))),
    ({"e1": {"parmi": ["x", "y"]}}, "e1", partiel(Parties(frozenset(), frozenset({"x", "y"})))),
    ({"e1": {"parmi": [["x"], []]}}, "e1", partiel(Enumere((frozenset({"x"}), frozenset())))),
    ({"j1": "2026-01-11"}, "j1", connu(DOMAINES["j1"].valeurs[1])),
]


@pytest.mark.parametrize(("cas", "nom", "etat"), ETATS)
def test_chaque_ecriture_a_son_etat(cas: Any, nom: str, etat: Any) -> None:
    lu = json.loads(json.dumps(cas), parse_float=Decimal)
    assert situation_de(CATALOGUE, lu, JOUR, []).etat(nom) == etat


json_quelconque = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda dessous: st.lists(dessous, max_size=3) | st.dictionaries(st.text(max_size=5), dessous, max_size=3),
    max_leaves=6,
)
noms = st.sampled_from([*DOMAINES, *PERSONNELS, "personnes", "age"])
etat_quelconque = json_quelconque | st.dictionaries(
    st.sampled_from(["parmi", "entre", "refus", "sans_objet"]), json_quelconque, max_size=2
)
cas_quelconque = st.dictionaries(noms, etat_quelconque | st.lists(st.dictionaries(noms, etat_quelconque)), max_size=4)


@given(st.lists(st.text(max_size=40) | cas_quelconque.map(json.dumps) | json_quelconque.map(json.dumps), max_size=5))
def test_des_lignes_quelconques_rendent_un_objet_chacune(lignes: list[str]) -> None:
    rendus = coter(*lignes)
    assert len(rendus) == sum(bool(ligne.strip()) for ligne in lignes)
    assert all(set(r) == {"erreur"} or "total" in r for r in rendus)
    for rendu in rendus:
        json.dumps(rendu, default=str).encode()


@given(grilles(), st.data())
def test_des_faits_admissibles_se_cotent_toujours(grille: Any, data: Any) -> None:
    lue = lire(grille)
    cas = {
        nom: data.draw(st.sampled_from(DOMAINES[nom].valeurs))
        for nom in data.draw(st.lists(st.sampled_from(["b1", "n1", "n2", "d1", "c1"]), unique=True))
    }
    assert "total" in coter_cas(lue, cas, JOUR, [DECLARES])


def test_une_dimension_inconnue_laisse_toutes_ses_lignes_possibles() -> None:
    population = Fait("population", TypeFait.CHOIX, codes=("primo", "mutation"))
    typologie = Fait("typologie_souhaitee", TypeFait.ENSEMBLE, codes=("T1", "T2"))
    catalogue = CATALOGUE.etendre([population, typologie])
    lignes = (
        LigneParametre(30, dimensions={"population": ("primo",), "typologie": ("T1",)}),
        LigneParametre(40, dimensions={"population": ("primo",), "typologie": ("T2",)}),
        LigneParametre(50, dimensions={"population": ("mutation",)}),
    )
    niveaux = [{"p": DeclarationParametre("p", TypeFait.ENTIER, valeurs=lignes)}]

    def seuil(**cas: Any) -> Any:
        return situation_de(catalogue, cas, JOUR, niveaux).parametres["p"]

    assert seuil() == partiel(Enumere((30, 40, 50)))
    assert seuil(population="mutation") == connu(50)
    assert seuil(population="primo") == partiel(Enumere((30, 40)))
    assert seuil(population="primo", typologie_souhaitee=["T2"]) == connu(40)


def test_les_nombres_sortent_au_plus_court() -> None:
    assert [str(nombre(Decimal(t))) for t in ("12.0", "2.50", "1.2E+1", "-0.0")] == ["12", "2.5", "12", "0"]
    long = Decimal("0.1234567890123456789012345678901")
    assert nombre(long) == long
    assert nombre(None) is None
    assert decisif(Decisif("f", None)) == {"fait": "f", "ecart": None}


def test_une_grille_se_lit_d_un_texte() -> None:
    texte = (
        'format = 1\n[grille]\nid = "g"\nlibelle = "G"\nterritoire = "t"\nstatut = "exemple"\n'
        'population = "toutes"\nen_vigueur_du = 2026-01-01\n[[rubrique]]\nid = "r"\nlibelle = "R"\ncumul = "somme"\n'
    )
    grille = grille_depuis(lire_texte(texte, "g.toml"), CATALOGUE, {})
    [rendu] = coter_lignes(grille, ["{}"], JOUR, [])
    assert rendu["total"] == {"min": 0, "max": 0}
    assert rendu["exact"] is True
