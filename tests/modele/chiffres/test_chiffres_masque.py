"""Le masque : rien de ce qui se publie ne rend une case tue. Vérifié par deux calculs qui ne sont pas les siens."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modele.chiffres import Diffusion, Tableau, deductions, deduites, masque, masquer, seuil_de
from modele.chiffres.quantiles import quartiles

SEUIL = 5


def rangee(*valeurs: int, impossibles: Collection[int] = ()) -> Tableau:
    """Des cases c0, c1… et leur total."""
    tableau = Tableau()
    for rang, valeur in enumerate(valeurs):
        tableau.poser(f"c{rang}", valeur, impossible=rang in impossibles)
    tableau.poser("total", sum(valeurs))
    tableau.sommer("total", [f"c{rang}" for rang in range(len(valeurs))])
    return tableau


def grille(lignes: list[list[int]]) -> Tableau:
    """Un tableau à deux entrées, ses marges et son grand total."""
    tableau, rangs, colonnes = Tableau(), range(len(lignes)), range(len(lignes[0]))
    for i, j in product(rangs, colonnes):
        tableau.poser(f"{i}.{j}", lignes[i][j])
    for i in rangs:
        tableau.poser(f"{i}.", sum(lignes[i]))
        tableau.sommer(f"{i}.", [f"{i}.{j}" for j in colonnes])
    for j in colonnes:
        tableau.poser(f".{j}", sum(ligne[j] for ligne in lignes))
        tableau.sommer(f".{j}", [f"{i}.{j}" for i in rangs])
    tableau.poser("tout", sum(map(sum, lignes)))
    tableau.sommer("tout", [f"{i}." for i in rangs])
    tableau.sommer("tout", [f".{j}" for j in colonnes])
    return tableau


def parts(total: int, valeurs: list[int]) -> Tableau:
    """Plusieurs réponses possibles par personne : chacune est une part du même total."""
    tableau = Tableau()
    tableau.poser("tous", total)
    for rang, valeur in enumerate(valeurs):
        tableau.poser(f"p{rang}", min(valeur, total))
        tableau.partager("tous", f"p{rang}")
    return tableau


TABLEAUX = st.one_of(
    st.lists(st.integers(0, 30), min_size=1, max_size=7).map(lambda un: rangee(*un)),
    st.integers(2, 4).flatmap(
        lambda large: st.lists(
            st.lists(st.integers(0, 20), min_size=large, max_size=large), min_size=2, max_size=4
        ).map(grille)
    ),
    st.builds(parts, st.integers(0, 40), st.lists(st.integers(0, 40), max_size=5)),
)


# Deux calculs indépendants


def rendues_par_le_rang(tableau: Tableau, tues: Collection[str]) -> set[str]:
    """Les cases tues que détermine le système publié : ajouter leur équation ne change pas son rang (numpy)."""
    inconnues = [nom for nom, case in tableau.cases.items() if nom in tues or not case.publiee]
    systeme = np.zeros((len(tableau.sommes) or 1, len(inconnues)))
    for ligne, somme in enumerate(tableau.sommes):
        for colonne, nom in enumerate(inconnues):
            systeme[ligne, colonne] = somme.parts.count(nom) - (somme.total == nom)
    rang = np.linalg.matrix_rank(systeme) if inconnues else 0
    rendues = set()
    for colonne, nom in enumerate(inconnues):
        seule = np.zeros((1, len(inconnues)))
        seule[0, colonne] = 1
        if np.linalg.matrix_rank(np.vstack([systeme, seule])) == rang:
            rendues.add(nom)
    return rendues


def mondes(tableau: Tableau, tues: Collection[str], au_plus: int) -> Iterator[dict[str, int]]:
    """Tous les tableaux que peut imaginer qui lit ce qui est publié, à force d'essais (petits tableaux seulement)."""
    inconnues = [nom for nom, case in tableau.cases.items() if nom in tues or not case.publiee]
    connues = {nom: case.valeur for nom, case in tableau.cases.items() if nom not in inconnues}
    for essai in product(range(au_plus + 1), repeat=len(inconnues)):
        monde = connues | dict(zip(inconnues, essai, strict=True))
        if all(monde[somme.total] == sum(monde[part] for part in somme.parts) for somme in tableau.sommes):
            yield monde


