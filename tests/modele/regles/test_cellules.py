"""Les cellules : une valeur par façon de répondre aux règles, ni plus ni moins."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.regles.cellules import LIMITE, Pas, TropDeCellules, Voisinage, cellules, coupes_de
from modele.regles.conditions import Comparaison, Op, Parametre
from modele.regles.etats import INCONNU, SANS_OBJET, Enumere, Parties, partiel
from modele.regles.faits import Fait, TypeFait


def fait(type_: TypeFait, bas: Any = None, haut: Any = None, decimales: int | None = None) -> Fait:
    return Fait("f", type_, minimum=bas, maximum=haut, decimales=decimales)


def valeurs(*args: Any) -> list[Any]:
    return [etat.valeur for etat in cellules(*args)]


coupes = st.lists(st.tuples(st.sampled_from([Decimal(i) / 2 for i in range(-2, 13)]), st.booleans()), max_size=5)
FAITS = [
    (fait(TypeFait.ENTIER, 0, 5), list(range(6))),
    (fait(TypeFait.DECIMAL, Decimal(0), Decimal(5), 1), [Decimal(i) / 10 for i in range(51)]),
    (fait(TypeFait.DECIMAL, Decimal(0), Decimal(5)), [Decimal(i) / 8 for i in range(41)]),
]


@given(st.sampled_from(FAITS), coupes)
def test_une_valeur_par_cellule_et_toutes_les_cellules(cas: Any, places: Any) -> None:
    un_fait, admissibles = cas
    rangees = sorted(set(places))
    attendues = {bisect_right(rangees, (v, False)) for v in admissibles}
    trouvees = [bisect_right(rangees, (v, False)) for v in valeurs(un_fait, INCONNU, (), places)]
    assert sorted(trouvees) == sorted(attendues)


@pytest.mark.parametrize(
    ("un_fait", "attendu"),
    [
        (fait(TypeFait.ENTIER), 3),
        (fait(TypeFait.DECIMAL), 3),
        (fait(TypeFait.DECIMAL, decimales=2), 3),
        (fait(TypeFait.ENTIER, bas=5), 1),
        (fait(TypeFait.ENTIER, haut=5), 3),
        (fait(TypeFait.DECIMAL, bas=Decimal(1)), 3),
    ],
)
def test_sans_borne_les_cellules_des_bouts_ont_aussi_leur_valeur(un_fait: Fait, attendu: int) -> None:
    places = [(1, False), (1, True)]
    trouvees = valeurs(un_fait, INCONNU, (), places)
    assert len({bisect_right(places, (v, False)) for v in trouvees}) == len(trouvees)
    assert len(trouvees) == attendu - (1 if un_fait.minimum == Decimal(1) else 0)


def test_les_dates_vont_du_premier_au_dernier_jour_du_calendrier() -> None:
    places = [(date.min, False), (date.max, True)]
    assert valeurs(fait(TypeFait.DATE), INCONNU, (), places) == [date.min]
    coupe = [(date(2026, 1, 1), False)]
    assert valeurs(fait(TypeFait.DATE), INCONNU, (), coupe) == [date.min, date(2026, 1, 1)]


def test_des_valeurs_enumerees_se_reduisent_a_leurs_cellules() -> None:
    etat = partiel(Enumere(tuple(range(100))), peut_etre_sans_objet=True)
    trouvees = cellules(fait(TypeFait.ENTIER, 0, 99), etat, (), [(50, False)])
    assert [e.valeur for e in trouvees[:-1]] == [0, 50]
    assert trouvees[-1] == SANS_OBJET


def test_deux_ensembles_que_les_regles_ne_distinguent_pas_font_une_cellule() -> None:
    un_fait = Fait("e", TypeFait.ENSEMBLE, codes=("x", "y", "z"))
    lue = [Comparaison(un_fait, Op.CONTIENT, "x")]
    etat = partiel(Enumere((frozenset({"y"}), frozenset({"z"}), frozenset({"x"}))))
    assert valeurs(un_fait, etat, lue, ()) == [frozenset({"y"}), frozenset({"x"})]
    assert len(valeurs(un_fait, partiel(Parties(frozenset({"x"}), frozenset({"y"}))), lue, ())) == 1


def test_trop_de_cellules_se_dit() -> None:
    codes = tuple(f"c{i}" for i in range(13))
    un_fait = Fait("e", TypeFait.ENSEMBLE, codes=codes)
    with pytest.raises(TropDeCellules):
        cellules(un_fait, INCONNU, [Comparaison(un_fait, Op.CONTIENT_UN_DE, frozenset(codes))], ())
    entier = fait(TypeFait.ENTIER, 0, LIMITE)
    assert len(cellules(entier, INCONNU, (), [(n, False) for n in range(2, LIMITE + 1)])) == LIMITE
    with pytest.raises(TropDeCellules):
        cellules(entier, INCONNU, (), [(n, False) for n in range(1, LIMITE + 1)])


def test_seule_une_comparaison_a_un_seuil_connu_coupe() -> None:
    entier = fait(TypeFait.ENTIER)
    assert coupes_de(Comparaison(entier, Op.EGAL, 3)) == [(3, False), (3, True)]
    assert coupes_de(Comparaison(entier, Op.PLUS_DE, Parametre("p"))) == []
    assert coupes_de(Comparaison(Fait("b", TypeFait.BOOLEEN), Op.EGAL, True)) == []


PAS = [Pas(TypeFait.ENTIER, 0), Pas(TypeFait.DECIMAL, 1), Pas(TypeFait.DECIMAL, None)]


@given(st.permutations(PAS), st.integers(0, 3), st.integers(1, 4), st.booleans(), st.booleans())
def test_tous_les_ordres_de_voisins_de_pas_differents_sont_representes(
    pas: list[Pas], debut: int, largeur: int, ferme: bool, clos: bool
) -> None:
    """Trois inconnus dans une même cellule : tout ordre possible sur une grille fine l'est avec les valeurs tirées."""
    bas, haut = Decimal(debut) / 2, Decimal(debut + largeur) / 2
    fins = {
        PAS[0]: [Decimal(n) for n in range(6)],
        PAS[1]: [Decimal(n) / 10 for n in range(60)],
        PAS[2]: [Decimal(n) / 40 for n in range(240)],
    }
    dedans = {
        p: [v for v in fins[p] if (v >= bas if ferme else v > bas) and (v <= haut if clos else v < haut)] for p in pas
    }
    voisinage = Voisinage(frozenset(pas), len(pas))
    places = [(bas, not ferme), (haut, clos)]
    tirees = {}
    for p in pas:
        un_fait = Fait("f", p.type, minimum=Decimal(0), maximum=Decimal(6), decimales=p.decimales)
        tirees[p] = [v for v in valeurs(un_fait, INCONNU, (), places, voisinage) if _dedans(v, places)]
    assert _ordres([dedans[p] for p in pas]) <= _ordres([tirees[p] for p in pas])


def _dedans(valeur: Any, places: list[tuple[Decimal, bool]]) -> bool:
    return bisect_right(places, (valeur, False)) == 1


def _ordres(listes: list[list[Any]]) -> set[tuple[bool, ...]]:
    """Les ordres que peuvent prendre trois inconnus, sur un échantillon des plus serrés."""
    a, b, c = listes
    return {(x < y, x == y, y < z, y == z, x < z, x == z) for x in a for y in b[:30] for z in c[:30]}


def test_une_cellule_sur_une_seule_valeur_la_garde() -> None:
    dense = Pas(TypeFait.DECIMAL, None)
    un = Decimal(1)
    assert dense.entre((un, False), (un, True), 3) == [un]
    assert dense.entre((un, True), (un, True), 3) == []