@settings(max_examples=300, deadline=None)
@given(TABLEAUX, st.sampled_from([3, 5, 11]))
def test_aucune_combinaison_lineaire_ne_rend_une_case_tue(tableau: Tableau, seuil: int) -> None:
    tues = masquer(tableau, seuil)
    petites = {nom for nom, case in tableau.cases.items() if case.valeur < seuil}
    assert {nom for nom in petites if tableau.cases[nom].publiee} <= tues
    assert rendues_par_le_rang(tableau, tues) & (tues | petites) == set()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=2, max_size=4))
def test_qui_essaie_tous_les_nombres_garde_un_intervalle_au_moins_aussi_large_que_le_seuil(valeurs: list[int]) -> None:
    tableau = rangee(*valeurs)
    tues = masquer(tableau, 3)
    possibles = list(mondes(tableau, tues, 8))
    for nom in tues:
        vues = {monde[nom] for monde in possibles}
        assert max(vues) - min(vues) >= 3, (valeurs, nom, sorted(vues))


@settings(max_examples=100, deadline=None)
@given(TABLEAUX)
def test_deux_diffusions_mises_cote_a_cote_ne_rendent_rien(tableau: Tableau) -> None:
    proche = masquer(tableau, seuil_de(Diffusion.PARTENAIRES))
    large = masquer(tableau, seuil_de(Diffusion.PUBLIC), proche)
    assert proche <= large
    assert rendues_par_le_rang(tableau, proche & large) & proche == set()


def test_la_diffusion_large_part_de_la_plus_proche() -> None:
    """Le cas où les oublier côte à côte rendrait 3 : la seconde case tue n'est pas la même."""
    tableau = rangee(12, 3, 27)
    assert masquer(tableau, 5) == {"c0", "c1"}
    assert masquer(tableau, 5, {"c2"}) >= {"c1", "c2"}


def test_le_secret_secondaire_de_la_norme() -> None:
    """Attributions, § 4.3 : « Ligne 12 · 3 · 27, total 42 : masquer 3 et 12 (la plus petite suivante) »."""
    assert masquer(rangee(12, 3, 27), 5) == {"c0", "c1"}


def test_deux_petites_cases_dont_la_somme_est_petite_en_taisent_une_troisieme() -> None:
    assert masquer(rangee(1, 2, 30, 40), 5) == {"c0", "c1", "c2"}


def test_une_seule_case_petite_et_rien_d_autre_tait_le_total() -> None:
    assert masquer(rangee(3), 5) == {"c0", "total"}


def test_un_zero_se_publie_si_la_case_est_impossible_par_construction() -> None:
    assert masquer(rangee(12, 0, 27, impossibles={1}), 5) == frozenset()
    assert masquer(rangee(12, 0, 27), 5) == {"c0", "c1"}


def test_une_part_presque_entiere_se_tait_comme_une_part_presque_nulle() -> None:
    """« Tous » dit de chacun ce qu'il est ; à trois près, aussi."""
    assert masquer(parts(20, [20]), 5) == {"p0"}
    assert masquer(parts(20, [17]), 5) == {"p0"}
    assert masquer(parts(20, [15]), 5) == frozenset()
    assert masquer(parts(20, [3]), 5) == {"p0"}


def test_rien_de_petit_ne_tait_rien() -> None:
    assert masquer(rangee(12, 30, 27), 5) == frozenset()
    assert masquer(Tableau(), 5) == frozenset()


def test_un_total_dont_tout_est_impossible_ne_fait_pas_tourner_sans_fin() -> None:
    tableau = rangee(0, 0, impossibles={0, 1})
    assert masquer(tableau, 5) == {"total"}


def test_une_marge_reserre_ce_qu_une_ligne_seule_laissait_large() -> None:
    """Deux sommes ensemble serrent plus que chacune : les bornes se propagent."""
    tableau = grille([[2, 9], [9, 9]])
    tues = masquer(tableau, 5)
    assert {"0.0", "0.1", "1.0", "1.1"} <= tues
    assert rendues_par_le_rang(tableau, tues) & tues == set()


def test_l_elimination_voit_ce_que_deux_sommes_rendent() -> None:
    """Ni l'une ni l'autre somme ne rend « c » ; leur différence, si : total − sous-total."""
    tableau = Tableau()
    for nom, valeur in {"a": 3, "b": 12, "c": 4, "sous-total": 15, "total": 19}.items():
        tableau.poser(nom, valeur)
    tableau.sommer("sous-total", ["a", "b"])
    tableau.sommer("total", ["a", "b", "c"])
    tues = masquer(tableau, 5)
    assert rendues_par_le_rang(tableau, tues) & tues == set()


# Ce qui ne peut pas se dire


@pytest.mark.parametrize("fautif", [{"valeur": -1}, {"valeur": 2, "impossible": True}])
def test_une_case_qui_ne_peut_pas_etre(fautif: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        Tableau().poser("a", **fautif)


def test_une_case_ne_se_pose_qu_une_fois_et_une_somme_doit_etre_juste() -> None:
    tableau = rangee(1, 2)
    with pytest.raises(ValueError):
        tableau.poser("c0", 1)
    with pytest.raises(ValueError):
        tableau.sommer("total", ["c0"])


# Les quartiles


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_les_quartiles_sont_ceux_d_un_autre_calcul(valeurs: list[int]) -> None:
    dits = quartiles(valeurs)
    attendus = np.quantile(valeurs, [0.25, 0.5, 0.75])
    assert list(dits) == ["q1", "mediane", "q3"]
    assert list(dits.values()) == pytest.approx(list(attendus))


# Les mutants : chacun de ces masques-là laisse passer ce que les essais du haut refusent.


def _sans_secondaire(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(masque, "_a_taire", lambda *_: None)


def _sans_bornes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deduites, "bornes", lambda tableau, *_: dict.fromkeys(tableau.cases, (0, 10**9)))


def _sans_sommes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deduites, "determinees", lambda *_: set())
    patch.setattr(deduites, "bornes", lambda tableau, *_: dict.fromkeys(tableau.cases, (0, 10**9)))


def _zero_publie(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(masque, "_petite", lambda tableau, nom, seuil: 0 < tableau.cases[nom].valeur < seuil)


def _sans_reste(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Tableau, "partager", lambda *_: None)


def _sans_deja(patch: pytest.MonkeyPatch) -> None:
    vrai = masque.masquer
    patch.setitem(globals(), "masquer", lambda tableau, seuil, *_: vrai(tableau, seuil))


def _sans_elimination(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deductions, "_retrancher", lambda ligne, *_: dict(ligne))


MUTANTS: list[tuple[Callable[[pytest.MonkeyPatch], None], Callable[[], None]]] = [
    (_sans_secondaire, test_le_secret_secondaire_de_la_norme),
    (_sans_bornes, test_deux_petites_cases_dont_la_somme_est_petite_en_taisent_une_troisieme),
    (_sans_sommes, test_le_secret_secondaire_de_la_norme),
    (_zero_publie, test_un_zero_se_publie_si_la_case_est_impossible_par_construction),
    (_sans_reste, test_une_part_presque_entiere_se_tait_comme_une_part_presque_nulle),
    (_sans_deja, test_la_diffusion_large_part_de_la_plus_proche),
    (_sans_elimination, test_l_elimination_voit_ce_que_deux_sommes_rendent),
]


@pytest.mark.parametrize(("casser", "essai"), MUTANTS, ids=[casser.__name__ for casser, _ in MUTANTS])
def test_mutant(
    casser: Callable[[pytest.MonkeyPatch], None], essai: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    essai()
    casser(monkeypatch)
    with pytest.raises(AssertionError):
        essai()
